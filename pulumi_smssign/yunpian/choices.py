"""Yunpian's choices: the enumerations of its arguments, and the personal ones; no Pulumi."""

from __future__ import annotations

from pulumi_smssign.model.choices import IntChoice, TextChoice

PERSONAL = frozenset(
    {
        "licences",
        "licence_urls",
        "id_card_name",
        "id_card_number",
        "id_card_front",
        "id_card_front_url",
        "id_card_back",
        "id_card_back_url",
        "agent_mobile",
    }
)
"""The personal arguments: secrets in state, in messages and wherever else they stand."""


class SignUse(IntChoice):
    """The owner of the name: the account's holder, or another company."""

    OWN_USE = 0
    FOR_OTHERS = 1


class ProveType(IntChoice):
    """The proof on the licences; 4 and 5 don't exist."""

    BUSINESS_LICENSE = 1
    ICP_FILING_OF_APP = 2
    ICP_FILING_OF_WEBSITE = 3
    TRADEMARK_CERTIFICATE = 6


class IndustryType(TextChoice):
    """The account holder's line of business; the text is what is sent."""

    GAMES = "游戏"
    MOBILE_APPS = "移动应用"
    VIDEO = "视频"
    IT_AND_TELECOM = "IT/通信/电子服务"
    E_COMMERCE = "电子商务"
    FINANCE = "金融"
    WEBSITES = "网站"
    BUSINESS_SERVICES = "商业服务"
    REAL_ESTATE = "房地产/建筑"
    RETAIL = "零售/租赁/贸易"
    MANUFACTURING = "生产/加工/制造"
    TRANSPORT = "交通/物流"
    MEDIA = "文化传媒"
    ENERGY = "能源/电气"
    GOVERNMENT = "政府企业"
    AGRICULTURE = "农业"
    INTERNET_OF_THINGS = "物联网"
    OTHER = "其它"
