"""Yunpian's rules: what may be changed or deleted in which status.

Sources: the official SDKs' word on sign/update (Python 1.0.0, Java: only a signature in review or
refused may be changed, and is then reviewed anew), and the states of the vendor's page of sign/get.
The page sign/add (seed 004) names CHECKING alone. That there is no deletion is inferred: no page
and no official SDK has one.
"""

from __future__ import annotations

from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.yunpian.choices import PERSONAL

DISABLED = " (disabled)"
"""Our suffix to an approved status when the vendor says `enabled: false` beside it."""

RULES = Rules(
    vendor="yunpian",
    fields=(
        "sign",
        "website",
        "sign_use",
        "prove_type",
        "licences",
        "licence_urls",
        "business_license_name",
        "id_card_name",
        "id_card_number",
        "id_card_front",
        "id_card_front_url",
        "id_card_back",
        "id_card_back_url",
        "agent_mobile",
        "notify",
        "apply_vip",
        "is_only_global",
        "industry_type",
    ),
    text_field="sign",
    personal=PERSONAL,
    statuses={
        "CHECKING": Status.PENDING,
        "SUCCESS": Status.APPROVED,
        # Approved on the ordinary channel, and waiting for one of its own. The vendor's page spells
        # it the first way, in its sample too; the second is there for the day that it is mended.
        "APLLYING_VIP": Status.APPROVED,
        "APPLYING_VIP": Status.APPROVED,
        "FAIL": Status.REJECTED,
        f"SUCCESS{DISABLED}": Status.SUSPENDED,
        f"APLLYING_VIP{DISABLED}": Status.SUSPENDED,
        f"APPLYING_VIP{DISABLED}": Status.SUSPENDED,
    },
    submitted="CHECKING",
    modifiable=frozenset({"CHECKING", "FAIL"}),
    fixed=frozenset(),
    unique=frozenset({"sign"}),
    deletable=None,
    unreviewed=frozenset({"notify"}),
    inferred=frozenset({"deletable", "unique"}),
    identity="text",
)
