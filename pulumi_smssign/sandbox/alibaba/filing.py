"""The filing of an approved signature with the carriers, which begins after the review.

It takes `alibaba.filing_delay` seconds. A carrier's state is set at the desk by the field
`RegisterStatus`, such as `{"mobile": 2}`. Sources: official SDK 4.6.0 for the fields and values,
vendor page 101346 for the reasons; which reason goes with which value is inferred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pydantic import JsonValue

from pulumi_smssign.sandbox.alibaba.statuses import (
    APPROVED,
    CARRIERS,
    CARRIERS_FIELD,
    DONE,
    FAILED,
    FILING,
    LAPSED,
    NOT_FILED,
    TO_BE_VERIFIED,
    filed,
)
from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.switches import Switches

REASONS: Mapping[int, str] = {
    NOT_FILED: "NON_REGISTER",
    FILING: "REGISTERING",
    FAILED: "SIGNATURE_QUALIFICATION_ERROR",
    TO_BE_VERIFIED: "DETECTING",
    LAPSED: "NO_SEND_RECORD",
    DONE: "DETECT_SUCCESS",
}

_CHINA = dt.timezone(dt.timedelta(hours=8))


def moment(at: float | None) -> str:
    """Write Unix seconds as `yyyy-MM-dd HH:mm:ss` in China's time (inferred); None as nothing."""
    return "" if at is None else f"{dt.datetime.fromtimestamp(at, _CHINA):%Y-%m-%d %H:%M:%S}"


def details(signature: Signature, switches: Switches, clock: Clock) -> list[JsonValue]:
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
                {"ReasonCode": REASONS.get(status, "OTHERS_ERROR"), "ReasonDescList": []}
            ],
        }
        for carrier in CARRIERS
    ]


def _at_the_desk(signature: Signature, carrier: str, usual: int) -> int:
    by_carrier = signature.fields.get(CARRIERS_FIELD)
    status = by_carrier.get(carrier) if isinstance(by_carrier, dict) else None
    return status if isinstance(status, int) else usual
