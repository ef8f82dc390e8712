"""The mutations of a good call, before it is signed and after; the same seed does the same."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import quote_plus

from pydantic import JsonValue

from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.switches import Switch
from tests.sandbox.tencent.caller import PROOF

T = TypeVar("T")

HOST = "127.0.0.1:8725"

_ARRAYS: tuple[list[JsonValue], ...] = ([], [[]], [None], [1, "x"], [["x"], "x", None, "x"])
_OBJECTS: tuple[Document, ...] = ({}, {"": ""}, {"a": {"b": [{"c": "\ud800"}]}})
ODD: tuple[JsonValue, ...] = (
    *(None, True, False, 0, -1, 1, 9, 2**31, 2**63, -(2**70), 1.5, 1e308, float("nan")),
    *("", " ", "0", "1", "-1", "1.0", "1e5", "0x10", "²", "½", "١٢٣", "NaN", "null", "9" * 5000),
    *("云杉示例", "REJECT", "APPROVE", "HOLD", "【云杉】", "x" * 5000, "é" * 64, "a\r\nb", "\0"),
    *("\ud800", "云\udfff杉", "\U0001f600", "\u202e", "\ufffd", "../../etc/passwd", "%00", "%ff"),
    *(PROOF, f"data:image/png;base64,{PROOF}", f"image/png;base64,{PROOF}", "===", "data:,x"),
    *("https://x.example/?a=b", "default", "all", "*", "2026-01-01 00:00:00", "SIG0", "730001"),
    *_ARRAYS,
    *_OBJECTS,
    *("@deep", "@digits", "@large", "@escape", "@twice"),
)
RAW: Mapping[bytes, bytes] = {
    b'"@deep"': b"[" * 50_000 + b"]" * 50_000,
    b'"@digits"': b"9" * 5000,
    b'"@large"': b"1e999",
    b'"@escape"': b'"\\ud800\\u0000"',
    b'"@twice"': b'1,"x":1,"x":2',
}
"""What no program writes in place of a value."""
NAMES = ("x", "", "\0", "云", "a.b", "a.0", "SigIds.1", "SigIds.99999999999", "Filter[0]", "\ud800")


@dataclass(frozen=True)
class Sent:
    """A request on the wire: its target is ASCII, its header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


class Mutations:
    """Spoils calls; with the seed "" it leaves them as they are."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self.random = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret

    def one_of(self, good: T, *odd: T) -> T:
        """Mostly what is good."""
        return self.random.choice(odd) if odd and self._is_chosen(0.08) else good

    def any_of(self, choices: Sequence[T]) -> T:
        """The first, where nothing is to be spoilt."""
        return self.random.choice(choices) if self._seed else choices[0]

    def odd(self, good: JsonValue) -> JsonValue:
        return self.random.choice(ODD) if self._is_chosen(0.5) else good

    def document(self, good: Document) -> Document:
        """The same with none to four of its values changed, left out or added."""
        document = dict(good)
        for _ in range(self.any_of([0, 0, 1, 1, 2, 4])):
            name = self.random.choice([*document, "x"])
            if self._is_chosen(0.6):
                document[name] = self.random.choice(ODD)
            elif self._is_chosen(0.5):
                document.pop(name, None)
            else:
                document[self.random.choice(NAMES)] = self.random.choice(ODD)
        return document

    def json(self, good: Document) -> bytes:
        text = json.dumps(self.document(good), ensure_ascii=self._is_chosen(0.5))
        content = text.encode("utf-8", "surrogatepass")
        for placeholder, raw in RAW.items():
            content = content.replace(placeholder, raw)
        return self.damaged(content) if self._is_chosen(0.2) else content

    def pairs(self, good: Document) -> list[tuple[str, str]]:
        """The pairs of a form; the items of a list bear numbers."""
        return [
            (f"{name}.{n}" if isinstance(value, list) else name, _text(item))
            for name, value in self.document(good).items()
            for n, item in enumerate(value if isinstance(value, list) else [value])
        ]

    def form(self, pairs: Sequence[tuple[str, str]]) -> str:
        form = "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in pairs)
        if self._is_chosen(0.2):
            form = self._ascii(self.damaged(form.encode()))
        return form

    def settings(self, switches: Sequence[Switch]) -> Document:
        """Three of the switches, set to what they take, but for what is a 500 by order."""
        return {
            switch.name: self.random.choice(_settings(switch))
            for switch in self.random.sample(switches, 3)
        }

    def damaged(self, content: bytes) -> bytes:
        """The same with up to 20 of its bytes changed, left out or added."""
        damaged = bytearray(content)
        for _ in range(self.any_of([0, 1, 1, 3, 20])):
            at = self.random.randrange(len(damaged) + 1)
            some = self.random.randbytes(self.random.randrange(8))
            damaged[at : at + self.random.choice([0, 1, 1, 30])] = some
        return bytes(damaged)

    def on_the_way(self, sent: Sent) -> Sent:
        """The request that arrives of one that was good, or signed at least, when it left."""
        if not self._is_chosen(0.15):
            return sent
        headers = dict(sent.headers)
        name = self.random.choice(list(headers))
        how = self.random.randrange(6)
        if how == 0:
            headers.pop(name)
        elif how == 1:
            damaged = self.damaged(headers[name].encode("latin-1"))
            headers[name] = damaged.translate(None, bytes([*range(32), 127])).decode("latin-1")
        elif how == 2:
            headers[self.random.choice(["content-type", "x-auth-token", "x-odd"])] = "\xff;charset"
        elif how == 3:
            return replace(sent, body=self.damaged(sent.body))
        elif how == 4:
            return replace(sent, target="/" + self._ascii(self.damaged(sent.target[1:].encode())))
        else:
            return replace(sent, method=self.random.choice(["GET", "PUT", "HEAD", "DELETE", "FOO"]))
        return replace(sent, headers=headers)

    def _is_chosen(self, share: float) -> bool:
        return bool(self._seed) and self.random.random() < share

    @staticmethod
    def _ascii(content: bytes) -> str:
        """Bytes as a target takes them; servers refuse others."""
        return "".join(chr(each) if 33 <= each < 127 else f"%{each:02X}" for each in content)


def _settings(switch: Switch) -> Sequence[JsonValue]:
    if switch.choices:
        return [choice for choice in switch.choices if choice != "500"]
    if isinstance(switch.default, bool):
        return (True, False)
    return ("", "x", "400") if isinstance(switch.default, str) else (0, 1, 0.5, 20, 1e9)


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _escaped(text: str) -> str:
    return quote_plus(text, errors="surrogatepass")
