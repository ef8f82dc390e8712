"""Characters that nobody sees: a text with one is refused, and named by its code point.

The characters are one or two of each kind that Unicode has: zero-width, joiners, directions, soft
hyphen, variation selectors, tags, fillers, controls, line ends, blanks that look like letters; at
each place of a text. The look-alikes are what NFKC knows (wide, narrow, ligatures, radicals,
composed and decomposed). A sweep over all of Unicode holds the table to their properties.
"""

from __future__ import annotations

import sys
import unicodedata
from typing import Any

import pytest

from pulumi_smssign import alibaba, huawei, tencent, ucloud, yunpian
from pulumi_smssign.contract.application import examine
from pulumi_smssign.core.ownership import Ownership
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.lookalikes import invisible, listed, odd_spaces, unusual
from pulumi_smssign.model.lookalikes import named as spelt
from pulumi_smssign.model.redaction import keep_secret

INVISIBLE = {
    "zero width space": "\u200b",
    "non-joiner": "\u200c",
    "joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "byte order mark turned round": "\ufffe",
    "soft hyphen": "\u00ad",
    "left to right": "\u200e",
    "override": "\u202e",
    "isolate": "\u2066",
    "arabic letter mark": "\u061c",
    "invisible times": "\u2062",
    "deprecated format": "\u206a",
    "grapheme joiner": "\u034f",
    "variation selector": "\ufe0f",
    "ideographic variation": "\U000e0100",
    "mongolian variation": "\u180b",
    "mongolian separator": "\u180e",
    "tag": "\U000e0041",
    "language tag": "\U000e0001",
    "hangul filler": "\u3164",
    "narrow filler": "\uffa0",
    "leading consonant filler": "\u115f",
    "khmer vowel": "\u17b4",
    "annotation": "\ufff9",
    "place of an object": "\ufffc",
    "shorthand": "\U0001bca0",
    "musical": "\U0001d173",
    "unassigned and ignorable": "\U000e0fff",
    "blank of braille": "\u2800",
    "null": "\0",
    "backspace": "\b",
    "tab": "\t",
    "line feed": "\n",
    "delete": "\x7f",
    "next line": "\u0085",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
}
VISIBLE = "云杉ＡB㎏①é́ﬁ〇々ー·&-_々🙂𠮷\u0600İ１"


@pytest.mark.parametrize("character", INVISIBLE.values(), ids=INVISIBLE)
def test_invisible_character_is_named_with_its_place(character: str) -> None:
    code = f"U+{ord(character):04X}"
    for before in ("", "云", "云杉"):
        (found,) = invisible(f"{before}{character}甲")
        assert found.startswith(code)
        assert found.endswith(f"as character {len(before) + 1}")
    assert "U+200B (ZERO WIDTH SPACE) as character 2" in invisible("云\u200b甲")


def test_visible_characters_are_none() -> None:
    assert invisible(VISIBLE) == []
    assert invisible("云 杉\u3000甲") == []


DRAWN = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}
"""Format characters that are drawn: signs around Arabic, Syriac and Kaithi numbers."""


def test_each_kind_of_unicode_is_seen_as_what_it_is() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        category, name = unicodedata.category(character), unicodedata.name(character, "")
        if category in ("Cc", "Cf", "Zl", "Zp"):
            assert bool(invisible(character)) is (code not in DRAWN), hex(code)
        if "VARIATION SELECTOR" in name or name.endswith("HANGUL FILLER"):
            assert invisible(character), name
        if category in ("Lu", "Ll", "Lt", "Lm", "Nd", "Nl", "No", "Sm", "Sc", "Po", "Pd", "Mc"):
            assert not invisible(character), name


def problems(vendor: str, text: str) -> list[str]:
    application = named(vendor).application
    findings = examine(application, {application.text_field: text}, frozenset())
    return [p.reason for p in findings.problems if p.property == application.text_field]


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize(
    "text", ["云杉\u200b甲", "\ufeff云杉甲", "云杉甲\u2060", "\u200b\u200b\u200b"]
)
def test_text_with_one_is_refused_at_every_vendor(vendor: str, text: str) -> None:
    (reason,) = problems(vendor, text)
    assert reason.startswith("has U+")
    assert "which nobody sees" in reason
    assert "云杉" not in reason
    assert problems(vendor, "云杉甲") == []


def test_many_are_not_all_listed() -> None:
    (reason,) = problems("tencent", "云\u200b\u200c\u200d\u2060\ufeff杉")
    assert reason.count("U+") == 3
    assert "and 2 more" in reason


ODD_SPACES = ["\u00a0", "\u2002", "\u2009", "\u200a", "\u202f", "\u205f", "\u1680"]


@pytest.mark.parametrize("space", ODD_SPACES)
def test_space_that_only_looks_like_one_is_a_doubt(space: str) -> None:
    application = named("yunpian").application
    findings = examine(application, {"sign": f"云杉{space}甲"}, frozenset())
    reasons = [doubt.reason for doubt in findings.doubts if doubt.property == "sign"]
    assert reasons == [reason for reason in reasons if f"U+{ord(space):04X}" in reason] != []
    assert odd_spaces("云 杉\u3000甲") == []


ALIKE = {
    "wide letters": ("云杉ABC", "云杉ＡＢＣ"),
    "wide digits": ("云杉123", "云杉１２３"),
    "narrow kana": ("カフェ", "ｶﾌｪ"),
    "radical": ("云杉一", "云杉⼀"),
    "compatibility ideograph": ("云杉豈", "云杉\uf900"),
    "decomposed": ("café", "cafe\u0301"),
    "ligature": ("云杉fi", "云杉ﬁ"),
    "circled": ("云杉1", "云杉①"),
    "unit": ("云杉kg", "云杉㎏"),
    "odd space": ("云杉 甲", "云杉\u00a0甲"),
    "wide symbol": ("云杉&", "云杉＆"),
}
A, B = "urn:pulumi:dev::app::dynamic::a", "urn:pulumi:dev::app::dynamic::b"


@pytest.mark.parametrize("texts", ALIKE.values(), ids=ALIKE)
def test_texts_that_look_alike_are_warned_of(texts: tuple[str, str]) -> None:
    for first, second in (texts, texts[::-1]):
        owners = Ownership()
        assert list(owners.alike(A, first)) == []
        (warning,) = owners.alike(B, second)
        assert warning.startswith("`b` looks like `a`, whose text has other characters (U+")
        assert first not in warning
        assert second not in warning


def test_the_same_text_another_one_and_a_changed_one_are_not_warned_of() -> None:
    owners = Ownership()
    for urn, text in [
        (A, "云杉A"),
        (B, "云杉A"),
        (B, "云杉B"),
        (A, "云杉Ａ"),
        (A, "云杉A"),
        (B, ""),
    ]:
        warnings = list(owners.alike(urn, text))
        assert bool(warnings) is (text == "云杉Ａ"), text


def test_the_characters_of_a_secret_text_are_not_named() -> None:
    keep_secret(["松涛Ａ号"])
    owners = Ownership()
    assert list(owners.alike(A, "松涛A号")) == []
    (warning,) = owners.alike(B, "松涛Ａ号")
    assert "U+" not in warning


@pytest.mark.parametrize("kind", [alibaba, huawei, tencent, ucloud, yunpian])
@pytest.mark.parametrize("argument", ["adopt", "account"])
def test_id_and_account_with_one_are_refused_in_the_constructor(kind: Any, argument: str) -> None:  # noqa: ANN401
    fields = dict.fromkeys(kind.Signature._interface().fields)
    with pytest.raises(TypeError, match=rf"{argument}= has U\+200B \(ZERO WIDTH SPACE\) as char"):
        kind.Signature("brand", **fields, **{argument: "7300\u200b01"})


@pytest.mark.parametrize(
    ("count", "shown"),
    [(1, "a"), (2, "a, b"), (3, "a, b, c"), (4, "a, b, c and 1 more"), (5, "a, b, c and 2 more")],
)
def test_three_characters_are_listed_and_the_others_counted(count: int, shown: str) -> None:
    assert listed(["a", "b", "c", "d", "e"][:count]) == shown


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u200b", "U+200B (ZERO WIDTH SPACE)"),
        ("\t", "U+0009 (control character)"),
        ("\x7f", "U+007F (control character)"),
        ("\ufffe", "U+FFFE"),
        ("\U000e0fff", "U+E0FFF"),
    ],
)
def test_a_character_is_told_by_its_code_point_and_name(character: str, name: str) -> None:
    assert spelt(character) == name


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        (0xFDCF, False), (0xFDD0, True), (0xFDEF, True), (0xFDF0, False), (0xFFFD, False),
        (0xFFFE, True), (0xFFFF, True), (0x1FFFD, False), (0x1FFFE, True), (0x10FFFF, True),
    ],
)  # fmt: skip
def test_a_code_point_that_is_never_a_character_is_seen_by_nobody(code: int, is_one: bool) -> None:
    assert bool(invisible(chr(code))) is is_one


def test_each_character_is_named_once_where_it_looks_like_others() -> None:
    assert unusual("云ＡＡ①b\u0301") == [
        "U+FF21 (FULLWIDTH LATIN CAPITAL LETTER A)",
        "U+2460 (CIRCLED DIGIT ONE)",
        "U+0301 (COMBINING ACUTE ACCENT)",
    ]
    assert odd_spaces("a\u00a0b\u00a0c\u2009") == ["U+00A0 (NO-BREAK SPACE)", "U+2009 (THIN SPACE)"]


def test_two_that_look_alike_are_named_with_the_characters_of_either() -> None:
    owners = Ownership()
    assert list(owners.alike(A, "云杉Ａ①⼀３")) == []
    assert list(owners.alike(B, "云杉A1一3")) == [
        (
            "`b` looks like `a`, whose text has other characters (U+FF21 (FULLWIDTH LATIN CAPITAL "
            "LETTER A), U+2460 (CIRCLED DIGIT ONE), U+2F00 (KANGXI RADICAL ONE) and 1 more): "
            "readers can't tell the two signatures apart."
        )
    ]
    keep_secret(["松涛Ｂ号"])
    assert list(owners.alike(A, "松涛Ｂ号")) == []
    assert list(owners.alike(B, "松涛B号")) == [
        (
            "`b` looks like `a`, whose text has other characters: readers can't tell the two "
            "signatures apart."
        )
    ]
