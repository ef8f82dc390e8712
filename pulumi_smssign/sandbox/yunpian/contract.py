"""What Yunpian's pages and SDKs fix: fields, enumerations, limits and the texts of error codes.

Sources: the vendor page 添加签名 (sign/add, with its change of 2021-09-08), the official
Python SDK 1.0.0 for get and update, and the message table of the official Java SDK (2021).
"""

from __future__ import annotations

from collections.abc import Mapping

NAME = "yunpian"

ADD, GET, UPDATE = "add", "get", "update"
ACTIONS = frozenset({ADD, GET, UPDATE})

CHECKING, SUCCESS, FAIL = "CHECKING", "SUCCESS", "FAIL"
APPLYING_VIP = "APLLYING_VIP"
"""Approved on the ordinary channel, not yet on the dedicated one; the spelling is the vendor's."""

DISABLED = "SUCCESS (disabled)"
"""The control's name for a signature that get shows as SUCCESS with `enabled` false."""

SHORTEST_SIGN, LONGEST_SIGN = 2, 20
BRACKETS = frozenset("【】")
VENDOR_ITSELF = "云片网"

OWN_USE, FOR_OTHERS = 0, 1
"""sign_use."""

PROVE_TYPES = frozenset({1, 2, 3, 6})

MOST_LICENCES = 7
LICENCE_LIMIT = 10 * 1024 * 1024
ID_CARD_LIMIT = 5 * 1024 * 1024
LICENCE_PREFIX = "data:image/jpg;base64,"

INDUSTRY_TYPES = (
    "游戏",
    "移动应用",
    "视频",
    "IT/通信/电子服务",
    "电子商务",
    "金融",
    "网站",
    "商业服务",
    "房地产/建筑",
    "零售/租赁/贸易",
    "生产/加工/制造",
    "交通/物流",
    "文化传媒",
    "能源/电气",
    "政府企业",
    "农业",
    "物联网",
    "其它",
)
OTHER_INDUSTRY = "其它"
"""What every text that is none of the others silently becomes."""

LICENCE_URL, LICENCE_FILE = "license_url", "license_base64"

PERSONAL_TEXTS = frozenset(
    {
        "business_license_name",
        "id_card_name",
        "id_card_number",
        "id_card_front_url",
        "id_card_back_url",
        "agent_mobile",
    }
)
PERSONAL_FILES = frozenset({"id_card_front", "id_card_back"})
PERSONAL = PERSONAL_TEXTS | PERSONAL_FILES
"""Of these it is remembered only that they were sent."""

RECORDED = frozenset(
    {
        "sign",
        "old_sign",
        "sign_use",
        "website",
        "prove_type",
        "notify",
        "apply_vip",
        "is_only_global",
        "industry_type",
        "page_num",
        "page_size",
    }
)
"""These are kept for assertions as they were sent."""

TEXTS = RECORDED | PERSONAL_TEXTS | {"apikey", LICENCE_URL}
FILES = PERSONAL_FILES | {LICENCE_FILE}

MISSING = "1"
BAD_FORMAT = "2"
WRONG_METHOD = "11"
UNDECODABLE = "14"
BAD_SIGN = "16"
BAD_KEY = "-1"
NO_PERMISSION = "-2"
BAD_ADDRESS = "-3"
TOO_FREQUENT = "-5"
UNKNOWN_FAILURE = "-50"
BUSY = "-51"
EXISTS = "-54"
NOT_THERE = "-55"
NOT_QUALIFIED = "-62"

MESSAGES: Mapping[str, str] = {
    MISSING: "请求参数缺失",
    BAD_FORMAT: "请求参数格式错误",
    "3": "账户余额不足",
    "4": "关键词屏蔽",
    "5": "未找到匹配的模板",
    "6": "添加模板失败",
    "7": "模板不可用",
    WRONG_METHOD: "接口不支持GET方式调用",
    "12": "接口不支持POST方式调用",
    UNDECODABLE: "解码失败",
    "15": "签名不匹配",
    BAD_SIGN: "签名格式不正确",
    "18": "签名校验失败",
    "19": "请求已失效",
    "21": "解密失败",
    "53": "手机号接收超过频率限制",
    "55": "服务已下线",
    BAD_KEY: "非法的apikey",
    NO_PERMISSION: "API没有权限",
    BAD_ADDRESS: "IP没有权限",
    "-4": "访问次数超限",
    TOO_FREQUENT: "访问频率超限",
    "-11": "用户未开启该功能",
    UNKNOWN_FAILURE: "未知异常",
    BUSY: "系统繁忙",
    "-53": "提交短信失败",
    EXISTS: "记录已经存在",
    NOT_THERE: "记录不存在",
    "-57": "无可用签名",
    NOT_QUALIFIED: "无效资质信息",
}
"""`msg` by code."""
