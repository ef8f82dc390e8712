"""The error codes, and the text of each: the message table of the official Java SDK (2021)."""

from __future__ import annotations

from collections.abc import Mapping

MISSING = "1"
BAD_FORMAT = "2"
WRONG_METHOD = "11"
UNDECODABLE = "14"
BAD_KEY = "-1"
NO_PERMISSION = "-2"
EXISTS = "-54"
NOT_THERE = "-55"

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
    "16": "签名格式不正确",
    "18": "签名校验失败",
    "19": "请求已失效",
    "21": "解密失败",
    "53": "手机号接收超过频率限制",
    "55": "服务已下线",
    BAD_KEY: "非法的apikey",
    NO_PERMISSION: "API没有权限",
    "-3": "IP没有权限",
    "-4": "访问次数超限",
    "-5": "访问频率超限",
    "-11": "用户未开启该功能",
    "-50": "未知异常",
    "-51": "系统繁忙",
    "-53": "提交短信失败",
    EXISTS: "记录已经存在",
    NOT_THERE: "记录不存在",
    "-57": "无可用签名",
    "-62": "无效资质信息",
}
"""`msg` by code."""
