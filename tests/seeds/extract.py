"""Extracts what the seed pages list into `pages/*.json`, exactly as they are kept.

The vendors' pages are not part of the project. Who has their texts runs

    python -m tests.seeds.extract FOLDER

where FOLDER holds one text file a page, as a browser or converter saves it: Tencent AddSmsSign
(2024-03-07) and ModifySmsSign (2024-09-10), Huawei "Creating an SMS Signature" (2025-04-11), UCloud
UpdateUSMSSignature (global site) and Yunpian sign/add (添加签名). A page is known by its words,
whatever its file's name. Afterwards `git diff` shows what a newer page has changed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.seeds.pages import FOLDER, Item, written

_BARRED = re.compile(r"(?m)^\| (\w+) \| (.*)$", re.ASCII)
"""A row of a table between bars; its name is Latin, that of the table's head is not."""


def tencent(text: str) -> Iterator[Item]:
    """The numbered sections of an API 3.0 page; a row begins with the field's name."""
    parameter = ""
    for line in _between(text, "2. Input Parameters", "3. Output Parameters").splitlines():
        if row := re.match(r"\s+(\w+) (?:Yes|No) (?:String|Integer) (.*)", line):
            parameter = row[1]
            yield Item("request", parameter)
            if fixed := re.search(r"The value used for this API: (\S+)\.$", row[2]):
                yield Item("enum", parameter, fixed[1])
        elif value := re.match(r"\s+(\d): ", line):
            yield Item("enum", parameter, value[1])
            _, found, documents = line.partition("Valid values of DocumentType include")
            for document in re.findall(r"\d", documents) if found else ():
                yield Item("pair", f"{parameter} {value[1]}", f"DocumentType {document}")
    output = _between(text, "3. Output Parameters", "4. Example")
    for name in re.findall(r"(?m)^ +([A-Z]\w+) (?:String|\w+SignStatus) ", output):
        yield Item("response", name)
    for outer, inner in re.findall(r'"(\w+SignStatus)": \{\s+"(\w+)": ', text):
        yield Item("response", f"{outer}.{inner}")
    errors = _between(text, "Error Code Description", "Contact Us")
    for code in re.findall(r"(?m)^ +([A-Z]\w+(?:\.\w*)?)(?: |$)", errors):
        yield Item("error", "Error.Code", code)


def huawei(text: str) -> Iterator[Item]:
    """Tables of which each cell is a paragraph."""
    tables = _between(text, "Table 1 URI parameter", "Response Parameters")
    row = re.compile(r"(?m)^([\w-]+)\n\n(?:Yes|No)\n\n(?:String|Integer)\n\n")
    _, *cells = row.split(tables)
    for name, description in zip(cells[::2], cells[1::2], strict=True):
        yield Item("request", name, discarded=description.startswith("(Discarded)"))
        if fixed := re.search(r"must be set to ([\w/]+)\.", description):
            yield Item("enum", name, fixed[1])
        for bullet in re.findall(r"(?m)^  • (.+)$", description):
            if value := re.match(r"(\w+)(?:: |$)", bullet):
                yield Item("enum", name, value[1], discarded=bullet.endswith("(discarded)"))
    answer = _between(text, "Response Parameters", "Request Example")
    for name in re.findall(r"(?m)^(\w+)\n\nString\n\n", answer):
        yield Item("response", name)
    for status in re.findall(r"(?m)^(\d{3})$", _between(text, "Returned Values", "")):
        yield Item("status", "HTTP", status)


def ucloud(text: str) -> Iterator[Item]:
    """Tables whose cells stand without a space between them."""
    row = re.compile(r"(?m)^([A-Z]\w*?)(string|int)([A-Z].*)(?:Yes|No)$")
    for name, kind, description in row.findall(_between(text, "Public Para", "Response Field")):
        yield Item("request", name)
        if fixed := re.search(r"the current API is (\w+)\.", description):
            yield Item("enum", name, fixed[1])
        for value in re.findall(r"(?<!\w)(\d) ?- ?[A-Z]", description) if kind == "int" else ():
            yield Item("enum", name, value)
    for name, _, description in row.findall(_between(text, "Response Field", "Request Example")):
        yield Item("response", name)
        if value := re.search(r"If it is (\d), it means successful return", description):
            yield Item("enum", name, value[1])
            yield Item("error", name)
    for value in re.findall(r'"Action": "(\w+)"', _between(text, "Response Example", "")):
        yield Item("enum", "Action", value)


def yunpian(text: str) -> Iterator[Item]:
    """Tables between bars, lists below them, and what only the examples show."""
    for name, value in re.findall(r"(?m)^([A-Z][\w-]+):(\w+/[\w-]+;charset=[\w-]+)", text):
        yield Item("request", name)
        yield Item("enum", name, value)
    for name, rest in _BARRED.findall(_between(text, "请求参数", "参数说明")):
        yield Item("request", name)
        for value in re.findall(r"(?<!\w)(\d):", rest):
            yield Item("enum", name, value)
    for value in re.findall(r"\d+\. (\S+)", _between(text, "枚举值", "响应")):
        yield Item("enum", "industry_type", value)
    yield from _yunpians_answers(_between(text, "\n响应\n", ""))


def _yunpians_answers(text: str) -> Iterator[Item]:
    outer = _BARRED.findall(text.partition("sign 中具体示例")[0])
    for name, rest in outer:
        yield Item("response", name)
        if value := re.search(r"正确为 (\d)", rest):
            yield Item("enum", name, value[1])
    for name, _ in _BARRED.findall(_between(text, "sign 中具体示例", "示例:\n")):
        yield Item("response", f"sign.{name}")
    for value in re.findall(r'"apply_state": "(\w+)"', text):
        yield Item("enum", "sign.apply_state", value)
    shown = dict(re.findall(r'"(\w+)": ("?[^",]+)', _between(text, "调用失败的返回值示例", "}")))
    for name in (name for name in shown if name not in dict(outer)):
        yield Item("response", name)
    yield Item("status", "HTTP", shown["http_status_code"])
    yield Item("error", "code", shown["code"])


_PAGES: Mapping[str, tuple[str, Callable[[str], Iterator[Item]]]] = {
    "tencent-add": ("this API: AddSmsSign.", tencent),
    "tencent-modify": ("this API: ModifySmsSign.", tencent),
    "huawei-create": ("POST /v2/{project_id}/msgsms/signatures", huawei),
    "ucloud-update": ("the current API is UpdateUSMSSignature.", ucloud),
    "yunpian-add": ("https://sms.yunpian.com/v2/sign/add.json", yunpian),
}
"""Each page's file, the words by which it is known, and what reads it."""


def _between(text: str, start: str, end: str) -> str:
    """What stands after `start` and before the first `end` after it; all if that isn't there."""
    _, found, rest = text.partition(start)
    if not found:
        raise ValueError(f"the page has no {start!r}: is its layout another one now?")
    return rest.partition(end)[0] if end else rest


def main(folder: Path) -> None:
    """Write a file for each page whose text is in the folder."""
    texts = [file.read_text("utf-8") for file in sorted(folder.glob("*.txt"))]
    for page, (words, read) in _PAGES.items():
        (text,) = (text for text in texts if words in text)
        (FOLDER / f"{page}.json").write_text(written(tuple(read(text))), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
