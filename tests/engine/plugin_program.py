"""A provider whose hooks do what the property `do` says, through what `sdk_patches` adds."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from pulumi.dynamic import (
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_smssign.contract import lifeline
from pulumi_smssign.engine import sdk_patches
from pulumi_smssign.engine.boundary import AcceptedError, hook
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.errors import AwaitingError, InterruptedRunError, RefusedError

_R = TypeVar("_R")
_Written = TypeVar("_Written", CreateResult, UpdateResult)


class Provider(ResourceProvider):
    """Each hook says on its row that it was called, and which of its inputs it knows."""

    def configure(self, _request: ConfigureRequest) -> None:
        sdk_patches.install()

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        return self._told(sdk_patches.request_urn(), "check", CheckResult(news, []))

    def diff(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        result = DiffResult(changes=olds.get("do") != news.get("do"))
        return self._told(sdk_patches.request_urn(), "diff", result)

    def create(self, props: dict[str, Any]) -> CreateResult:
        result = CreateResult("7300", {"do": props["do"], "status": "PENDING"})
        return self._written(sdk_patches.request_urn(), props["do"], result)

    def update(self, _id: str, _olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        result = UpdateResult({"do": news["do"], "status": "PENDING"})
        return self._written(sdk_patches.request_urn(), news["do"], result)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        text = f"read {sorted(sdk_patches.request_inputs())}"
        return self._told(sdk_patches.request_urn(), text, ReadResult(id_, props))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        text = f"delete {sorted(sdk_patches.request_inputs())}"
        self._told(sdk_patches.request_urn(), text, None)

    def _told(self, urn: str, text: str, result: _R) -> _R:
        Row(urn).note(text)
        return result

    def _written(self, urn: str, what: str, result: _Written) -> _Written:
        return cast("_Written", self._do(urn, what, result))

    @hook
    def _do(self, urn: str, what: str, result: _Written) -> _Written:
        Row(urn).note(what)
        match what:
            case "await":
                raise AwaitingError("in review", advice="run `pulumi up` again.")
            case "accepted" if isinstance(result, UpdateResult):
                raise AcceptedError(RefusedError("and then no answer"), result)
            case "refuse":
                raise RefusedError("refused", advice="change the text.")
            case "fail":
                raise ZeroDivisionError
            case "was it cancelled?":
                Row(urn).note(str(lifeline.cancelled.is_set()))
            case "wait":
                lifeline.cancelled.wait()
                raise InterruptedRunError("the run was ended")
        return result


class Configured(ResourceProvider):
    """Says on its row what the stack's configuration says."""

    _configured = ""

    def configure(self, request: ConfigureRequest) -> None:
        self._configured = request.config.get("test:said") or ""

    def create(self, _props: dict[str, Any]) -> CreateResult:
        Row(sdk_patches.request_urn()).note(self._configured)
        return CreateResult("7300", {})


class Stranger(ResourceProvider):
    """Somebody else's provider in the same process; it fails."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        raise LookupError(props["do"])
