"""Alibaba Cloud's switches: the readings of its pages that differ in what a user sees.

Settled without a switch, by the most recent source or the mildest: the older business errors come
with HTTP 200; an update that leaves a field out resets it; texts that differ in case are two; a
deleted text is free at once; all headers that begin with x-acs- have to be signed, and host and
content-type; a nonce counts by key, once its request is known to be genuine; a text is one
signature whatever its SignType; an update never changes the text and is reviewed anew; a list
begins with the newest, and a page beyond the last is empty; RegisterResult, which is deprecated, is
-1 ("no state"); dates are in China's time. Codes for what lies outside the service (permissions,
products that aren't opened, quotas, system faults) are a matter of faults, which know each code's
envelope.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.alibaba.statuses import LAST_APPROVED, MATERIAL, SUBMITTED
from pulumi_smssign.sandbox.service import IN_REVIEW, flaw_switch
from pulumi_smssign.sandbox.switches import Switch, visibility_delay

SWITCHES: tuple[Switch, ...] = (
    Switch(
        "alibaba.enforce_looks",
        default=True,
        meaning="Whether more than 150 calls of GetSmsSign per second and account meet "
        "Throttling.User.",
    ),
    flaw_switch("alibaba.app_source", IN_REVIEW, "What SignSource 2 meets, the name of an app"),
    Switch(
        "alibaba.update_statuses",
        "1,2",
        "In which statuses an update is taken: approved and rejected, as the page says since 2025, "
        "or rejected alone, as it said before.",
        ("1,2", "2"),
    ),
    Switch(
        "alibaba.reads_show",
        SUBMITTED,
        "What the reads show of an updated signature until it is approved: what was submitted, in "
        "review; in review, with the material as first created or last approved; or, of one that "
        "was approved, status 1 and all that was approved, as if nothing had been submitted.",
        (SUBMITTED, MATERIAL, LAST_APPROVED),
    ),
    Switch(
        "alibaba.filing_delay",
        7 * 24 * 3600,
        "Seconds that the carriers take to file an approved signature.",
    ),
    visibility_delay("alibaba", "CreateSmsSign", "the reads show"),
)
