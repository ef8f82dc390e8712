"""Alibaba Cloud's switches: what its pages and its SDK leave open, and how the sandbox answers.

Open as well, and settled without a switch: all headers that begin with x-acs- have to be signed,
and host and content-type; a nonce counts by key, once its request is known to be genuine; a text is
one signature whatever its SignType; an update never changes the text and is reviewed anew; a page
beyond the last is empty; RegisterResult, which is deprecated, is left out; dates are in China's
time. Codes for what lies outside the service (permissions, products that aren't opened, system
faults) are a matter of faults, which know each code's envelope.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.alibaba import codes
from pulumi_smssign.sandbox.alibaba.statuses import LAST_APPROVED, MATERIAL, SUBMITTED
from pulumi_smssign.sandbox.objections import (
    AT_ONCE_OR_LATER,
    BY_SUBMISSION,
    ERROR,
    IN_REVIEW,
)
from pulumi_smssign.sandbox.switches import Switch

KEPT = "kept"
ANY = "any"
CLAMPED = "clamped"

SWITCHES: tuple[Switch, ...] = (
    Switch(
        "alibaba.enforce_looks",
        default=True,
        meaning="Whether more than 150 calls of GetSmsSign per second and account meet "
        "Throttling.User.",
    ),
    Switch(
        "alibaba.rate_limit",
        0,
        "Calls per second of any other operation, by account and operation, before "
        "Throttling.User; 0 is no limit: the pages name none.",
    ),
    Switch(
        "alibaba.retry_after",
        0,
        "Seconds in the header x-acs-retry-after of an answer with a Throttling code, which the "
        "official SDK makes another exception of; 0 leaves the header out.",
    ),
    Switch(
        "alibaba.older_errors_status",
        "200",
        "The HTTP status of the older business errors (isv., isp., SIGNATURE_BLACKLIST).",
        ("200", "400"),
    ),
    Switch(
        "alibaba.success_message",
        "OK",
        "The Message of a success; the vendor's examples have both.",
        ("OK", "successful"),
    ),
    Switch(
        "alibaba.withdrawn_code",
        codes.NO_ACTION,
        "The code for AddSmsSign and ModifySmsSign, which are offline.",
    ),
    Switch(
        "alibaba.malformed_code",
        codes.BAD_PARAMETER,
        "The code for a parameter of the wrong type or out of bounds, where no other is listed.",
    ),
    Switch(
        "alibaba.account_blocked",
        default=False,
        meaning="Whether Create, Update and Get are refused with ForbiddenAction.",
    ),
    Switch(
        "alibaba.name_symbols",
        "listed",
        "Which symbols in a SignName meet InvalidSignName: brackets, commas and full stops, as the "
        "page lists them, or any.",
        ("listed", ANY),
    ),
    Switch(
        "alibaba.name_length",
        ERROR,
        f"What a SignName of fewer than 2 or more than 12 characters meets: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "alibaba.banned_words",
        IN_REVIEW,
        f"What a SignName with a word such as 'test' meets: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "alibaba.dropped_sources",
        ERROR,
        "What the SignSources 1, 3 and 4 meet, which the schema has and the text no more: "
        f"{BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "alibaba.app_source",
        IN_REVIEW,
        f"What SignSource 2 meets, the name of an app: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "alibaba.bad_source_code",
        codes.BAD_SOURCE,
        "The code for a SignSource that is refused.",
        (codes.BAD_SOURCE, codes.BAD_PARAMETER),
    ),
    Switch(
        "alibaba.missing_link",
        ERROR,
        f"What SignSource 2 without ApplySceneContent meets: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "alibaba.missing_objects",
        ERROR,
        "What SignSource 5 without TrademarkId meets, and SignSource 2 without AppIcpRecordId: "
        f"{BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "alibaba.missing_letter",
        ERROR,
        f"What ThirdParty without AuthorizationLetterId meets: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "alibaba.remark_limit",
        200,
        "Characters of Remark; the text says 200, the schema 500. 0 is no limit.",
    ),
    Switch(
        "alibaba.unique_ignores_case",
        default=False,
        meaning="Whether texts that differ only in case are duplicates, as older pages say.",
    ),
    Switch(
        "alibaba.deleted_holds_name",
        0,
        "Seconds for which the text of a deleted signature meets SignName.Exists.",
    ),
    Switch(
        "alibaba.applications_a_day",
        0,
        "How many signatures an account may apply for in a day before "
        "isv.SIGN_COUNT_OVER_LIMIT: 1 for individuals, 100 by older pages; 0 is no limit.",
    ),
    Switch(
        "alibaba.update_statuses",
        "1,2",
        "In which statuses an update is taken: approved and rejected, as the page says since 2025, "
        "rejected alone, as it said before, cancelled too, or in review too.",
        ("1,2", "2", "1,2,10", "0,1,2,10"),
    ),
    Switch(
        "alibaba.not_modifiable_code",
        codes.NOT_MODIFIABLE,
        "The code for an update that the status doesn't allow.",
    ),
    Switch(
        "alibaba.update_missing_code",
        codes.NOT_FOUND,
        "The code for an update of what isn't there.",
    ),
    Switch(
        "alibaba.update_omitted",
        "reset",
        "What becomes of a field that an update leaves out: its default, or it stays.",
        ("reset", KEPT),
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
    Switch(
        "alibaba.visibility_delay",
        0,
        "Seconds after CreateSmsSign before the reads show the signature.",
    ),
    Switch(
        "alibaba.list_order",
        "newest",
        "Which signature QuerySmsSignList begins with.",
        ("newest", "oldest"),
    ),
    Switch(
        "alibaba.bad_page",
        ERROR,
        "What a PageIndex or PageSize out of bounds meets: a refusal, or the nearest that is in.",
        (ERROR, CLAMPED),
    ),
    Switch(
        "alibaba.delete_missing",
        codes.NOT_FOUND,
        "What the deletion of what isn't there meets: this code, or success if it is 'accepted'.",
    ),
)
