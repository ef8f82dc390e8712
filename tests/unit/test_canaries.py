"""The scan of the engine tests finds what is planted, in every spelling; else it proves nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from tests.engine import canaries

VALUES = (
    "smssign-sandbox-secret/key+0000000",
    "赵虚构",
    "110101198701234567",
    "https://x.example/?a=b",
)


def in_base64(text: str, before: str) -> str:
    return base64.b64encode(f"{before}{text};and more".encode()).decode()


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "as JSON": lambda text: json.dumps(text)[1:-1],
    "as a form": quote_plus,
    "percent-encoded throughout": lambda text: quote(text, safe=""),
    "in hex": lambda text: text.encode().hex(),
    "in base64": lambda text: in_base64(text, ""),
    "in base64 behind one": lambda text: in_base64(text, "x"),
    "in base64 behind two": lambda text: in_base64(text, "xy"),
    "in base64 behind three": lambda text: in_base64(text, "xyz"),
    "in base64 of URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("value", VALUES)
def test_a_planted_value_is_found_in_every_spelling(value: str, spelling: str) -> None:
    planted = f"before {SPELLINGS[spelling](value)} behind".encode()
    findings = canaries.found(VALUES, {"clean": b"nothing " * 1000, "there": planted})
    assert findings
    assert all(value in each and each.endswith("in there") for each in findings)


def test_parts_of_a_long_value_are_found_too() -> None:
    for part in ("smssign-sandbox-secret/k", "andbox-secret/key+0000000"):
        assert canaries.found(VALUES, {"there": part.encode()})


def test_similar_text_is_no_canary() -> None:
    like = "smssign-sandbox 赵虚 1101011987 https://x.ex AAAA"
    assert canaries.found(VALUES, {"there": like.encode()}) == []


def test_the_personal_arguments_of_a_vendor_are_known() -> None:
    person = {"id_card_name": "赵虚构", "licence_urls": ["one", "two"], "licences": ["a.png"]}
    assert set(canaries.personal_in("yunpian", person)) == {"赵虚构", "one", "two"}
    assert list(canaries.personal_in("tencent", person)) == []
