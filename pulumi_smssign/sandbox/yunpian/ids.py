"""By what the desk knows Yunpian's signatures, since the vendor gives them no id.

| account | text | id |
| --- | --- | --- |
| `default` | `极客科技` | `极客科技` |
| `marketing` | `极客科技` | `marketing【极客科技】` |

No text has brackets in it, so no two signatures share an id. A rename changes the id.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.yunpian.contracts import BRACKETS


def signature_id(account: str, text: str) -> str:
    """Give the desk's id of an account's signature."""
    return text if account == "default" else f"{account}【{text}】"


def new_id(account: str, text: str) -> str:
    """Give the desk's id for a text that someone at the desk puts in.

    Raises:
        ValueError: if no signature can have it.
    """
    if not text or BRACKETS.intersection(text):
        raise ValueError(f"a Yunpian signature's text is not empty and has no 【】: {text!r}")
    return signature_id(account, text)


def bare(text: str) -> str:
    """Take one pair of brackets off a text that is in them."""
    return text[1:-1] if text.startswith("【") and text.endswith("】") else text
