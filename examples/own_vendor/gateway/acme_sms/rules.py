"""The gateway's rules: what may be changed or deleted in which status."""

from __future__ import annotations

from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status

RULES = Rules(
    vendor="acme",
    fields=("name", "purpose", "proof"),
    text_field="name",
    statuses={
        "open": Status.PENDING,
        "yes": Status.APPROVED,
        "no": Status.REJECTED,
    },
    submitted="open",
    modifiable=frozenset({"no"}),
    fixed=frozenset(),
    unique=frozenset({"name"}),
    deletable=frozenset({"open", "yes", "no"}),
    reviewer_notes=frozenset({"purpose"}),
    usual_review="usually within the hour",
)
