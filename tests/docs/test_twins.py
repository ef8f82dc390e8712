"""The comparison of a Chinese page with the English one finds an edit of one alone."""

from __future__ import annotations

import pytest

from tests.docs.twins import differences, missing_numbers, untranslated

ENGLISH = """# Title

Says `a` and `b`.

| what | is |
| --- | --- |
| `one` | 1 |
| `two` | 2 |

## Second

```sh
make demo
```
"""
CHINESE_TWIN = """# 标题

先是 `b`，再是 `a`。

| 什么 | 是 |
| --- | --- |
| `one` | 第 1 个 |
| `two` | 第 2 个 |

## 第二节

```sh
make demo
```
"""


def test_a_free_translation_is_no_difference() -> None:
    assert differences(ENGLISH, CHINESE_TWIN) == []


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("make demo", "make test", "Second | 第二节: other fenced blocks"),
        ("```sh\n", "```console\n", "Second | 第二节: other fenced blocks"),
        ("| `two` | 第 2 个 |\n", "", "Title | 标题: tables of [4] rows | [3] rows"),
        ("| `one` | 第 1 个 |", "| `one` | 第 1 个 | 1 |", "Title | 标题: row 2 has 2 | 3 cells"),
        ("| `two` |", "| `a` |", "Title | 标题: row 3 differs in ['a', 'two']"),
        ("先是 `b`，", "", "Title | 标题: lacks `b`"),
        ("先是 `b`", "先是 `b` 和 `c`", "Title | 标题: has `c` beside"),
        ("## 第二节", "### 第二节", "headings: # Title | # 标题; ## Second | ### 第二节"),
        ("## 第二节\n", "", "headings: # Title | # 标题; ## Second | (none)"),
    ],
    ids=["block", "kind", "row", "cell", "token", "less", "more", "level", "heading"],
)
def test_a_change_of_one_page_alone_is_a_difference(old: str, new: str, difference: str) -> None:
    assert CHINESE_TWIN.count(old) == 1
    assert differences(ENGLISH, CHINESE_TWIN.replace(old, new))[0] == difference


def test_a_comment_is_no_part_of_a_page() -> None:
    assert differences(f"<!-- by `tool` -->\n{ENGLISH}", CHINESE_TWIN) == []


def test_a_number_of_the_english_page_alone_is_missing() -> None:
    assert missing_numbers(f"{ENGLISH}\n15 seconds", f"{CHINESE_TWIN}\n最多 15 秒，9 月起") == []
    assert missing_numbers(f"{ENGLISH}\n20.5 s", f"{CHINESE_TWIN}\n15 秒") == ["Second: lacks 20.5"]


def test_a_paragraph_in_english_is_untranslated() -> None:
    assert untranslated(CHINESE_TWIN) == []
    left = "Nothing of this is in Chinese."
    assert untranslated(f"{CHINESE_TWIN}\n{left}\n") == [left]
