"""Writes the README's table of what a change does, from the rules themselves.

`python -m tools.decisions` prints the table, and with `--write` puts it between its marks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.lifecycle import (
    Decision,
    Record,
    Refuse,
    Replace,
    Request,
    Resubmit,
    Review,
    decide,
)
from pulumi_smssign.vendors import VENDORS, named

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN = "<!-- decisions: written by `python -m tools.decisions --write` -->"
END = "<!-- end of decisions -->"

HEAD = (
    "vendor",
    "its status",
    "is",
    "content changed",
    "text changed",
    "words to the reviewer",
    "other fields",
)


def table() -> str:
    """The table in Markdown, statuses that mean the same in one row."""
    lines = [_row(HEAD), _row(["---"] * len(HEAD))]
    for vendor in map(named, VENDORS):
        rows: dict[tuple[str, ...], list[str]] = {}
        for vendor_status in (*vendor.rules.statuses, "any other"):
            rows.setdefault(_cells(vendor, vendor_status), []).append(vendor_status)
        for cells, statuses in rows.items():
            quoted = ", ".join(f"`{one}`" if one != "any other" else one for one in statuses)
            lines.append(_row([vendor.title, quoted, *cells]))
    return "\n".join(lines)


def _cells(vendor: Vendor, vendor_status: str) -> tuple[str, ...]:
    status = vendor.rules.status(vendor_status)
    review = Review("1", "text", status, vendor_status)
    rules = vendor.rules
    special = rules.fixed | rules.unique | rules.riders | rules.words | rules.attached
    plain = vendor.application.model_fields.keys() - special

    def meaning(*fields: str) -> str:
        return _words(decide(rules, review, frozenset(fields)))

    def grouped(names: Iterable[str]) -> str:
        groups: dict[str, list[str]] = {}
        for name in sorted(names):
            groups.setdefault(meaning(name), []).append(f"`{name}`")
        return "; ".join(f"{', '.join(names)}: {words}" for words, names in groups.items()) or "–"

    return (
        status.value,
        meaning(min(plain)),
        meaning(vendor.application.text_field),
        grouped(rules.words),
        grouped(rules.fixed - rules.words - {vendor.application.text_field} | rules.attached),
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
        case Replace(note=note) if "until its successor is approved" in note:
            return "new one; the old one **stays until it is approved**"
        case Replace():
            return "new one; the old one goes"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: list[str]) -> int:
    """Print the table, or write it into the README."""
    if arguments not in ([], ["--write"]):
        print(__doc__)
        return 2
    if not arguments:
        print(table())
        return 0
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
