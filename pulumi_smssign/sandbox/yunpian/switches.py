"""Yunpian's switches: the readings of its page and its SDKs that differ in what a user sees.

Settled without a switch: an empty value counts as not sent; unknown fields are ignored; a field
that isn't repeatable counts the first time; a text is counted by code points and may have any
characters but brackets; a text exists once in an account, whatever its state; what is missing or
malformed, the website and the papers for others too, is refused at once; an update keeps the
industry and the papers that it doesn't name; URLs of evidence aren't fetched; a search looks into
the text with its brackets, so `【示例】` finds one and `示例` all that have it, the newest first; a
page begins at 1, and where page_num or page_size is absent or malformed, everything is a page. -2
to -5, -50, -51, -62 and the codes of other products come only when a fault orders them.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.switches import Switch, visibility_delay
from pulumi_smssign.sandbox.yunpian.codes import BAD_FORMAT, NO_PERMISSION, NOT_THERE

SWITCHES: tuple[Switch, ...] = (
    Switch(
        "yunpian.update_statuses",
        "CHECKING,FAIL",
        "In which statuses an update is taken: as the official SDK says, or of a rejected one, "
        "since one that the carriers file (报备中, of no published status) takes none.",
        ("CHECKING,FAIL", "FAIL"),
    ),
    Switch(
        "yunpian.update_approved_code",
        BAD_FORMAT,
        "The code for updating what may not be updated.",
        (BAD_FORMAT, NO_PERMISSION, NOT_THERE),
    ),
    visibility_delay("yunpian", "sign/add", "sign/get shows"),
    Switch(
        "yunpian.add_sign_shape",
        "object",
        "Whether `sign` in the answer of sign/add is one object, as the page's example has it, or "
        "an array, as its table says.",
        ("object", "array"),
    ),
    Switch(
        "yunpian.result_brackets",
        default=True,
        meaning="Whether sign/get gives texts with 【】; the answers of add and update always do.",
    ),
)
