"""Tencent's switches: the readings of its pages that differ in what a user sees.

Played is the contract of the official SDK of 2026. Settled without a switch: limits count per
account and action; any region is taken, and none is not; mainland and global signatures may have
one name, and texts that differ in case are two; a rejected name is free; a modification always
begins a new review (status 1), takes an empty image for the old one, and clears the reply; status
-1 can be modified whatever brought it about, 0 and 2 can't; a signature can be deleted in every
status; an id that isn't there is left out of a list, which begins with the newest; a token beside a
permanent key is ignored. What may happen in front of the gateway, such as pages of a load balancer,
and codes that tell of an account's state are a matter of faults.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.service import (
    ACCEPTED,
    AT_ONCE_OR_LATER,
    ERROR,
    IN_REVIEW,
    flaw_switch,
)
from pulumi_smssign.sandbox.switches import Switch, visibility_delay

SWITCHES: tuple[Switch, ...] = (
    Switch(
        "tencent.enforce_rate",
        default=True,
        meaning="Whether calls above 1/s (Add, Modify, Delete) and 20/s (Describe), per account "
        "and action, are answered with RequestLimitExceeded.",
    ),
    flaw_switch(
        "tencent.withdrawn_types",
        ERROR,
        "What sign and document types meet that the pages of 2024 have and the SDK of 2026 "
        "withdrew",
    ),
    Switch(
        "tencent.missing_qualification",
        IN_REVIEW,
        "What a mainland application without QualificationId meets: 'error' refuses at once with "
        "InvalidParameterValue.QualificationIdNotFound, 'review' rejects in review. No source "
        "says.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "tencent.name_limit_mainland",
        20,
        "Characters of a mainland SignName before InvalidParameterValue.SignNameLengthTooLong. No "
        "page has a number: the review standard says 12, and the page's own example has 13.",
    ),
    Switch(
        "tencent.effective_delay",
        0,
        "Seconds that the carriers take to file an approved signature, before which it is not in "
        "use.",
    ),
    Switch(
        "tencent.unfiled_status",
        "2",
        "What an approved signature shows meanwhile: 2 (passed, not effective), or -1 with an "
        "empty ReviewReply, which the SDK of 2026 has for an unfinished first filing too.",
        ("2", "-1"),
    ),
    visibility_delay("tencent", "AddSmsSign", "DescribeSmsSignList shows"),
    Switch(
        "tencent.missing_sign_id_set",
        ACCEPTED,
        "What DescribeSmsSignList without SignIdSet meets: a list by pages, or MissingParameter, "
        "as the pages of 2024 have it.",
        (ACCEPTED, ERROR),
    ),
)
