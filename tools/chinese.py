"""The table of what a change does, in Chinese.

Its cells are made of few phrases, so it is translated phrase by phrase, and a rule that changes is
changed in Chinese too. The other tables of `docs/zh/vendors` are written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    "its status": "厂商状态",
    "is": "对应状态",
    "content changed": "改内容",
    "text changed": "改签名文本",
    "words to the reviewer": "给审核员的说明",
    "other fields": "其他字段",
    "any other": "其他",
    "refused in the preview": "预览时拒绝",
    "in place, reviewed again": "原地修改，重新送审",
    "**in place, out of use until approved**": "**原地修改，通过前停用**",
    "deleted and submitted again": "删除后重新提交",
    "**deleted first**, then submitted": "**先删除**，再提交",
    "new one; the old one goes": "提交新签名，删除旧签名",
    "new one; the old one **stays**": "提交新签名，旧签名**保留**",
    "new one; the old one **stays until it is approved**": "提交新签名，旧签名**保留到新签名通过**",
    "new one submitted, old one stays": "提交新签名，旧签名保留",
    "not sent": "不发送",
    "asked for": "提出请求",
    ", ": "、",
    "; ": "；",
    ": ": "：",
    ")": "）",
}
"""Every phrase and separator of the table, and its Chinese."""

_PHRASE = re.compile("|".join(sorted(map(re.escape, PHRASES), key=len, reverse=True)))
_CODE = re.compile("(`[^`]+`)")
_WITH_DELETE = ' (with `"delete"`: ', '（`"delete"` 时：'


def table(text: str) -> str:
    """The table of what a change does in Chinese, from that in English.

    Raises:
        ValueError: a cell has a phrase that `PHRASES` lacks.
    """
    rows = (line[2:-2].split(" | ") for line in text.splitlines())
    return "\n".join(f"| {' | '.join(map(_cell, cells))} |" for cells in rows)


def _cell(cell: str) -> str:
    parts = _CODE.split(cell.replace(*_WITH_DELETE))
    # The even parts are prose, the odd ones code, which is the same in both languages.
    parts[::2] = [_PHRASE.sub(lambda match: PHRASES[match[0]], prose) for prose in parts[::2]]
    if re.search("[a-z]", "".join(parts[::2])):
        raise ValueError(f"{cell!r} has a phrase without Chinese: add it to tools/chinese.py")
    return "".join(parts)
