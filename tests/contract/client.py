"""A vendor's client, connected to a sandbox on a socket, and the vendor's side of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.evidence import Description, describe
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.resubmission import must_be_possible, resubmit_once
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.sandbox import RunningSandbox, Sandbox
from tests.images import png
from tests.vendors.case import Case

OLD, NEW = "极客科技", "极客云科"
"""Texts of a signature, before and after a change."""


@dataclass
class Client:
    """A vendor's client and the vendor's side; `connect` opens another account's connection."""

    case: Case
    served: RunningSandbox
    folder: Path
    connect: Callable[..., Any]
    api: Any

    @property
    def name(self) -> str:
        return self.case.vendor

    @property
    def vendor(self) -> Vendor:
        return named(self.case.vendor)

    @property
    def sandbox(self) -> Sandbox:
        return self.served.sandbox

    def proof(self, name: str = "licence.png", content: bytes | None = None) -> Description:
        """A proof file, written and described."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(png() if content is None else content)
        return describe(path)

    def application(
        self, text: str = OLD, uploads: Mapping[str, str] | None = None, /, **changes: object
    ) -> Any:  # noqa: ANN401 - each vendor's has a type of its own
        """The application of the lifecycle suite's program, with some changes."""
        fields = {**self.case.arguments, self.case.text: text}
        if self.case.takes_files:
            is_list = isinstance(self.case.arguments[self.case.evidence], list)
            file = self.proof()
            fields[self.case.evidence] = [file] if is_list else file
        return self.vendor.application.of({**fields, **changes}, str(self.folder), uploads)

    def submitted(self, text: str = OLD, /, **changes: object) -> Handle:
        application = self.application(text, **changes)
        scope = self.api.full_scope(application.scope)
        return Handle(self.api.submit(application).id, text, scope)

    def rejected(self, text: str = OLD, /, **changes: object) -> Handle:
        """A signature that the reviewer has sent back; the log begins after that."""
        handle = self.submitted(text, **changes)
        self.sandbox.reject(self.name, self.held_id(text), "证件不清晰")
        self.sandbox.log.clear()
        return handle

    def resubmit(self, handle: Handle, application: Any) -> None:  # noqa: ANN401
        """Change a signature in place, as the hooks do after they have seen the review."""
        before = self.api.reviews([handle])[handle]
        must_be_possible(self.vendor.rules, self.api, handle, application)
        resubmit_once(
            self.vendor.rules, self.api, handle, application, before, sleep=lambda _seconds: None
        )

    def search(self, text: str = OLD, /, **changes: object) -> Sequence[Review]:
        """The reviews that a search for an application brings; without a search, no test."""
        if not self.api.capabilities.finds:
            pytest.skip("the vendor can't be asked for a text")
        reviews: Sequence[Review] = self.api.find(self.application(text, **changes))
        return reviews

    def review(self, handle: Handle) -> Review:
        review: Review = self.api.reviews([handle])[handle]
        return review

    def held_id(self, text: str = OLD) -> str:
        """The sandbox's id of the one signature with this text."""
        matches = [each for each in self.sandbox.signatures(self.name) if each.text == text]
        (signature,) = matches
        return signature.id

    def switch(self, **settings: JsonValue) -> None:
        """Set some of this vendor's switches."""
        self.sandbox.switches.set({f"{self.name}.{key}": value for key, value in settings.items()})

    def fault(self, action: str, kind: str, **more: JsonValue) -> None:
        self.sandbox.faults.add({"vendor": self.name, "action": action, "kind": kind, **more})

    def calls(self, *actions: str) -> list[str]:
        """The calls that were made; of some actions, or all."""
        made = [call.action for call in self.sandbox.calls(self.name)]
        return [action for action in made if not actions or action in actions]

    def codes(self, action: str | None = None) -> list[str]:
        """The code that each call was answered with; "" for success."""
        return [call.code for call in self.sandbox.calls(self.name, action)]


def at(*cases: Case) -> pytest.MarkDecorator:
    """A test's vendors."""
    return pytest.mark.parametrize("client", cases, indirect=True, ids=str)
