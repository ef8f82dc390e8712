"""Huawei Cloud for the tests: its case, its table of rules and its requests."""

from __future__ import annotations

from tests.vendors.case import Case, Codes, Frozen, Keys, Names, Statuses
from tests.vendors.requests import JSON, get, post
from tests.vendors.table import DecisionTable

CASE = Case(
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
    names=Names(
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
    frozen=Frozen(
        "dynamic/huaweiSms:HuaweiSms",
        "eb56f38e63e3",
        ("signature_id", "channel_num", "urge_status", "urge_time", "urge_desc"),
    ),
    codes=Codes(throttled="APIGW.0308", troubled="MSGSMS.0001", expired="APIGW.0307"),
    other_keys={"ak": "smssign-sandbox.other"},
    host="https://msgsms.cn-north-4.myhuaweicloud.com",
    name_kinds=("signature_source", {0: "", 2: "apps", 5: ""}),
    beside_facts={"app_id": "5d0c7a10", "signature_type": "NOTIFY_TYPE"},
    wordless=frozenset(["mini_program", "official_account", "website"]),
)

TABLE = DecisionTable(
    statuses={
        "PENDING": "PENDING_REVIEW|PENDING_QUALIFICATION_REVIEW|PROCESSING|REAL_NAME_REGISTRATING",
        "APPROVED": "REVIEW_PASSED|REVIEW_PROCESSING_COMPLETED|"
        "REVIEW_PASSED_QUALIFICATION_PROCESSING|REVIEW_PASSED_REAL_NAME_REGISTRATING|"
        "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL",
        "REJECTED": "REVIEW_NOT_PASS",
        "SUSPENDED": "TO_BE_ACTIVATED|PENDING_ACTIVATE",
    },
    modifiable="REVIEW_NOT_PASS",
    plain="licence file_id power_of_attorney power_attorney_fileid related_file "
    "signature_related_file_id signature_source is_involved_third registration_number "
    "license_number",
    fixed="app_id",
    unique="signature_name signature_type",
    deletable="REVIEW_PASSED|REVIEW_PROCESSING_COMPLETED|"
    "REVIEW_PASSED_QUALIFICATION_PROCESSING|REVIEW_PASSED_REAL_NAME_REGISTRATING|"
    "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL|REVIEW_NOT_PASS|TO_BE_ACTIVATED|PENDING_ACTIVATE",
    approved_not_effective="REAL_NAME_REGISTRATING",
    reviewer_notes="apply_desc",
    console_only="qualification_id",
    unreviewed="activate source_title_content",
    requests="activate",
)

REQUESTS = [
    post({**JSON, "authorization": "SDK-HMAC-SHA256 Access=x"}, path="/v2/p/msgsms/signatures"),
    get("limit=1", {"x-auth-token": "x"}, path="/v2/p/msgsms/signatures"),
    get("Action=x&PublicKey=y", path="/v2/p/msgsms/signatures"),
    post(JSON, b"{}", path="/v3/auth/tokens"),
]
"""Requests that are this vendor's and no other's; each bears but one mark of it."""
