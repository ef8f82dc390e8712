"""Robots: their addresses, signatures and answers."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from pulumi_smssign.cli.display import printable
from pulumi_smssign.cli.notices.robots import (
    HOSTS,
    SECRETS,
    Kind,
    Post,
    Robot,
    distinct,
    hint_of,
    post_of,
    refusal_of,
    robot_of,
)

MOMENT = 1_700_000_000.123
SECRET = "this is secret"
"""The secret of the pages' own examples; what follows of it was made by OpenSSL."""
ADDRESSES = {
    Kind.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=invented-0123456789",
    Kind.FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/11111111-2222-3333-4444-555555555555",
    Kind.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa",
    Kind.JSON: "https://hooks.example.com/sms?source=smssign",
}


def posted(kind: Kind, secret: str = "", text: str = "云杉 a+b/c=d") -> Post:
    return post_of(Robot(kind, ADDRESSES[kind], secret), text, {"stack": "dev"}, MOMENT)


@pytest.mark.parametrize("kind", Kind)
def test_kind_follows_from_the_host_and_may_be_said(kind: Kind) -> None:
    assert robot_of(ADDRESSES[kind], {}) == Robot(kind, ADDRESSES[kind])
    assert robot_of(f"{kind}=https://proxy.example.com/x", {}).kind is kind
    assert set(HOSTS.values()) | {Kind.JSON} == set(Kind)


def test_secret_is_the_kinds_variable_or_the_named_one() -> None:
    environment = {SECRETS[Kind.DINGTALK]: "SECshared-01234567", "OTHER": "SECother-01234567"}
    address = ADDRESSES[Kind.DINGTALK]
    assert robot_of(address, environment).secret == "SECshared-01234567"
    other = robot_of(f"{address}#OTHER", environment)
    assert (other.url, other.secret) == (address, "SECother-01234567")
    assert robot_of(ADDRESSES[Kind.WECOM], environment).secret == ""
    assert printable("a SECother-01234567 b") == "a [secret] b"


@pytest.mark.parametrize("kind", Kind)
def test_name_and_repr_have_the_host_and_no_token(kind: Kind) -> None:
    robot = robot_of(ADDRESSES[kind], {})
    assert urlsplit(ADDRESSES[kind]).hostname in robot.name.split()
    for token in ("invented", "11111111", "693a91f6"):
        assert token not in repr(robot) + robot.name + robot.key
    assert ADDRESSES[kind] not in printable(f"see {ADDRESSES[kind]}")


def test_short_words_of_a_webhooks_address_are_no_secrets() -> None:
    robot_of("https://hooks.example.com/harmless?env=harmlesser", {})
    assert printable("harmless harmlesser") == "harmless harmlesser"


def test_password_in_an_address_is_no_part_of_its_name() -> None:
    robot = robot_of("https://user:invented-pass@hooks.example.com:8443/x", {})
    assert robot.name == "the webhook at hooks.example.com:8443"
    assert printable("the invented-pass") == "the [secret]"


def test_robot_that_is_named_twice_is_one() -> None:
    robots = [robot_of(ADDRESSES[kind], {}) for kind in (Kind.WECOM, Kind.JSON, Kind.WECOM)]
    assert [robot.kind for robot in distinct(robots)] == [Kind.WECOM, Kind.JSON]


def test_dingtalk_is_signed_in_the_query() -> None:
    post = posted(Kind.DINGTALK, SECRET)
    query = parse_qs(urlsplit(post.url).query, strict_parsing=True)
    assert query == {
        "access_token": ["invented-0123456789"],
        "timestamp": ["1700000000123"],
        "sign": ["W2RNhLVXZurCuMiewxzjoEaGqxhR/FQAkLiAHZh+PWY="],
    }
    assert json.loads(post.body) == {
        "msgtype": "text",
        "text": {"content": "云杉 a+b/c=d"},
        "at": {"isAtAll": False},
    }


def test_feishu_is_signed_in_the_body() -> None:
    post = posted(Kind.FEISHU, SECRET)
    assert post.url == ADDRESSES[Kind.FEISHU]
    assert json.loads(post.body) == {
        "timestamp": "1700000000",
        "sign": "OfGzRzoUICBOoc8wVra1e4A1hPfbZ9zqXozA8CWVUuY=",
        "msg_type": "text",
        "content": {"text": "云杉 a+b/c=d"},
    }


@pytest.mark.parametrize("kind", Kind)
def test_body_without_a_secret_has_no_signature_and_its_chinese_as_it_is(kind: Kind) -> None:
    post = posted(kind)
    assert post.url == ADDRESSES[kind]
    assert "sign" not in post.body.decode("utf-8")
    assert "云杉" in post.body.decode("utf-8")


def test_webhook_has_the_text_and_the_document() -> None:
    assert json.loads(posted(Kind.JSON).body) == {"text": "云杉 a+b/c=d", "stack": "dev"}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Kind.DINGTALK, {"errcode": 0, "errmsg": "ok"}),
        (Kind.FEISHU, {"code": 0, "msg": "success", "data": {}}),
        (Kind.FEISHU, {"StatusCode": 0, "StatusMessage": "success"}),
        (Kind.WECOM, {"errcode": 0, "errmsg": "ok"}),
        (Kind.JSON, None),
    ],
)
def test_yes_of_a_robot_is_no_refusal(kind: Kind, content: object) -> None:
    robot = Robot(kind, ADDRESSES[kind])
    assert refusal_of(robot, 200, json.dumps(content).encode()) is None
    assert refusal_of(robot, 500, json.dumps(content).encode()) == ("HTTP 500", "")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b'{"errcode": 310000, "errmsg": "sign not match"}', ("310000", "sign not match")),
        (b'{"code": 19024, "msg": "Key Words Not Found"}', ("19024", "Key Words Not Found")),
        (b'{"errcode": "0"}', ("0", "")),
        (b'{"errcode": false}', ("False", "")),
        (b"{}", ("no code", "")),
        (b"[0]", ("no code", "")),
        (b"<html>login</html>", ("no code", "")),
        (b"\xff", ("no code", "")),
        (b"[" * 100_000, ("no code", "")),
    ],
    ids=["dingtalk", "feishu", "text", "false", "none", "list", "page", "bytes", "deep"],
)
def test_answer_that_is_no_yes_is_a_refusal(content: bytes, refusal: tuple[str, str]) -> None:
    assert refusal_of(Robot(Kind.WECOM, ADDRESSES[Kind.WECOM]), 200, content) == refusal


@pytest.mark.parametrize("status", [100, 199, 300, 302, 404])
def test_status_but_a_good_one_is_a_refusal(status: int) -> None:
    for kind in Kind:
        assert refusal_of(Robot(kind, ADDRESSES[kind]), status, b'{"code": 0}') == (
            f"HTTP {status}",
            "",
        )


@pytest.mark.parametrize("status", [200, 204, 299])
def test_each_good_status_is_a_yes_of_a_webhook(status: int) -> None:
    assert refusal_of(Robot(Kind.JSON, ADDRESSES[Kind.JSON]), status, b"") is None


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b'{"errcode": 1, "code": 0, "msg": "m"}', ("1", "m")),
        (b'{"errcode": 1, "errmsg": "e", "msg": "m"}', ("1", "e")),
        (b'{"code": -1}', ("-1", "")),
        (b'{"StatusCode": 1, "StatusMessage": "x"}', ("1", "")),
        (b'{"errcode": 0.0}', ("0.0", "")),
    ],
)
def test_refusal_has_the_first_code_and_its_words(content: bytes, refusal: tuple[str, str]) -> None:
    assert refusal_of(Robot(Kind.FEISHU, ADDRESSES[Kind.FEISHU]), 200, content) == refusal


@pytest.mark.parametrize(
    ("kind", "code", "hint"),
    [
        (
            Kind.DINGTALK,
            "310000",
            (
                "see its 安全设置: its secret belongs into SMSSIGN_DINGTALK_SECRET, 短信签名 among "
                "its keywords, or this machine's address into its list"
            ),
        ),
        (
            Kind.FEISHU,
            "19021",
            "its secret belongs into SMSSIGN_FEISHU_SECRET, and this machine's clock must be right",
        ),
        (Kind.FEISHU, "19022", "this machine's address is missing in its IP 白名单"),
        (Kind.FEISHU, "19024", "短信签名 is missing among its keywords (自定义关键词)"),
        (Kind.FEISHU, "310000", ""),
        (Kind.WECOM, "19021", ""),
    ],
)
def test_cause_of_a_refusal_is_that_of_the_robots_page(kind: Kind, code: str, hint: str) -> None:
    assert hint_of(Robot(kind, ADDRESSES[kind]), code) == hint


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.DINGTALK, "DingTalk at oapi.dingtalk.com"),
        (Kind.FEISHU, "Feishu at open.feishu.cn"),
        (Kind.WECOM, "WeCom at qyapi.weixin.qq.com"),
        (Kind.JSON, "the webhook at hooks.example.com"),
    ],
)
def test_each_kind_has_its_name_and_its_variable(kind: Kind, name: str) -> None:
    environment = {
        "SMSSIGN_DINGTALK_SECRET": "SECdingtalk-01234567",
        "SMSSIGN_FEISHU_SECRET": "SECfeishu-01234567",
    }
    robot = robot_of(ADDRESSES[kind], environment)
    assert (robot.name, robot.title) == (name, name)
    assert robot.secret == environment.get(f"SMSSIGN_{kind.name}_SECRET", "")
    assert robot_of(f" {ADDRESSES[kind]}\n", {}) == Robot(kind, ADDRESSES[kind])


@pytest.mark.parametrize(
    "address",
    ["", "x", "https://", "https:///path", "ftp://hooks.example.com/x", "https://[", "a b"],
)
def test_address_that_is_no_url_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"\Ait is not a URL such as https://HOST/PATH\Z"):
        robot_of(address, {})


@pytest.mark.parametrize("address", ["https://hooks.example.com:443/x", "http://127.0.0.1:80/x"])
def test_address_may_name_the_port_of_its_scheme(address: str) -> None:
    assert robot_of(address, {}) == Robot(Kind.JSON, address)


@pytest.mark.parametrize("kind", [Kind.DINGTALK, Kind.FEISHU, Kind.WECOM])
def test_token_of_a_robot_does_not_travel_in_clear(kind: Kind) -> None:
    address = f"http://robots.example.com/{kind}"
    with pytest.raises(ValueError, match=r"\Ait begins with http://, and its token would travel"):
        robot_of(f"{kind}={address}", {})
    for url in (address.replace("http:", "https:"), "http://127.0.0.1:9/x"):
        assert robot_of(f"{kind}={url}", {}) == Robot(kind, url)
    assert robot_of(address, {}) == Robot(Kind.JSON, address)


def test_part_behind_a_hash_names_a_variable_of_a_robot_that_checks_a_secret() -> None:
    environment = {"SET": "SECset-01234567", "EMPTY": ""}
    for kind in (Kind.WECOM, Kind.JSON):
        with pytest.raises(ValueError, match="only DingTalk and Feishu check a secret"):
            robot_of(f"{ADDRESSES[kind]}#SET", environment)
    for kind in (Kind.DINGTALK, Kind.FEISHU):
        for variable in ("EMPTY", "ABSENT"):
            with pytest.raises(ValueError, match="names no environment variable that is set"):
                robot_of(f"{ADDRESSES[kind]}#{variable}", environment)
        assert robot_of(f"{ADDRESSES[kind]}#SET", environment) == Robot(
            kind, ADDRESSES[kind], "SECset-01234567"
        )


def test_part_of_an_address_is_hidden_from_17_characters_on_and_a_token_always() -> None:
    for length, is_hidden in ((16, False), (17, True)):
        path, query = (each * length for each in "pq")
        robot_of(f"https://hooks.example.com/{path}/x?env={query}", {})
        assert (printable(f"the {path}"), printable(f"the {query}")) == (
            ("the [secret]", "the [secret]") if is_hidden else (f"the {path}", f"the {query}")
        )
    for name in ("access_token", "key", "secret", "sign", "token"):
        robot_of(f"https://hooks.example.com/x?{name}=tok-{name[:2]}-01", {})
        assert printable(f"the tok-{name[:2]}-01") == "the [secret]"


def test_dingtalk_address_without_a_query_is_signed_too() -> None:
    robot = Robot(Kind.DINGTALK, "https://oapi.dingtalk.com/robot/send", SECRET)
    post = post_of(robot, "x", {}, MOMENT)
    address, _, query = post.url.partition("?")
    assert address == robot.url
    assert list(parse_qs(query, strict_parsing=True)) == ["timestamp", "sign"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (
            Kind.DINGTALK,
            {"msgtype": "text", "text": {"content": "云杉"}, "at": {"isAtAll": False}},
        ),
        (Kind.FEISHU, {"msg_type": "text", "content": {"text": "云杉"}}),
        (Kind.WECOM, {"msgtype": "text", "text": {"content": "云杉"}}),
        (Kind.JSON, {"text": "云杉", "stack": "dev"}),
    ],
)
def test_message_has_the_form_of_its_kind(kind: Kind, body: dict[str, object]) -> None:
    assert posted(kind, text="云杉").body == json.dumps(body, ensure_ascii=False).encode()
