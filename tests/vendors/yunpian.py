"""Yunpian for the tests: its case, its table of rules and its requests."""

from __future__ import annotations

from tests.vendors.case import Case, Codes, Frozen, Keys, Names, Statuses
from tests.vendors.requests import FORM, get, post
from tests.vendors.table import DecisionTable

CASE = Case(
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
    names=Names(
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
    frozen=Frozen(
        "dynamic/yunpianSms:YunpianSms", "d6ebd627e5fd", ("enabled", "vip", "chan", "extend")
    ),
    codes=Codes(throttled=-5, troubled=-50, expired=-1),
    other_keys={"apikey": "5a1d00000000000000000000005b0c00.other"},
    host="https://sms.yunpian.com",
    name_kinds=("prove_type", {1: "", 2: "apps", 3: "websites", 6: ""}),
    beside_facts={
        "id_card_name": "云杉",
        "id_card_number": "110101190001010010",
        "id_card_front": "front.png",
        "id_card_back": "back.png",
        "agent_mobile": "13800000000",
    },
    wordless=frozenset(["mini_program", "official_account"]),
)

TABLE = DecisionTable(
    statuses={
        "PENDING": "CHECKING",
        "APPROVED": "SUCCESS|APLLYING_VIP|APPLYING_VIP",
        "REJECTED": "FAIL",
        "SUSPENDED": "SUCCESS (disabled)|APLLYING_VIP (disabled)|APPLYING_VIP (disabled)",
    },
    modifiable="CHECKING|FAIL",
    plain="website sign_use prove_type licences licence_urls business_license_name "
    "id_card_name id_card_number id_card_front id_card_front_url id_card_back "
    "id_card_back_url agent_mobile apply_vip is_only_global industry_type",
    fixed="",
    unique="sign",
    deletable=None,
    unreviewed="notify",
)

REQUESTS = [
    post(FORM, b"apikey=x&sign=y", path="/v2/sign/add.json"),
    post(FORM, b"Action=x&PublicKey=y&SecretId=z", path="/v2/sign/get.json"),
    get("apikey=x", path="//v2/sign/update.json"),
]
"""Requests that are this vendor's and no other's; each bears but one mark of it."""
