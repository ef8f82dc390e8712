"""Every member of every choice, with the number or word that goes to the vendor."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import pytest

from pulumi_smssign import alibaba, huawei, tencent, ucloud, yunpian
from pulumi_smssign.contract.application import Application, choices
from pulumi_smssign.core.registry import OURS, named

OWNERS = {"OWN_USE": 0, "FOR_OTHERS": 1}
MEMBERS: Mapping[type[Enum], Mapping[str, object]] = {
    alibaba.SignSource: {"COMPANY": 0, "APP": 2, "TRADEMARK": 5},
    alibaba.SignType: {"VERIFICATION_CODE": 0, "GENERAL": 1},
    huawei.SignatureSource: {
        "ENTERPRISE": 0,
        "WEBSITE": 1,
        "APPLICATION": 2,
        "APPLET": 3,
        "SHOP": 4,
        "TRADEMARK": 5,
    },
    huawei.SignatureType: {
        name: name for name in ("VERIFY_CODE_TYPE", "NOTIFY_TYPE", "PROMOTION_TYPE")
    },
    tencent.SignType: {
        "COMPANY": 0,
        "APP": 1,
        "WEBSITE": 2,
        "OFFICIAL_ACCOUNT": 3,
        "TRADEMARK": 4,
        "ORGANIZATION": 5,
        "MINI_PROGRAM": 6,
    },
    tencent.DocumentType: {
        "THREE_IN_ONE_LICENSE": 0,
        "BUSINESS_LICENSE": 1,
        "ORGANIZATION_CODE": 2,
        "SOCIAL_CREDIT_CODE": 3,
        "APP_BACKEND": 4,
        "ICP_FILING": 5,
        "MINI_PROGRAM_SETTINGS": 6,
        "TRADEMARK_CERTIFICATE": 7,
        "OFFICIAL_ACCOUNT_SETTINGS": 8,
    },
    tencent.SignPurpose: OWNERS,
    ucloud.SigType: {
        "COMPANY": 0,
        "APP": 1,
        "WEBSITE": 2,
        "OFFICIAL_ACCOUNT": 3,
        "TRADEMARK": 4,
        "ORGANIZATION": 5,
    },
    ucloud.CertificateType: {
        "BUSINESS_LICENSE": 0,
        "APP_STORE_BACKEND": 1,
        "ICP_FILING": 2,
        "OFFICIAL_ACCOUNT_SETTINGS": 3,
        "TRADEMARK_CERTIFICATE": 4,
        "ORGANIZATION_CODE": 5,
    },
    ucloud.SigPurpose: OWNERS,
    yunpian.SignUse: OWNERS,
    yunpian.ProveType: {
        "BUSINESS_LICENSE": 1,
        "ICP_FILING_OF_APP": 2,
        "ICP_FILING_OF_WEBSITE": 3,
        "TRADEMARK_CERTIFICATE": 6,
    },
    yunpian.IndustryType: {
        "GAMES": "游戏",
        "MOBILE_APPS": "移动应用",
        "VIDEO": "视频",
        "IT_AND_TELECOM": "IT/通信/电子服务",
        "E_COMMERCE": "电子商务",
        "FINANCE": "金融",
        "WEBSITES": "网站",
        "BUSINESS_SERVICES": "商业服务",
        "REAL_ESTATE": "房地产/建筑",
        "RETAIL": "零售/租赁/贸易",
        "MANUFACTURING": "生产/加工/制造",
        "TRANSPORT": "交通/物流",
        "MEDIA": "文化传媒",
        "ENERGY": "能源/电气",
        "GOVERNMENT": "政府企业",
        "AGRICULTURE": "农业",
        "INTERNET_OF_THINGS": "物联网",
        "OTHER": "其它",
    },
}


@pytest.mark.parametrize("choice", MEMBERS, ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_members_have_the_vendors_values(choice: type[Enum]) -> None:
    values = {name: member.value for name, member in choice.__members__.items()}
    assert values == MEMBERS[choice]


def test_no_choice_of_an_application_is_missing_here() -> None:
    models: list[type[Application]] = [named(vendor).application for vendor in OURS]
    assert {choice for model in models for choice in choices(model).values()} == MEMBERS.keys()
