"""UCloud for the tests: its case, its table of rules and its requests."""

from __future__ import annotations

from pulumi_smssign.sandbox.http_messages import HttpRequest
from tests.vendors.case import Case, Codes, Frozen, Keys, Names, Statuses
from tests.vendors.requests import FORM, JSON, get, post
from tests.vendors.table import DecisionTable

CASE = Case(
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
    names=Names(
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
    frozen=Frozen("dynamic/ucloudSms:UcloudSms", "b06f85327701"),
    codes=Codes(throttled=153, troubled=150, expired=174),
    other_keys={"publicKey": "smssign-sandbox.other"},
    host="https://api.ucloud.cn",
    name_kinds=(
        "sig_type",
        {0: "", 1: "apps", 2: "websites", 3: "official accounts", 4: "", 5: ""},
    ),
)

TABLE = DecisionTable(
    statuses={"PENDING": "0|1", "APPROVED": "2", "REJECTED": "3", "SUSPENDED": "4"},
    modifiable="0|1|3",
    plain="sig_type certificate_type sig_purpose file proxy_file",
    fixed="description international qualification_id project_id",
    unique="sig_content international project_id",
    deletable="0|2|3|4",
    reviewer_notes="description scene_desc",
    console_only="qualification_id",
    unreviewed="document proxy_doc",
)

REQUESTS = [
    post(FORM, b"Action=QueryUSMSSignature&PublicKey=x&Signature=y"),
    post(FORM, b"PublicKey=x"),
    post(JSON, b'{"Action": "QueryUSMSSignature"}'),
    HttpRequest("POST", "/", "Action=QueryUSMSSignature", JSON, b'{"SigId": "x"}'),
    get("Action=QueryUSMSSignature&PublicKey=x"),
    get("SigId=x&Action=QueryUSMSSignature"),
]
"""Requests that are this vendor's and no other's; each bears but one mark of it."""
