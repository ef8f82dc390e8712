"""Huawei's switches: the readings of its pages and its SDK that differ in what a user sees.

Settled without a switch: a token counts before a signature where both are sent; every request needs
its Content-Type; a project that isn't the account's is answered with MSGSMS.0003; a field that the
pages don't know is refused, and so are the sources 1, 3 and 4; a name that breaks the rules and
evidence that is missing are the reviewers' to find, a missing licence is not; a rejected signature
keeps its name, a deleted one frees it at once; an update stays in its app; a list's names match as
parts, its `offset` counts rows, its `start_time` and `end_time` are of the creation, unknown
parameters of it are ignored, a `sort_key` other than `create_time` is not; times are UTC; files are
images. An empty balance, a quota and what else has no known code can be ordered as a fault. Which
app ids exist: see `apps`.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.service import ACCEPTED, IN_REVIEW, flaw_switch
from pulumi_smssign.sandbox.switches import Switch, visibility_delay

CHINA = "cn"
INTERNATIONAL = "intl"

REFUSED = "refused"

SWITCHES: tuple[Switch, ...] = (
    Switch(
        "huawei.contract",
        CHINA,
        "Which site's pages are played: China (approved is REVIEW_PROCESSING_COMPLETED, also "
        "PROMOTION_TYPE, a qualification needed) or international (approved is REVIEW_PASSED).",
        (CHINA, INTERNATIONAL),
    ),
    Switch(
        "huawei.rate_limit",
        200,
        "Calls a second, per account and API, before APIGW.0308; the gateway's default throttle, "
        "since the service names no limit of its own. 0 is no limit.",
    ),
    Switch(
        "huawei.enforce_lock",
        default=True,
        meaning="Whether five failed AK/SK signatures in a row lock the key for five minutes.",
    ),
    Switch(
        "huawei.gateway_prefix",
        "APIGW",
        "How the codes of the gateway begin: APIGW.0301, or APIG.0301 as some services show it.",
        ("APIGW", "APIG"),
    ),
    Switch(
        "huawei.token_seconds", 86400, "Seconds that a user token is valid; IAM's are for 24 hours."
    ),
    Switch(
        "huawei.error_status",
        "by_code",
        "The HTTP status of MSGSMS errors: one that suits the code, or the same for all; no page "
        "says.",
        ("by_code", "200", "400", "500"),
    ),
    Switch(
        "huawei.deleted_status",
        "204",
        "The HTTP status of a deletion; both come without a body.",
        ("200", "204"),
    ),
    Switch(
        "huawei.missing_code",
        "MSGSMS.0005",
        "The code for a signature that isn't there.",
        ("MSGSMS.0005", "MSGSMS.0033"),
    ),
    Switch(
        "huawei.service_open",
        default=True,
        meaning="Whether the accounts have opened the service; else everything is refused with "
        "MSGSMS.0013.",
    ),
    flaw_switch(
        "huawei.app_source",
        ACCEPTED,
        "What signature_source 2 meets, the name of an app, which the page of 2025 takes and the "
        "change log of 2026-04-10 doesn't",
        "MSGSMS.0002",
    ),
    flaw_switch(
        "huawei.missing_qualification",
        IN_REVIEW,
        "What an application without qualification_id meets in contract cn (its page says that "
        "the review fails)",
        "MSGSMS.0002",
    ),
    Switch(
        "huawei.duplicate_code",
        "MSGSMS.0006",
        "The code for a name and type that the account has already.",
        ("MSGSMS.0006", "MSGSMS.0004"),
    ),
    Switch(
        "huawei.approval_delay",
        0,
        "Seconds after an approval that still show REAL_NAME_REGISTRATING (intl: PROCESSING).",
    ),
    Switch(
        "huawei.delete_pending",
        REFUSED,
        "Whether a signature can be deleted while its review or registration runs.",
        (REFUSED, ACCEPTED),
    ),
    visibility_delay("huawei", "a create", "the list shows"),
    Switch(
        "huawei.file_limit",
        2 * 1024 * 1024,
        "Bytes of a file before MSGSMS.0002; the console's limit, since the API's page has none.",
    ),
)
