"""The providers that states name: each call of the SDK is its hook's, with what the SDK hides."""

from __future__ import annotations

import gc
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2

from pulumi_smssign.lazy import without_collections
from pulumi_smssign.provider import ApprovalProvider, SignatureProvider

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand"
OLDS, NEWS = {"a": "old"}, {"a": "new"}
Provider = SignatureProvider | ApprovalProvider


class Hooks:
    """Hooks that answer with what they were given."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        return lambda *given: (name, *given)


def called(provider: Provider, request: object, name: str, *arguments: object) -> object:
    """The answer of a provider to a request of the engine."""
    assert request is not None
    given: Any = provider
    given.hooks = Hooks()
    return getattr(given, name)(*arguments)


def request(kind: str) -> object:
    """The engine's message behind a call."""
    inputs = Struct()
    inputs.update({"a": "in"})
    more = {"inputs": inputs} if kind == "Read" else {}
    more = {"old_inputs": inputs} if kind == "Delete" else more
    return getattr(provider_pb2, f"{kind}Request")(urn=URN, **more)


@pytest.mark.parametrize("provider", [SignatureProvider, ApprovalProvider])
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("check", (OLDS, NEWS)),
        ("diff", ("7", OLDS, NEWS)),
        ("create", (NEWS,)),
        ("update", ("7", OLDS, NEWS)),
    ],
)
def test_a_hook_is_told_its_resource(
    provider: type[Provider], name: str, arguments: tuple[object, ...]
) -> None:
    answer = called(provider(), request(name.title()), name, *arguments)
    assert answer == (name, URN, *arguments)


def test_a_read_and_a_delete_of_a_signature_are_told_the_inputs_in_state() -> None:
    read = called(SignatureProvider(), request("Read"), "read", "7", OLDS)
    assert read == ("read", URN, "7", OLDS, {"a": "in"})
    told: list[object] = []
    provider: Any = SignatureProvider()
    provider.hooks = SimpleNamespace(delete=lambda *given: told.append(given))

    def deleting(message: object) -> None:
        assert message is not None
        provider.delete("7", OLDS)

    deleting(request("Delete"))
    assert told == [(URN, "7", OLDS, {"a": "in"})]
    asked = called(ApprovalProvider(), request("Read"), "read", "7", OLDS)
    assert asked == ("read", URN, "7", OLDS)


@pytest.mark.parametrize("is_enabled", [True, False])
def test_imports_leave_the_collector_as_it_was(
    monkeypatch: pytest.MonkeyPatch, is_enabled: bool
) -> None:
    done: list[str] = []
    monkeypatch.setattr(gc, "isenabled", lambda: is_enabled)
    for step in ("disable", "freeze", "enable"):
        monkeypatch.setattr(gc, step, lambda step=step: done.append(step))
    with without_collections():
        done.append("imports")
    assert done == ["disable", "imports", "freeze", *["enable"] * is_enabled]
