"""The statuses of a signature and of its filing: numbers in GetSmsSign, words in QuerySmsSignList.

Both reads may show less than what is filed: the vendor's description says that they show the
material as first created or as last approved, and the page of UpdateSmsSign that an approved
signature goes back to review. The switch `alibaba.reads_show` decides.

The filing with the carriers begins after the review and takes `alibaba.filing_delay` seconds.
Sources: official SDK 4.6.0 for the fields and values, vendor page 101346 for the reasons; which
reason goes with which value is inferred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pydantic import JsonValue

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.switches import Switches

IN_REVIEW, APPROVED, REJECTED, CANCELLED = 0, 1, 2, 10


WORDS: Mapping[int, str] = {
    IN_REVIEW: "AUDIT_STATE_INIT",
    APPROVED: "AUDIT_STATE_PASS",
    REJECTED: "AUDIT_STATE_NOT_PASS",
    CANCELLED: "AUDIT_STATE_CANCEL",
}

EARLIER = "EarlierVersion"
"""The desk's field for what the reads may go on showing after an update."""

SUBMITTED, LAST_APPROVED = "submitted", "last-approved"
"""What the reads show: two of the settings of `alibaba.reads_show`."""


CARRIERS = ("mobile", "unicom", "telecom")

NOT_FILED, FILING, FAILED, TO_BE_VERIFIED, LAPSED, DONE = -2, -1, 0, 1, 2, 3
"""RegisterStatus, by carrier; lapsed is what hasn't sent for six months."""

CARRIERS_FIELD = "RegisterStatus"
"""The desk's field for it, such as `{"mobile": 2}`."""

REASONS: Mapping[int, str] = {
    NOT_FILED: "NON_REGISTER",
    FILING: "REGISTERING",
    FAILED: "SIGNATURE_QUALIFICATION_ERROR",
    TO_BE_VERIFIED: "DETECTING",
    LAPSED: "NO_SEND_RECORD",
    DONE: "DETECT_SUCCESS",
}
_WORDS_OF_REASONS: Mapping[int, list[JsonValue]] = {FAILED: ["签名与资质不符。"]}
"""ReasonDescList where it has words; they are the sandbox's own."""

_CHINA = dt.timezone(dt.timedelta(hours=8))


def filed(signature: Signature) -> int:
    """Give the status of what is filed, which decides what may be done."""
    reviewed = {Status.APPROVED: APPROVED, Status.REJECTED: REJECTED}
    return int(signature.vendor_status or reviewed.get(signature.status, IN_REVIEW))


def shown_status(signature: Signature, switches: Switches) -> int:
    """Give the status that the reads show now."""
    status = filed(signature)
    if switches.text("alibaba.reads_show") != LAST_APPROVED or status != IN_REVIEW:
        return status
    return APPROVED if _earlier(signature).get("approved") is True else status


def shown_fields(signature: Signature, switches: Switches) -> Document:
    """Give the material that the reads show now."""
    fields = {name: value for name, value in signature.fields.items() if name != EARLIER}
    if switches.text("alibaba.reads_show") == SUBMITTED or filed(signature) == APPROVED:
        return fields
    earlier = _earlier(signature).get("fields")
    return earlier if isinstance(earlier, dict) else fields


def shown_review(signature: Signature, switches: Switches) -> float | None:
    """Give when the review ended that the reads show now (Unix seconds)."""
    if shown_status(signature, switches) == filed(signature):
        return signature.reviewed_at
    at = _earlier(signature).get("reviewed_at")
    return at if isinstance(at, float) else None


def with_earlier(signature: Signature, fields: Document) -> Document:
    """Give `fields`, which replace those of `signature`, with what the reads may go on showing."""
    approved = filed(signature) == APPROVED
    earlier: Document = _earlier(signature)
    if approved or not earlier:
        own = {name: value for name, value in signature.fields.items() if name != EARLIER}
        earlier = {"approved": approved, "fields": own, "reviewed_at": signature.reviewed_at}
    return {**fields, EARLIER: earlier}


def _earlier(signature: Signature) -> Document:
    earlier = signature.fields.get(EARLIER)
    return earlier if isinstance(earlier, dict) else {}


def moment(at: float | None) -> str:
    """Write Unix seconds as `yyyy-MM-dd HH:mm:ss` in China's time (inferred); None as nothing."""
    return "" if at is None else f"{dt.datetime.fromtimestamp(at, _CHINA):%Y-%m-%d %H:%M:%S}"


def filing_details(signature: Signature, switches: Switches, clock: Clock) -> list[JsonValue]:
    """Give the filing with each carrier, as GetSmsSign shows it."""
    usual, completed_at = NOT_FILED, None
    if filed(signature) == APPROVED and signature.reviewed_at is not None:
        due_at = signature.reviewed_at + switches.number("alibaba.filing_delay")
        usual, completed_at = (DONE, due_at) if clock.now() >= due_at else (FILING, None)
    return [
        {
            "OperatorCode": carrier,
            "RegisterStatus": (status := _at_the_desk(signature, carrier, usual)),
            "OperatorCompleteTime": moment(completed_at),
            "RegisterStatusReasons": [
                {
                    "ReasonCode": REASONS.get(status, "OTHERS_ERROR"),
                    "ReasonDescList": _WORDS_OF_REASONS.get(status, []),
                }
            ],
        }
        for carrier in CARRIERS
    ]


def _at_the_desk(signature: Signature, carrier: str, usual: int) -> int:
    by_carrier = signature.fields.get(CARRIERS_FIELD)
    status = by_carrier.get(carrier) if isinstance(by_carrier, dict) else None
    return status if isinstance(status, int) else usual
