"""Tencent Cloud for the tests: its case, its table of rules and its requests."""

from __future__ import annotations

from tests.vendors.case import Case, Codes, Frozen, Keys, Names, Statuses
from tests.vendors.requests import FORM, JSON, get, post
from tests.vendors.table import DecisionTable

CASE = Case(
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
    names=Names(
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
    frozen=Frozen("dynamic/tencentSms:TencentSms", "5e8c10e60fa0"),
    codes=Codes(
        throttled="RequestLimitExceeded",
        troubled="InternalError",
        expired="AuthFailure.TokenFailure",
    ),
    other_keys={"secretId": "AKIDsmssign-sandbox.other"},
    host="https://sms.tencentcloudapi.com",
    name_kinds=(
        "sign_type",
        {0: "", 1: "apps", 2: "websites", 3: "official accounts", 4: "", 5: "", 6: "mini-programs"},
    ),
)

TABLE = DecisionTable(
    statuses={"PENDING": "1|2", "APPROVED": "0", "REJECTED": "-1"},
    modifiable="1|-1",
    plain="sign_type document_type sign_purpose proof_image commission_image",
    fixed="international",
    unique="sign_name international",
    deletable="0|1|2|-1",
    approved_not_effective="2",
    reviewer_notes="remark",
    console_only="qualification_id",
)

REQUESTS = [
    post({**JSON, "x-tc-action": "AddSmsSign"}, b'{"SignName": "Action=PublicKey"}'),
    post({**JSON, "x-tc-action": "AddSmsSign"}, b'{"Action": "x", "PublicKey": "y"}'),
    post({**JSON, "authorization": "TC3-HMAC-SHA256 Credential=x"}, b"{}"),
    get("Action=AddSmsSign&SecretId=AKID", {"x-tc-action": "AddSmsSign"}),
    get("Action=AddSmsSign&SecretId=AKID&Signature=x"),
    post(FORM, b"Action=AddSmsSign&SecretId=AKID&Signature=x"),
]
"""Requests that are this vendor's and no other's; each bears but one mark of it."""
