"""What the one lifecycle suite must know of each vendor: its words, and where its law differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """The vendor's names of actions, and of what is sent under which name."""

    submit: str
    resubmit: str
    withdraw: str
    look: str
    find: str
    text: str
    evidence_action: str
    evidence: str


@dataclass(frozen=True)
class Statuses:
    """Raw statuses; `others` are further ones with what they mean."""

    pending: str
    approved: str
    rejected: str
    unknown: str
    others: Mapping[str, str]


@dataclass(frozen=True)
class Keys:
    """The sandbox's key as configuration and environment, and what a wrong one is answered."""

    settings: Mapping[str, str]
    variables: Mapping[str, str]
    wrong: Mapping[str, str]
    wrong_code: str
    needed: tuple[str, ...]
    secret: tuple[str, ...]
    endpoints: tuple[str, ...] = ("endpoint",)


@dataclass(frozen=True)
class Case:
    """A vendor for the lifecycle suite.

    `small_change` is an argument that a rejected signature takes in place, `fixed_change` one that
    no signature takes; `to_the_reviewer` are words to the reviewer; `doubtful` are arguments that
    are warned of. `deletes` is whether the vendor has deletion at all, `knows_by_text` whether a
    signature has no id but its text, `takes_files` whether its evidence is a file that is sent,
    `modifiable_while_pending` whether an open application can be changed, `editable` whether an
    approved one can, and `renames_in_place` whether a rejected one can have another text. `drift`
    is what changes behind the program's back and how state shows it; `looks_for_two` is how many
    questions two signatures take.
    """

    vendor: str
    arguments: Arguments
    text: str
    evidence: str
    small_change: tuple[str, object]
    fixed_change: tuple[str, object]
    to_the_reviewer: tuple[str, object] | None
    doubtful: Arguments
    words: Words
    statuses: Statuses
    keys: Keys
    refusal_code: str
    drift: tuple[Mapping[str, Any], str, str | int]
    deletes: bool = True
    knows_by_text: bool = False
    takes_files: bool = True
    editable: bool = False
    renames_in_place: bool = True
    modifiable_while_pending: bool = True
    numbers_requests: bool = True
    looks_for_two: int = 2

    def __str__(self) -> str:
        return self.vendor

    def evidence_from(self, path: str) -> object:
        """The evidence argument's value for a file."""
        return [path] if isinstance(self.arguments[self.evidence], list) else path


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
    small_change=("document_type", 0),
    to_the_reviewer=("remark", "login codes"),
    fixed_change=("international", True),
    doubtful={"sign_name": "一二三四五六七八九十一二三"},
    words=Words(
        submit="AddSmsSign",
        resubmit="ModifySmsSign",
        withdraw="DeleteSmsSign",
        look="DescribeSmsSignList",
        find="DescribeSmsSignList",
        text="SignName",
        evidence_action="AddSmsSign",
        evidence="ProofImage",
    ),
    statuses=Statuses("1", "0", "-1", "7", {"2": "PENDING"}),
    keys=Keys(
        settings={
            "secretId": "AKIDsmssign-sandbox",
            "secretKey": "smssign-sandbox-secret-key-0000000",
        },
        variables={
            "TENCENTCLOUD_SECRET_ID": "AKIDsmssign-sandbox",
            "TENCENTCLOUD_SECRET_KEY": "smssign-sandbox-secret-key-0000000",
        },
        wrong={"secretKey": "an-invented-key-that-is-wrong"},
        wrong_code="AuthFailure.SignatureFailure",
        needed=("secretId", "secretKey", "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"),
        secret=("secretId", "secretKey"),
    ),
    refusal_code="FailedOperation.OtherError",
    drift=({"text": "极客云科"}, "sign_name", "极客云科"),
    looks_for_two=1,
)

HUAWEI = Case(
    vendor="huawei",
    arguments={
        "app_id": "5d0c7a10-0001-4c6e-8f00-aaaaaaaaaaaa",
        "signature_name": "极客科技",
        "signature_type": "NOTIFY_TYPE",
        "signature_source": 0,
        "is_involved_third": False,
        "licence": "licence.png",
        "qualification_id": "Q-0417",
    },
    text="signature_name",
    evidence="licence",
    small_change=("registration_number", "TM-0042"),
    to_the_reviewer=("apply_desc", "login codes"),
    fixed_change=("app_id", "5d0c7a10-0002-4c6e-8f00-bbbbbbbbbbbb"),
    doubtful={"signature_type": "PROMOTION_TYPE"},
    words=Words(
        submit="CreateSignature",
        resubmit="UpdateSignature",
        withdraw="DeleteSignature",
        look="ShowSignature",
        find="ListSignatureDetails",
        text="signature_name",
        evidence_action="UploadSignatureFile",
        evidence="file",
    ),
    statuses=Statuses(
        "PENDING_REVIEW",
        "REVIEW_PASSED",
        "REVIEW_NOT_PASS",
        "SOMETHING_NEW",
        {
            "PROCESSING": "PENDING",
            "REVIEW_PROCESSING_COMPLETED": "APPROVED",
            "TO_BE_ACTIVATED": "SUSPENDED",
        },
    ),
    keys=Keys(
        settings={
            "ak": "smssign-sandbox",
            "sk": "smssign-sandbox-sk-0000000000000000",
            "projectId": "5b0c00000000000000000000000d35c0",
        },
        variables={
            "HUAWEICLOUD_SDK_AK": "smssign-sandbox",
            "HUAWEICLOUD_SDK_SK": "smssign-sandbox-sk-0000000000000000",
            "HUAWEICLOUD_SDK_PROJECT_ID": "5b0c00000000000000000000000d35c0",
        },
        wrong={"sk": "an-invented-key-that-is-wrong"},
        wrong_code="APIGW.0301",
        needed=("ak", "sk", "projectId", "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_PROJECT_ID"),
        secret=("sk",),
    ),
    refusal_code="MSGSMS.0002",
    drift=({"text": "极客云科"}, "signature_name", "极客云科"),
    modifiable_while_pending=False,
    looks_for_two=1,
)

UCLOUD = Case(
    vendor="ucloud",
    arguments={
        "sig_content": "极客科技",
        "sig_type": 0,
        "certificate_type": 0,
        "sig_purpose": 0,
        "description": "login codes",
        "file": "licence.png",
    },
    text="sig_content",
    evidence="file",
    small_change=("proxy_file", "licence.png"),
    to_the_reviewer=("scene_desc", "login"),
    fixed_change=("qualification_id", "qual-417"),
    doubtful={"sig_content": "极客-科技"},
    words=Words(
        submit="CreateUSMSSignature",
        resubmit="UpdateUSMSSignature",
        withdraw="DeleteUSMSSignature",
        look="QueryUSMSSignature",
        find="QueryUSMSSignature",
        text="SigContent",
        evidence_action="CreateUSMSSignature",
        evidence="File",
    ),
    statuses=Statuses("0", "2", "3", "7", {"1": "PENDING", "4": "SUSPENDED"}),
    keys=Keys(
        settings={
            "publicKey": "smssign-sandbox",
            "privateKey": "smssign-sandbox-private-key-0000",
            "projectId": "org-sandbox",
        },
        variables={
            "UCLOUD_PUBLIC_KEY": "smssign-sandbox",
            "UCLOUD_PRIVATE_KEY": "smssign-sandbox-private-key-0000",
            "UCLOUD_PROJECT_ID": "org-sandbox",
        },
        wrong={"privateKey": "an-invented-key-that-is-wrong"},
        wrong_code="171",
        needed=("publicKey", "privateKey", "UCLOUD_PUBLIC_KEY", "UCLOUD_PRIVATE_KEY"),
        secret=("privateKey",),
    ),
    refusal_code="18003",
    drift=({"text": "极客云科"}, "sig_content", "极客云科"),
)

YUNPIAN = Case(
    vendor="yunpian",
    arguments={
        "sign": "极客科技",
        "website": "https://geek.example",
        "prove_type": 1,
        "licences": ["licence.png"],
    },
    text="sign",
    evidence="licences",
    small_change=("website", "https://geek.example/login"),
    to_the_reviewer=None,
    fixed_change=("account", "marketing"),
    doubtful={"apply_vip": True, "is_only_global": True},
    words=Words(
        submit="add",
        resubmit="update",
        withdraw="none",
        look="get",
        find="get",
        text="sign",
        evidence_action="add",
        evidence="license_base64",
    ),
    statuses=Statuses(
        "CHECKING",
        "SUCCESS",
        "FAIL",
        "SOMETHING_NEW",
        {"APLLYING_VIP": "APPROVED", "SUCCESS (disabled)": "SUSPENDED"},
    ),
    keys=Keys(
        settings={"apikey": "5a1d00000000000000000000005b0c00"},
        variables={"YUNPIAN_APIKEY": "5a1d00000000000000000000005b0c00"},
        wrong={"apikey": "0123456789abcdef0123456789abcdef"},
        wrong_code="-1",
        needed=("apikey", "YUNPIAN_APIKEY"),
        secret=("apikey",),
    ),
    refusal_code="2",
    drift=({"fields": {"industry_type": "物联网"}}, "industry_type", "物联网"),
    deletes=False,
    knows_by_text=True,
    numbers_requests=False,
    looks_for_two=1,
)

ALIBABA = Case(
    vendor="alibaba",
    arguments={
        "sign_name": "极客科技",
        "sign_source": 0,
        "qualification_id": 2000417,
        "more_data": ["papers/licence.png"],
    },
    text="sign_name",
    evidence="more_data",
    small_change=("sign_type", 0),
    to_the_reviewer=("remark", "login codes"),
    fixed_change=("account", "marketing"),
    doubtful={"sign_name": "极客测试"},
    words=Words(
        submit="CreateSmsSign",
        resubmit="UpdateSmsSign",
        withdraw="DeleteSmsSign",
        look="GetSmsSign",
        find="GetSmsSign",
        text="SignName",
        evidence_action="CreateSmsSign",
        evidence="MoreData",
    ),
    statuses=Statuses("0", "1", "2", "7", {"10": "REJECTED"}),
    keys=Keys(
        settings={
            "accessKeyId": "LTAIsmssign-sandbox",
            "accessKeySecret": "smssign-sandbox-access-secret-0000",
        },
        variables={
            "ALIBABA_CLOUD_ACCESS_KEY_ID": "LTAIsmssign-sandbox",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "smssign-sandbox-access-secret-0000",
        },
        wrong={"accessKeySecret": "an-invented-key-that-is-wrong"},
        wrong_code="SignatureDoesNotMatch",
        needed=("accessKeyId", "accessKeySecret", "ALIBABA_CLOUD_ACCESS_KEY_ID"),
        secret=("accessKeySecret",),
    ),
    refusal_code="InvalidSignName",
    drift=({"fields": {"QualificationId": 2000418}}, "qualification_id", 2000418),
    modifiable_while_pending=False,
    knows_by_text=True,
    looks_for_two=3,
    takes_files=False,
    editable=True,
    renames_in_place=False,
)

CASES = (TENCENT, HUAWEI, UCLOUD, YUNPIAN, ALIBABA)

OTHER_KEYS: Mapping[str, Mapping[str, str]] = {
    "alibaba": {"accessKeyId": "LTAIsmssign-sandbox.other"},
    "tencent": {"secretId": "AKIDsmssign-sandbox.other"},
    "huawei": {"ak": "smssign-sandbox.other"},
    "ucloud": {"publicKey": "smssign-sandbox.other"},
    "yunpian": {"apikey": "5a1d00000000000000000000005b0c00.other"},
}
"""What leads to another of the sandbox's accounts."""


def at(*cases: Case) -> pytest.MarkDecorator:
    """A test's stages: these vendors."""
    return pytest.mark.parametrize("scene", cases, indirect=True, ids=str)


def together(*cases: Case) -> pytest.MarkDecorator:
    """A test's stages in one stack: these vendors, where it isn't all."""
    ids = ["-".join(map(str, cases))]
    return pytest.mark.parametrize("scenes", [cases], indirect=True, ids=ids)


def crossed(name: str, *rows: tuple[Case, object, str]) -> pytest.MarkDecorator:
    """A test's stages with a value each, and what that value is called.

    Each value meets a vendor, and each vendor a value; what more their product would show is
    the decision's alone, which the model's tests search without an engine.
    """
    return pytest.mark.parametrize(
        ("scene", name),
        [(case, value) for case, value, _ in rows],
        indirect=["scene"],
        ids=[f"{case}-{called}" for case, _, called in rows],
    )


DELETES_OR_NOT = at(TENCENT, YUNPIAN)
"""For what is the same at all vendors that delete: one of them, and the one that can't."""
