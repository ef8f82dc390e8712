"""UCloud's answers: an envelope with a RetCode, and the fields beside it.

Sources: the page UpdateUSMSSignature (global site) for the envelope, the official Python SDK
0.11.150 for the fields and the header of the request id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
from pydantic import ConfigDict, Field

from pulumi_smssign.contract.answers import (
    EnvelopeError,
    Name,
    Reason,
    Tolerant,
    UnreadableError,
    document,
    number,
)
from pulumi_smssign.contract.codes import TOO_MANY, Fault
from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import Review
from pulumi_smssign.ucloud.codes import meaning
from pulumi_smssign.ucloud.rules import RULES

Answer = Mapping[str, Any]


class Created(Tolerant):
    """The answer of CreateUSMSSignature; an id that comes as a number is taken too."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    sig_id: str = Field(alias="SigId", min_length=1)


class Item(Tolerant):
    """A signature: `Data` of QueryUSMSSignature."""

    sig_id: Name = Field(alias="SigId", min_length=1)
    sig_content: Name = Field(alias="SigContent")
    status: int = Field(alias="Status")
    err_desc: Reason | None = Field(alias="ErrDesc", default=None)

    def review(self) -> Review:
        """The item as a `Review`."""
        return Review(
            id=self.sig_id,
            text=self.sig_content,
            status=RULES.status(str(self.status)),
            vendor_status=str(self.status),
            reason=self.err_desc or "",
            reported={"sig_content": self.sig_content},
        )


def successful(action: str, response: httpx.Response) -> Answer:
    """The body of a successful answer; raises the `Fault` in another, or `UnreadableError`.

    The vendor answers HTTP 200 with a RetCode also when it refuses, so the body decides.
    """
    request_id = response.headers.get("X-UCLOUD-REQUEST-UUID", "")
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise Fault(TOO_MANY, "HTTP 429", request_id=request_id)  # a proxy's, before the gateway
    answer = document(response)
    if answer is None:
        raise UnreadableError(_("it is not a JSON object"))
    code = number(answer.get("RetCode"))
    if code is None:
        raise UnreadableError(_("RetCode is missing or not a number"))
    if code:
        message = str(answer.get("Message") or "")
        raise Fault(meaning(action, code, message), str(code), message, request_id)
    if not response.is_success:
        raise EnvelopeError(_("{field} is 0, and the HTTP status is an error", field="RetCode"))
    return dict(answer)


def item(answer: Answer) -> Item | None:
    """The signature in an answer of QueryUSMSSignature; None when it says that there is none.

    It says so by no `Data`, an empty one, or one of nothing but empty values: no source describes
    it, and the official SDK takes the first two for no signature.

    Raises:
        ValueError: `Data` is something else.
    """
    data = answer.get("Data")
    if data is None or data == [] or (isinstance(data, Mapping) and not any(data.values())):
        return None
    return Item.model_validate(data)
