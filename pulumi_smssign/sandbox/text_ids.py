"""The desk's ids for vendors that give a signature none, so that its text stands for it.

| account | text | id |
| --- | --- | --- |
| `default` | `极客科技` | `极客科技` |
| `marketing` | `极客科技` | `marketing【极客科技】` |

No text has brackets in it, so no two signatures share an id. A rename changes the id.
"""

from __future__ import annotations

BRACKETS = frozenset("【】")


def id_of(account: str, text: str) -> str:
    """Give the desk's id of an account's signature."""
    return text if account == "default" else f"{account}【{text}】"


def renamed_id(vendor: str, account: str, text: str) -> str:
    """Give the desk's id for a text that someone at the desk puts in.

    Raises:
        ValueError: if no signature of `vendor` can have it.
    """
    if not text or BRACKETS.intersection(text):
        raise ValueError(
            f"the text of a signature of {vendor} is not empty and has no 【】: {text!r}"
        )
    return id_of(account, text)
