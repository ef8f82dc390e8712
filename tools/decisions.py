"""What a change does at a vendor, as a table in Markdown, from the rules themselves.

A cell says what it is with `deletion_policy` "retain", and what it is with "delete" where that is
something else.
"""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.model.decide import (
    Decision,
    Known,
    Record,
    Refuse,
    Replace,
    Request,
    Resubmit,
    decide,
)
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import DELETION_POLICIES

HEAD = (
    "its status",
    "is",
    "content changed",
    "text changed",
    "words to the reviewer",
    "other fields",
)


def table(vendor: Vendor) -> str:
    """The vendor's table, statuses that mean the same in one row."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for vendor_status in (*vendor.rules.statuses, "any other"):
        rows.setdefault(_cells(vendor, vendor_status), []).append(vendor_status)
    lines = [row(HEAD), row(["---"] * len(HEAD))]
    for cells, statuses in rows.items():
        quoted = ", ".join(f"`{one}`" if one != "any other" else one for one in statuses)
        lines.append(row([quoted, *cells]))
    return "\n".join(lines)


def _cells(vendor: Vendor, vendor_status: str) -> tuple[str, ...]:
    status = vendor.rules.status(vendor_status)
    review = Review("1", "text", status, vendor_status)
    rules = vendor.rules
    special = (
        rules.fixed | rules.unique | rules.unreviewed | rules.reviewer_notes | rules.console_only
    )
    plain = vendor.application.model_fields.keys() - special

    def meaning(*fields: str) -> str:
        changed = frozenset(fields)
        retain, delete = (
            _words(decide(rules, review, changed, Known(policy=policy)))
            for policy in DELETION_POLICIES
        )
        return retain if retain == delete else f'{retain} (with `"delete"`: {delete})'

    def grouped(names: Iterable[str]) -> str:
        groups: dict[str, list[str]] = {}
        for name in sorted(names):
            groups.setdefault(meaning(name), []).append(f"`{name}`")
        return "; ".join(f"{', '.join(names)}: {words}" for words, names in groups.items()) or "–"

    return (
        status.value,
        meaning(min(plain)),
        meaning(vendor.application.text_field),
        grouped(rules.reviewer_notes),
        grouped(
            rules.fixed - rules.reviewer_notes - {vendor.application.text_field}
            | rules.console_only
        ),
    )


def _words(decision: Decision) -> str:
    match decision:
        case Record():
            return "not sent"
        case Resubmit(loses=True):
            return "**in place, out of use until approved**"
        case Resubmit():
            return "in place, reviewed again"
        case Request():
            return "asked for"
        case Refuse():
            return "refused in the preview"
        case Replace():
            return _replacement(decision)


def _replacement(decision: Replace) -> str:
    match decision:
        case Replace(delete_first=True, loses=True):
            return "**deleted first**, then submitted"
        case Replace(delete_first=True):
            return "deleted and submitted again"
        case Replace(warning=warning) if "stays in the account" in warning:
            return "new one submitted, old one stays"
        case Replace(note=note) if "stays in the account" in note:
            return "new one; the old one **stays**"
        case Replace(note=note) if "until its successor is approved" in note:
            return "new one; the old one **stays until it is approved**"
        case Replace():
            return "new one; the old one goes"


def row(cells: Iterable[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"
