"""Alibaba Cloud for the tests: its case, its table of rules and its requests."""

from __future__ import annotations

from pulumi_smssign.sandbox.http_messages import HttpRequest
from tests.vendors.case import Case, Codes, Frozen, Keys, Names, Statuses
from tests.vendors.requests import FORM, get, post
from tests.vendors.table import DecisionTable

CASE = Case(
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
    names=Names(
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
    frozen=Frozen(
        "dynamic/alibabaSms:AlibabaSms",
        "debb4732a98c",
        ("sign_code", "order_id", "registrations"),
    ),
    codes=Codes(
        throttled="Throttling.User",
        troubled="InternalError",
        expired="InvalidSecurityToken.Expired",
    ),
    other_keys={"accessKeyId": "LTAIsmssign-sandbox.other"},
    host="https://dysmsapi.aliyuncs.com",
    name_kinds=("sign_source", {0: "", 2: "apps", 5: ""}),
    beside_facts={
        "qualification_id": 2000417,
        "authorization_letter_id": 417,
        "trademark_id": 42,
        "app_icp_record_id": 7,
    },
    wordless=frozenset(["mini_program", "official_account", "website"]),
)

TABLE = DecisionTable(
    statuses={"PENDING": "0", "APPROVED": "1", "REJECTED": "2|10"},
    modifiable="2",
    editable_when_approved="1",
    plain="more_data sign_source sign_type qualification_id third_party "
    "authorization_letter_id apply_scene_content trademark_id app_icp_record_id",
    fixed="sign_name",
    unique="sign_name",
    deletable="1|2|10",
    reviewer_notes="remark",
)

REQUESTS = [
    post({"x-acs-action": "GetSmsSign", "authorization": "ACS3-HMAC-SHA256 Credential=x"}),
    HttpRequest("POST", "/", "SignName=Action%3Dx&Action=y", {"x-acs-version": "x"}, b""),
    post({"authorization": "ACS3-HMAC-SHA256 Credential=x"}, b'{"Action": "x"}'),
    get("Action=GetSmsSign&AccessKeyId=LTAI&Signature=x&PublicKey=y"),
    post(FORM, b"Action=GetSmsSign&AccessKeyId=LTAI&Signature=x"),
]
"""Requests that are this vendor's and no other's; each bears but one mark of it."""
