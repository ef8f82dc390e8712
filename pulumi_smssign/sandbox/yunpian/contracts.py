"""The fields, enumerations and limits that Yunpian's pages and SDKs fix.

Sources: the vendor page 添加签名 (sign/add, with its change of 2021-09-08), and the official
Python SDK 1.0.0 for get and update.
"""

from __future__ import annotations

NAME = "yunpian"

ADD, GET, UPDATE = "add", "get", "update"
ACTIONS = frozenset({ADD, GET, UPDATE})

SHORTEST_SIGN, LONGEST_SIGN = 2, 20
VENDOR_ITSELF = "云片网"

OWN_USE, FOR_OTHERS = 0, 1
USES = frozenset({OWN_USE, FOR_OTHERS})
"""sign_use."""

PROVE_TYPES = frozenset({1, 2, 3, 6})

MOST_LICENCES = 7
LICENCE_LIMIT = 10 * 1024 * 1024
ID_CARD_LIMIT = 5 * 1024 * 1024
LICENCE_PREFIX = "data:image/jpg;base64,"

OTHER_INDUSTRY = "其它"
INDUSTRY_TYPES = (
    *("游戏", "移动应用", "视频", "IT/通信/电子服务", "电子商务", "金融", "网站", "商业服务"),
    *("房地产/建筑", "零售/租赁/贸易", "生产/加工/制造", "交通/物流", "文化传媒", "能源/电气"),
    *("政府企业", "农业", "物联网", OTHER_INDUSTRY),
)
"""Every text that is none of these silently becomes the last."""

LICENCE_URL, LICENCE_FILE = "license_url", "license_base64"

PAPERS_FOR_OTHERS = (
    *("business_license_name", "id_card_name", "id_card_number"),
    *("id_card_front", "id_card_back", "agent_mobile"),
)
"""What sign_use 1 needs beside a licence; an ID-card image may be a URL as well."""

PERSONAL = frozenset(PAPERS_FOR_OTHERS) | {"id_card_front_url", "id_card_back_url"}
"""Of these it is remembered only that they were sent."""

PERSONAL_FILES = frozenset({"id_card_front", "id_card_back"})

RECORDED = frozenset(
    {
        *("sign", "old_sign", "sign_use", "website", "prove_type", "industry_type"),
        *("notify", "apply_vip", "is_only_global", "page_num", "page_size"),
    }
)
"""These are kept for assertions as they were sent."""

FILES = PERSONAL_FILES | {LICENCE_FILE}
TEXTS = RECORDED | (PERSONAL - FILES) | {"apikey", LICENCE_URL}
