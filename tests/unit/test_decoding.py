"""Decoding of what is around a secret: each encoding, layers of them, and numbers in any grouping.

The first encodings are the ones that got through once. The others were chosen by what stands
between a program and a log: what languages print of a text (`repr`, a properties file), what mails
and headers do to one, what gateways wrap an answer in, and two or three of these in a row.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import quopri
import time
import zlib
from collections.abc import Callable
from email.header import Header
from itertools import product
from urllib.parse import quote as percent

import pytest

from pulumi_smssign.model.decoding import folded
from pulumi_smssign.model.redaction import ENCODED, HIDDEN, hide, keep_secret, quote, readable

KEY = "inventedKEY5e88+q/w"
SHORT_KEY = "inventedsecretof30characters00"
NAME = "虚构云杉"
NUMBER = "11010119870123456X"
MOBILE = "13912340987"
VALUES = {"key": KEY, "short key": SHORT_KEY, "name": NAME, "id": NUMBER, "mobile": MOBILE}


@pytest.fixture(autouse=True)
def confidential() -> None:
    keep_secret(VALUES.values())


def base64_of(content: bytes) -> str:
    return base64.b64encode(content).decode()


def percents(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def utf_16_units(text: str) -> list[str]:
    digits = text.encode("utf-16-be").hex()
    return [digits[at : at + 4] for at in range(0, len(digits), 4)]


def entities(text: str) -> str:
    return "".join(f"&#{ord(each)};" for each in text)


def lines(text: str, size: int, between: str = "\n") -> str:
    return between.join(text[at : at + size] for at in range(0, len(text), size))


Encoding = Callable[[str], str]
ENCODINGS: dict[str, Encoding] = {
    "hex": lambda text: text.encode().hex(),
    "hex in capitals": lambda text: text.encode().hex().upper(),
    "hex of GBK": lambda text: text.encode("gb18030").hex(),
    "percents of UTF-16": lambda text: "".join(f"%u{unit}" for unit in utf_16_units(text)),
    "escapes of bytes": lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()),
    "eight digits": lambda text: "".join(f"\\U{ord(each):08x}" for each in text),
    "braces": lambda text: "".join(f"\\u{{{ord(each):x}}}" for each in text),
    "octal": lambda text: "".join(f"\\{byte:03o}" for byte in text.encode()),
    "bytes of Python": lambda text: repr(text.encode()),
    "base64 twice": lambda text: base64_of(base64_of(text.encode()).encode()),
    "base64 in lines": lambda text: lines(base64_of(f"{text},{text}".encode()), 16),
    "base32": lambda text: base64.b32encode(text.encode()).decode(),
    "gzip": lambda text: base64_of(gzip.compress(text.encode())),
    "zlib": lambda text: base64_of(zlib.compress(text.encode())),
    "base64 of UTF-16": lambda text: base64_of(text.encode("utf-16-le")),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "JSON five deep": lambda text: deep(f'"{text}"', 5),
    "percent four deep": lambda text: percent(percent(percent(percents(text)))),
    "a line break": lambda text: lines(text, len(text) // 2 + 1),
    "a break of HTML": lambda text: lines(text, len(text) // 2 + 1, "<br>"),
    "blanks": " ".join,
    "digits of Arabic": lambda text: text.translate({48 + n: 0x660 + n for n in range(10)}),
    "digits of mathematics": lambda text: text.translate({48 + n: 0x1D7CE + n for n in range(10)}),
    # Not of the list.
    "hex with colons": lambda text: text.encode().hex(":"),
    "hex of C": lambda text: ", ".join(f"0x{byte:02X}" for byte in text.encode()),
    "hex of UTF-16": lambda text: text.encode("utf-16-be").hex(),
    "hex of gzip": lambda text: gzip.compress(text.encode()).hex(),
    "hex twice": lambda text: text.encode().hex().encode().hex(),
    "base64 three times": lambda text: ENCODINGS["base64 twice"](base64_of(text.encode())),
    "base64 of a document": lambda text: base64_of(json.dumps({"a": [text]}).encode()),
    "base64 of percents": lambda text: base64_of(percents(text).encode()),
    "base64 of GBK": lambda text: base64_of(f"k={text}".encode("gb18030")),
    "percents of base64 of hex": lambda text: percent(base64_of(text.encode().hex().encode())),
    "base64 of zlib of a document": lambda text: ENCODINGS["zlib"](json.dumps(text)),
    "an encoded header": lambda text: Header(text, "utf-8").encode(),
    "a quoted header": lambda text: f"=?utf-8?Q?{percents(text).replace('%', '=')}?=",
    "a data URL": lambda text: f"data:text/plain;base64,{base64_of(text.encode())}",
    "a part of a token": lambda text: f"eyJhbGciOiJub25lIn0.{base64_of(deep(text, 1).encode())}.x",
    "HTML of HTML": lambda text: html.escape(html.escape(entities(text))),
    "JSON of percents": lambda text: json.dumps(percents(text)),
    "percents of JSON": lambda text: percent(json.dumps(text)),
    "JSON of HTML of percents": lambda text: json.dumps(entities(percents(text))),
    "lower base32": lambda text: base64.b32encode(text.encode()).decode().rstrip("=").lower(),
    "circled digits": lambda text: text.translate({49 + n: 0x2460 + n for n in range(9)}),
    "Thai digits": lambda text: text.translate({48 + n: 0xE50 + n for n in range(10)}),
    "tags within": "<b/>".join,
}  # fmt: skip


def deep(text: str, layers: int) -> str:
    for _ in range(layers):
        text = json.dumps(text)
    return text


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("value", VALUES)
def test_value_is_hidden_by_decoding_what_is_around_it(value: str, encoding: str) -> None:
    encoded = ENCODINGS[encoding](VALUES[value])
    around = f"the value ({encoded}) is not right"
    for shown in (hide(around), readable(around), quote(around)):
        assert HIDDEN in shown or ENCODED in shown, shown
        assert encoded not in shown
        assert shown.startswith("the value (")
        assert shown.endswith(") is not right")


def test_name_of_a_host_is_hidden() -> None:
    host = f"{NAME}.example".encode("idna").decode()
    assert hide(f"no host {host}") == f"no host {HIDDEN}.example"


@pytest.mark.parametrize("encoding", ["hex", "base64 twice", "gzip", "hex with colons"])
def test_data_that_holds_nothing_confidential_stays(encoding: str) -> None:
    text = f"the value ({ENCODINGS[encoding]('nothing of ours')}) is not right"
    assert hide(text) == text


def test_short_value_is_not_looked_for_in_data() -> None:
    keep_secret(["10", "abcd"])
    for text in (base64_of(b"a 10 abcd"), b"a 10 abcd".hex()):
        assert hide(text) == text


def test_value_is_not_put_together_from_words() -> None:
    keep_secret(["an odd", "7412369"])
    assert hide("than oddly") == f"th{HIDDEN}ly"
    assert hide("a no dd, 74 123 69 0") == "a no dd, 74 123 69 0"


BOMB = base64_of(gzip.compress(b"0" * 50_000_000))


@pytest.mark.parametrize(
    "text",
    [
        "%25" * 9_000,
        "\\" * 20_000,
        "\\u0025" * 4_000,
        "&amp;" * 5_000,
        "41" * 10_000,
        "QUFB" * 5_000,
        "QUFB " * 5_000,
        "=41" * 9_000,
        "1 " * 10_000,
        "<br>" * 5_000,
        "1-1-1·" * 4_000,
        "xn--a" * 4_000,
        BOMB[:20_000],
        deep("&amp;lt;%2541 QUFBQUFB", 9),
    ],
    ids=lambda text: text[:6],
)
def test_no_text_takes_long_to_look_through(text: str) -> None:
    began = time.thread_time()
    quote(text)
    readable(text)
    assert time.thread_time() - began < 20  # 0.1 to 1.5 s, and without an end before


REGION, DAY, REST = "110101", "19870123", "4567"
DIGITS = f"{REGION}{DAY}{REST}"


def groups(digits: str, *sizes: int, between: str = " ") -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return between.join(parts)


IDENTITIES = [
    *(
        groups(DIGITS, 4, 4, 4, 4, 2, between=each)
        for each in (" ", "-", ".", "·", "_", " - ", "/")
    ),
    *(groups(DIGITS, *sizes) for sizes in ((6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4), (6, 6, 6))),
    groups(DIGITS, 6, 4, 2, 2, 4),
    groups(DIGITS, *[3] * 6, between="."),
    f"id{DIGITS}",
    f"{DIGITS}号",
    f"{DIGITS}b",
    f"ID:{DIGITS[:-1]}x,",
    f"{DIGITS[:-1]}X.jpg",
    "110101870123456",
    "身份证110101870123456号",
    DIGITS.translate({48 + n: 0x660 + n for n in range(10)}),
    percents(DIGITS),
    base64_of(f"id={DIGITS}".encode()),
    "1101011987013１４５67"[:13] + "1４５67",
]
MOBILES = [
    *(
        groups("13887654321", *sizes)
        for sizes in ((3, 4, 4), (3, 3, 5), (5, 6), (4, 3, 4), (4, 4, 3), (3, 8), (7, 4))
    ),
    *(
        groups("13887654321", 3, 4, 4, between=each)
        for each in ("-", ".", "·", "_", " - ", "/", ", ")
    ),
    "tel13887654321",
    "电话13887654321转",
    "13887654321a",
    "m:13887654321.",
    "+86.138.8765.4321",
    "86-13887654321",
    "(+86)13887654321",
    "0086 138 8765 4321",
    base64_of(b"13887654321"),
    b"13887654321".hex(),
    "1３8８７６５4３2１",
]


@pytest.mark.parametrize("number", [*IDENTITIES, *MOBILES])
@pytest.mark.parametrize("before", ["", "号码", "no. "])
def test_number_of_a_person_is_hidden_though_never_given(before: str, number: str) -> None:
    shown = quote(f"{before}{number} 与姓名不符")
    assert HIDDEN in shown
    assert sum(each.isdecimal() for each in shown) <= 4
    assert "876" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "192.168.100.10:13887",
        "1999-12-31 23:59:59.123",
        "2026-11-25T13:17:25+08:00",
        "v1.10.13887",
        "1391-4c6e-8f00, 0001-5d0c",
        "13887654321b6fc1c149afbf4c8996fb92427ae4",
        "5d0c7a10-1391-4c6e-8f00-13887654321a",
        "4111 1111 1111 1111",
        "110101 19871323 4567",
        "110101 1987 0123 45",
        "911101081987012345",
        "order 999999870123456",
        "12 13887 654 21",
        "1.3.8.8.7.6.5.4.3.2.1",
    ],
)
def test_other_number_is_shown(text: str) -> None:
    assert quote(text) == text


COMMANDS = [
    "##vso[task.complete]",
    "##[error]x",
    "##teamcity[x]",
    "###vso[x]",
    "####[x]",
    ":::add-mask::x",
]


@pytest.mark.parametrize("command", [*COMMANDS, "::set-output name=a::b", "::error::x"])
@pytest.mark.parametrize("before", ["", "no: ", "a\n", "a\u200b", "a\r", "#", ": ", "\u2028"])
def test_no_command_of_a_pipeline_is_left_in_the_words_of_others(before: str, command: str) -> None:
    for shown in (quote(f"{before}{command}"), readable(f"{before}{command}")):
        assert "##" not in shown
        assert not any(line.strip().startswith("::") for line in shown.split("\n"))
        assert " ::" not in shown


def test_colons_and_marks_that_are_no_command_stay() -> None:
    text = "urn:pulumi:dev::p::a:b:C::n, # 1, C#, std::x"
    assert quote(text) == readable(text) == text


def test_layers_of_all_kinds_are_decoded() -> None:
    layers: list[Encoding] = [
        percents,
        json.dumps,
        html.escape,
        lambda text: base64_of(text.encode()),
        lambda text: text.encode().hex(),
        lambda text: "".join(f"\\u{unit}" for unit in utf_16_units(text)),
    ]
    for first, second, third in product(layers, repeat=3):
        text = third(second(first(f"key={KEY}")))
        assert HIDDEN in hide(f"a {text} b"), text


ROWS: dict[str, Encoding] = {
    "percents": percents,
    "percents of percents": lambda text: percent(percents(text)),
    "percents of GBK": lambda text: percents_of(text.encode("gb18030")),
    "octal": ENCODINGS["octal"],
    "units": lambda text: "".join(f"\\u{unit}" for unit in utf_16_units(text)),
    "units of percents": ENCODINGS["percents of UTF-16"],
    "eight digits": ENCODINGS["eight digits"],
    "braces": ENCODINGS["braces"],
    "entities": entities,
    "entities of hex": lambda text: "".join(f"&#x{ord(each):x};" for each in text),
    "quoted-printable": lambda text: percents(text).replace("%", "="),
}


def percents_of(content: bytes) -> str:
    return "".join(f"%{byte:02x}" for byte in content)


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("value", ["name", "id"])
def test_neighbours_of_a_value_in_the_same_escapes_stay(row: str, value: str) -> None:
    encoded, hidden = ROWS[row], VALUES[value]
    for before, behind in (("甲", "乙"), ("𠮷é", "😀"), ("甲😀", "a"), ("", "乙"), ("甲", "")):
        text = f"({encoded(before)}{encoded(hidden)}{encoded(behind)})"
        assert hide(text) == f"({encoded(before)}{HIDDEN}{encoded(behind)})", text


@pytest.mark.parametrize("layers", [1, 2])
def test_value_with_quotes_slashes_and_breaks_is_hidden_as_json(layers: int) -> None:
    value = 'inv"en/ted\\of\tone\nand\rtwo'
    keep_secret([value])
    shown = hide(f"({deep(value, layers)})")
    assert HIDDEN in shown
    assert "ted" not in shown


def nested(text: str, layers: int) -> str:
    for _ in range(layers):
        text = base64_of(text.encode())
    return text


@pytest.mark.parametrize(("layers", "is_hidden"), [(1, True), (5, True), (6, False)])
def test_five_layers_are_decoded(layers: int, is_hidden: bool) -> None:
    keep_secret(["inventedNAME"])
    text = f"({nested('inventedNAME', layers)})"
    assert (hide(text) == f"({HIDDEN})") is is_hidden


@pytest.mark.parametrize(
    ("value", "text", "is_hidden"),
    [
        ("qzx", "aqzxb", False),
        ("qzx", "a qzx b", True),
        ("qzxw", "aqzxwb", True),
        ("7412368", "a7412368b", False),
        ("7412368", "a 7412368 b", True),
        ("74123685", "a74123685b", True),
        ("74123685", "7412-3685", True),
        ("7412368", "741-2368", False),
        ("qzxwk", base64_of(b"qzxwk!!"), False),
        ("qzxwkj", base64_of(b"qzxwkj!!"), True),
        ("qzxwkjv", "qzxw kjv", False),
        ("qzxwkjvy", "qzxw kjvy", True),
        ("赵钱", "a赵钱b", True),
    ],
)
def test_value_is_looked_for_from_its_length_on(value: str, text: str, is_hidden: bool) -> None:
    keep_secret([value])
    assert (HIDDEN in hide(f"({text})")) is is_hidden
    assert is_hidden or hide(f"({text})") == f"({text})"


def test_characters_that_are_meant_for_a_space_or_a_dash_are_those() -> None:
    spaces = {*range(9, 14), *range(28, 33), 43, 133, 160, *range(8192, 8203), 8232, 8233}
    spaces |= {8239, 8287, 12288, 65291}
    dashes = {45, *range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D}
    every = [code for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert {code for code in every if folded(chr(code)) == " "} == spaces
    assert {code for code in every if folded(chr(code)) == "-"} == dashes
    assert folded("ＡbC１٣𝟗É極") == "abc139É極"


@pytest.mark.parametrize("around", [b"\xff\xfe", b"\x01\x02"])
def test_number_amid_what_is_no_text_is_no_persons(around: bytes) -> None:
    text = base64_of(around + b"13887654321" + around)
    assert quote(f"({text})") == f"({text})"


def test_the_last_code_point_is_read_and_what_lies_beyond_is_no_fault() -> None:
    keep_secret(["云\U0010ffff杉"])
    assert hide("(云\\u{10ffff}杉)") == hide("(云\\U0010ffff杉)") == f"({HIDDEN})"
    beyond = "(\\u{110000} \\u{ffffff})"
    assert hide(beyond) == beyond


@pytest.mark.parametrize("spelt", ["%71%7A", "%2571%257a", "\\u0071\\u007A", "&#113;&#x7A;"])
def test_short_value_is_hidden_in_escapes_though_not_in_data(spelt: str) -> None:
    keep_secret(["qz"])
    assert hide(f"agent ({spelt}) is odd") == f"agent ({HIDDEN}) is odd"


def test_value_that_is_given_in_escapes_is_hidden_as_it_is_meant() -> None:
    keep_secret([percents("松涛云"), "inventedA%2541value"])
    assert hide(f"(松涛云) ({percents('松涛云')})") == f"({HIDDEN}) ({HIDDEN})"
    assert hide("(inventedAAvalue) (inventedA%41value)") == f"({HIDDEN}) ({HIDDEN})"
