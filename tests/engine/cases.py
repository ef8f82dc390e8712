"""What the one lifecycle suite must know of each vendor: its words, and where its law differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A vendor for the lifecycle suite.

    `small_change` is an argument that the vendor takes in place, `fixed_change` one that it
    doesn't; `approved`, `rejected` and so on are raw statuses; `key_setting` is the secret that a
    wrong one is tried of. `modifiable_while_pending` and the like are the vendor's law.
    """

    vendor: str
    arguments: Arguments
    text: str
    evidence: str
    small_change: tuple[str, object]
    fixed_change: tuple[str, object]
    submit: str
    resubmit: str
    withdraw: str
    look: str
    pending: str
    approved: str
    rejected: str
    unknown: str
    others: Mapping[str, str]
    key_settings: Mapping[str, str]
    key_variables: Mapping[str, str]
    wrong_key: Mapping[str, str]
    wrong_key_code: str
    needed: tuple[str, ...]
    secret: tuple[str, ...]
    endpoints: tuple[str, ...]
    refusal_code: str
    looks_for_two: int
    sent_evidence: str
    sent_text: str

    def __str__(self) -> str:
        return self.vendor


TENCENT = Case(
    vendor="tencent",
    arguments={
        "sign_name": "极客科技",
        "sign_type": 0,
        "document_type": 1,
        "sign_purpose": 0,
        "proof_image": "licence.png",
        "qualification_id": 2000417,
    },
    text="sign_name",
    evidence="proof_image",
    small_change=("remark", "login codes"),
    fixed_change=("international", True),
    submit="AddSmsSign",
    resubmit="ModifySmsSign",
    withdraw="DeleteSmsSign",
    look="DescribeSmsSignList",
    pending="1",
    approved="0",
    rejected="-1",
    unknown="7",
    others={"2": "PENDING", "7": "UNKNOWN"},
    key_settings={
        "secretId": "AKIDsmssign-sandbox",
        "secretKey": "smssign-sandbox-secret-key-0000000",
    },
    key_variables={
        "TENCENTCLOUD_SECRET_ID": "AKIDsmssign-sandbox",
        "TENCENTCLOUD_SECRET_KEY": "smssign-sandbox-secret-key-0000000",
    },
    wrong_key={"secretKey": "an-invented-key-that-is-wrong"},
    wrong_key_code="AuthFailure.SignatureFailure",
    needed=("secretId", "secretKey", "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"),
    secret=("secretId", "secretKey"),
    endpoints=("endpoint",),
    refusal_code="FailedOperation.OtherError",
    looks_for_two=1,
    sent_evidence="ProofImage",
    sent_text="SignName",
)

CASES = (TENCENT,)
