"""The kinds of faults: what each does to a call (the table is in `faults`)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator
from typing_extensions import override

from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import HttpAnswer, json_bytes

_PAGE = (
    "<!DOCTYPE html>\n"
    "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
)

_HttpStatus: TypeAlias = Annotated[int, Field(ge=200, le=599)]
_Seconds: TypeAlias = Annotated[float, Field(ge=0, le=3600)]
_Code: TypeAlias = Annotated[str, Field(max_length=200)]
_ContentType: TypeAlias = Annotated[str, Field(pattern=r"^[ -~]{0,200}$")]


@dataclass(frozen=True)
class Exchange:
    """One call on its way out; `answer` is None where the vendor wasn't let act."""

    vendor: Gateway
    received: Received
    answer: HttpAnswer | None

    def acted(self) -> HttpAnswer:
        """Give the vendor's answer, or an empty one in its place."""
        return self.answer or HttpAnswer(b"")


class Aimed(BaseModel):
    """The calls that a fault meets: it lets `skip` pass, then spoils `times` (None: all).

    Each of these it meets with `probability`, and passes on else.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    vendor: str = "*"
    action: str = "*"
    times: Annotated[int, Field(ge=1)] | None = 1
    skip: Annotated[int, Field(ge=0)] = 0
    probability: Annotated[float, Field(gt=0, le=1)] = 1.0

    def meets(self, vendor: str, action: str) -> bool:
        """Tell whether it is meant for calls of this vendor and action."""
        return self.vendor in {"*", vendor} and self.action in {"*", action}


class VerdictFault(Aimed):
    """Has a review decided just before the call is handled."""

    kind: Literal["verdict"]
    verdict: Literal["approve", "reject", "status", "remove"]
    id: str = ""
    text: str = ""
    reason: str = ""
    vendor_status: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.id) == bool(self.text):
            raise ValueError("name the signature by id or by text, by one of them")
        if (self.verdict == "status") != bool(self.vendor_status):
            raise ValueError("vendor_status goes with the verdict 'status', and only with it")
        return self


class AnswerFault(Aimed):
    """Spoils a call, once the vendor has acted or not, and after `delay` seconds."""

    kind: str
    acts: bool = True

    @property
    def delay(self) -> float:
        """Seconds to stall before the answer or the cut."""
        return 0.0

    def spoil(self, exchange: Exchange) -> HttpAnswer | None:  # noqa: ARG002 - for others
        """Give what is sent in place of the vendor's answer; None, unless it is said, is a cut."""
        return None


class ErrorFault(AnswerFault):
    """The vendor answers with an error, in its own envelope."""

    kind: Literal["error"]
    code: _Code | int
    message: str = "Ordered from the sandbox."
    http_status: _HttpStatus | None = None
    acts: bool = False

    @override
    def spoil(self, exchange: Exchange) -> HttpAnswer | None:
        refusal = Refusal(str(self.code), self.message, self.http_status)
        return exchange.vendor.refuse(exchange.received, refusal)


class StatusFault(AnswerFault):
    """Something in front of the vendor answers with a bare HTTP status."""

    kind: Literal["status"]
    http_status: _HttpStatus = 502
    body: str = ""
    content_type: _ContentType = "text/plain"
    acts: bool = False

    @override
    def spoil(self, exchange: Exchange) -> HttpAnswer | None:
        return HttpAnswer(self.body.encode(), self.http_status, {"content-type": self.content_type})


class HtmlFault(AnswerFault):
    """Something in front of the vendor answers with a web page."""

    kind: Literal["html"]
    http_status: _HttpStatus = 200
    acts: bool = False

    @override
    def spoil(self, exchange: Exchange) -> HttpAnswer | None:
        return HttpAnswer(_PAGE.encode(), self.http_status, {"content-type": "text/html"})


class BodyFault(AnswerFault):
    """The answer is exactly this: a text as it is, anything else as JSON."""

    kind: Literal["body"]
    body: JsonValue
    content_type: _ContentType = "application/json"
    http_status: _HttpStatus = 200
    acts: bool = False

    @override
    def spoil(self, exchange: Exchange) -> HttpAnswer | None:
        body = self.body.encode() if isinstance(self.body, str) else json_bytes(self.body)
        return HttpAnswer(body, self.http_status, {"content-type": self.content_type})


class DropBeforeFault(AnswerFault):
    """The connection is cut before the vendor acts."""

    kind: Literal["drop_before"]
    acts: Literal[False] = False


class DropAfterFault(AnswerFault):
    """The vendor acts, then the connection is cut without an answer."""

    kind: Literal["drop_after"]
    acts: Literal[True] = True


class HangFault(AnswerFault):
    """Nothing comes for `seconds`, then the connection is cut."""

    kind: Literal["hang"]
    seconds: _Seconds = 60.0

    @property
    @override
    def delay(self) -> float:
        return self.seconds


class SlowFault(HangFault):
    """The right answer comes `seconds` late."""

    kind: Literal["slow"]  # type: ignore[assignment] # a hang that ends well
    seconds: _Seconds = 1.0
    acts: Literal[True] = True

    @override
    def spoil(self, exchange: Exchange) -> HttpAnswer | None:
        return exchange.acted()


class EmptyFault(AnswerFault):
    """The answer has no body."""

    kind: Literal["empty"]
    http_status: _HttpStatus = 200

    @override
    def spoil(self, exchange: Exchange) -> HttpAnswer | None:
        return replace(exchange.acted(), body=b"", status=self.http_status)


class TruncatedFault(AnswerFault):
    """The right answer breaks off half-way, its length header agreeing."""

    kind: Literal["truncated"]
    acts: Literal[True] = True

    @override
    def spoil(self, exchange: Exchange) -> HttpAnswer | None:
        answer = exchange.acted()
        return replace(answer, body=answer.body[: len(answer.body) // 2])


class MissingFault(AnswerFault):
    """The right answer lacks a key: `key`, with dots to go deeper, or the envelope's own."""

    kind: Literal["missing"]
    key: str = ""
    acts: Literal[True] = True

    @override
    def spoil(self, exchange: Exchange) -> HttpAnswer | None:
        answer = exchange.acted()
        document = _document(answer)
        *way, last = (self.key or exchange.vendor.envelope_key).split(".")
        inner = document
        for step in way:
            inner = inner.get(step) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner.pop(last, None)
        return answer if document is None else replace(answer, body=json_bytes(document))


class UnknownFieldsFault(AnswerFault):
    """The right answer has a field more in each object, as when a vendor adds some."""

    kind: Literal["unknown_fields"]
    acts: Literal[True] = True

    @override
    def spoil(self, exchange: Exchange) -> HttpAnswer | None:
        answer = exchange.acted()
        document = _document(answer)
        return answer if document is None else replace(answer, body=json_bytes(_enriched(document)))


def _document(answer: HttpAnswer) -> JsonValue:
    """Give the JSON of an answer, an empty object where it has no body; None where it is a page."""
    try:
        document: JsonValue = json.loads(answer.body or b"{}")
    except ValueError:
        return None
    return document


def _enriched(document: JsonValue) -> JsonValue:
    if isinstance(document, list):
        return [_enriched(each) for each in document]
    if isinstance(document, dict):
        inner = {key: _enriched(value) for key, value in document.items()}
        return {**inner, "AddedByTheSandbox": {"Since": 2099, "Kinds": ["new"]}}
    return document


Fault: TypeAlias = Annotated[
    ErrorFault
    | StatusFault
    | HtmlFault
    | BodyFault
    | DropBeforeFault
    | DropAfterFault
    | HangFault
    | SlowFault
    | EmptyFault
    | TruncatedFault
    | MissingFault
    | UnknownFieldsFault
    | VerdictFault,
    Field(discriminator="kind"),
]
