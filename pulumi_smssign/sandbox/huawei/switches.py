"""Huawei's switches: what its pages and its SDK leave open, and how the sandbox answers.

Open as well, and settled without a switch: a token counts before a signature where both are sent; a
project that isn't the account's is answered with MSGSMS.0003; `offset` counts rows; the app filter
of a list follows `huawei.name_filter`; `start_time` and `end_time` are of the creation; unknown
query parameters are ignored, a `sort_key` other than `create_time` is not; an empty balance and
what else has no known code can be ordered as a fault. Which app ids exist: see `apps`.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.objections import ACCEPTED, AT_ONCE_OR_LATER, ERROR, IN_REVIEW
from pulumi_smssign.sandbox.switches import Switch

CHINA = "cn"
INTERNATIONAL = "intl"

REFUSED = "refused"

_BY_SUBMISSION = (
    "'error' refuses at once with MSGSMS.0002, 'review' takes the application and rejects it in "
    "review"
)

SWITCHES: tuple[Switch, ...] = (
    # The gateway and IAM
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
        "huawei.clock_window",
        900,
        "Seconds that X-Sdk-Date may be off, either way, before APIGW.0301; 0 is no check.",
    ),
    Switch(
        "huawei.gateway_prefix",
        "APIGW",
        "How the codes of the gateway begin: APIGW.0301, or APIG.0301 as some services show it.",
        ("APIGW", "APIG"),
    ),
    Switch(
        "huawei.regions",
        "cn-north-4,cn-south-1,ap-southeast-1,eu-west-101",
        "The regions, separated by commas, in which an account has a project (the same one).",
    ),
    Switch(
        "huawei.token_seconds",
        86400,
        "Seconds that a user token is valid; IAM's are for 24 hours.",
    ),
    Switch(
        "huawei.token_invalid_code",
        "MSGSMS.0003",
        "The code of 'Token invalid', which a token that is not project-scoped meets.",
        ("MSGSMS.0003", "APIGW.0301"),
    ),
    Switch(
        "huawei.missing_content_type",
        REFUSED,
        "What a request without Content-Type meets, a GET or DELETE too: MSGSMS.0002 (the pages "
        "call the header mandatory), or nothing.",
        (REFUSED, ACCEPTED),
    ),
    # Answers
    Switch(
        "huawei.error_status",
        "by_code",
        "The HTTP status of MSGSMS errors: one that suits the code, or the same for all; no page "
        "says.",
        ("by_code", "200", "400", "500"),
    ),
    Switch(
        "huawei.created_status",
        "200",
        "The HTTP status of a create and of an upload.",
        ("200", "201"),
    ),
    Switch(
        "huawei.deleted_status",
        "204",
        "The HTTP status of a deletion; both come without a body.",
        ("200", "204"),
    ),
    Switch(
        "huawei.timezone",
        "utc",
        "In which zone times are told and read, which bear none.",
        ("utc", "utc+8"),
    ),
    Switch(
        "huawei.missing_code",
        "MSGSMS.0005",
        "The code for a signature that isn't there.",
        ("MSGSMS.0005", "MSGSMS.0033"),
    ),
    Switch(
        "huawei.missing_app_code",
        "MSGSMS.0014",
        "The code for an app that isn't there.",
        ("MSGSMS.0014", "MSGSMS.0050", "MSGSMS.0076"),
    ),
    # Applications
    Switch(
        "huawei.service_open",
        default=True,
        meaning="Whether the accounts have opened the service; else everything is refused with "
        "MSGSMS.0013.",
    ),
    Switch(
        "huawei.unknown_fields",
        REFUSED,
        "What a field meets that the pages don't know: MSGSMS.0002, or nothing.",
        (REFUSED, ACCEPTED),
    ),
    Switch(
        "huawei.bad_type_code",
        "MSGSMS.0032",
        "The code for a signature_type that doesn't exist.",
        ("MSGSMS.0032", "MSGSMS.0002"),
    ),
    Switch(
        "huawei.withdrawn_sources",
        ERROR,
        f"What the discarded sources 1, 3 and 4 meet: {_BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "huawei.missing_evidence",
        IN_REVIEW,
        "What an application meets that lacks the related file and the number that source 2 or 5 "
        f"asks for, or the power of attorney of a third party: {_BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "huawei.missing_licence",
        ACCEPTED,
        f"What an application without a business licence (file_id) meets: {_BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "huawei.missing_qualification",
        IN_REVIEW,
        "What an application without qualification_id meets in contract cn (its page says that "
        f"the review fails): {_BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "huawei.bad_name",
        IN_REVIEW,
        "What a name meets that has 1 character, nothing but digits, or other characters than "
        f"Chinese ones, digits and letters: {_BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "huawei.signature_limit",
        200,
        "How many signatures an app may have; 0 is no limit.",
    ),
    Switch(
        "huawei.signature_limit_code",
        "MSGSMS.9200",
        "The code beyond that limit; the default is invented, since no page has it.",
    ),
    Switch(
        "huawei.duplicate_code",
        "MSGSMS.0006",
        "The code for a name and type that the account has already.",
        ("MSGSMS.0006", "MSGSMS.0004"),
    ),
    Switch(
        "huawei.rejected_holds_name",
        default=True,
        meaning="Whether a rejected signature counts as a duplicate.",
    ),
    Switch(
        "huawei.deleted_holds_name",
        0,
        "Seconds for which a deleted signature still counts as a duplicate.",
    ),
    # States
    Switch(
        "huawei.initial_status",
        "PENDING_REVIEW",
        "The status in which a review begins.",
        ("PENDING_REVIEW", "PENDING_QUALIFICATION_REVIEW"),
    ),
    Switch(
        "huawei.approval_delay",
        0,
        "Seconds after an approval that still show REAL_NAME_REGISTRATING (intl: PROCESSING).",
    ),
    Switch(
        "huawei.update_app",
        REFUSED,
        "What an update meets that names another app: MSGSMS.0002, or nothing.",
        (REFUSED, ACCEPTED),
    ),
    Switch(
        "huawei.delete_pending",
        REFUSED,
        "Whether a signature can be deleted while its review or registration runs.",
        (REFUSED, ACCEPTED),
    ),
    Switch(
        "huawei.delete_pending_code",
        "MSGSMS.0007",
        "The code for that; no page has one, so the default borrows the update's.",
    ),
    # Lists and files
    Switch(
        "huawei.name_filter",
        "substring",
        "What a list's signature_name and app_name match.",
        ("substring", "exact"),
    ),
    Switch(
        "huawei.visibility_delay",
        0,
        "Seconds after a create before the list shows the signature.",
    ),
    Switch(
        "huawei.file_limit",
        2 * 1024 * 1024,
        "Bytes of a file before MSGSMS.0002; the console's limit, since the API's page has none.",
    ),
    Switch(
        "huawei.file_content",
        "image",
        "Whether a file has to be a PNG, JPEG or GIF, as the console asks for, or may be anything.",
        ("image", "any"),
    ),
)
