"""Tencent's switches: what its pages and its SDK leave open, and how the sandbox answers.

Open as well, and settled without a switch: limits count per account and action; an id that isn't
there is left out of a list; a modification always begins a new review (status 1); status -1 can be
modified whatever brought it about; a token beside a permanent key is ignored. What may happen in
front of the gateway, such as pages of a load balancer, is a matter of faults.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.objections import ACCEPTED, AT_ONCE_OR_LATER, BY_SUBMISSION, IN_REVIEW
from pulumi_smssign.sandbox.switches import Switch, Switches
from pulumi_smssign.sandbox.tencent.codes import (
    ALREADY_PASSED,
    BAD_DOCUMENT_TYPE,
    BAD_LIMIT,
    BAD_PURPOSE,
    BAD_USED_METHOD,
    ID_NOT_EXIST,
    IN_REVIEW_ALREADY,
    NOTHING_TO_MODIFY,
    OTHER_ERROR,
)

MAINLAND_2026 = "mainland-2026"
SEED_2024 = "seed-2024"

REFUSED = "refused"


SWITCHES: tuple[Switch, ...] = (
    Switch(
        "tencent.contract",
        MAINLAND_2026,
        "Which contract of version 2021-01-11 is played: today's of the mainland site, or that of "
        "the pages of 2024 (all sign and document types, no QualificationId, no status 2).",
        (MAINLAND_2026, SEED_2024),
    ),
    Switch(
        "tencent.enforce_rate",
        default=True,
        meaning="Whether calls above 1/s (Add, Modify, Delete) and 20/s (Describe), per account "
        "and action, are answered with RequestLimitExceeded.",
    ),
    Switch(
        "tencent.enterprise",
        default=True,
        meaning="Whether the accounts are verified organisations; else every action is refused "
        "with FailedOperation.NotEnterpriseCertification.",
    ),
    Switch(
        "tencent.sign_limit",
        0,
        "How many signatures an account may have before FailedOperation.SignNumberLimit; "
        "0 is no limit.",
    ),
    Switch(
        "tencent.regions",
        "",
        "The values of X-TC-Region that are taken, separated by commas; empty takes any.",
    ),
    Switch(
        "tencent.missing_region",
        REFUSED,
        "What a request without X-TC-Region meets: MissingParameter, or nothing.",
        (REFUSED, ACCEPTED),
    ),
    Switch(
        "tencent.numeric_strings",
        default=False,
        meaning='Whether "1" is taken for 1 in a JSON body, as an official sample of 2019 has it.',
    ),
    Switch(
        "tencent.pair_mismatch",
        "error",
        f"What a DocumentType meets that doesn't go with the SignType: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "tencent.withdrawn_types",
        "error",
        "What sign and document types meet that today's mainland contract withdrew: "
        f"{BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "tencent.bad_sign_type_code",
        OTHER_ERROR,
        "The code for a SignType that is refused; the pages list none.",
        (OTHER_ERROR, "InvalidParameter", BAD_DOCUMENT_TYPE),
    ),
    Switch(
        "tencent.add_purpose_code",
        BAD_USED_METHOD,
        "The code for a SignPurpose other than 0 and 1 on AddSmsSign.",
        (BAD_USED_METHOD, BAD_PURPOSE),
    ),
    Switch(
        "tencent.missing_commission",
        IN_REVIEW,
        "What SignPurpose 1 without CommissionImage meets: 'error' refuses at once with "
        "MissingParameter, 'review' rejects in review.",
        AT_ONCE_OR_LATER,
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
        "tencent.bad_name",
        IN_REVIEW,
        "What a SignName meets that is shorter than 2 characters or has brackets: 'review' rejects "
        "it in review; there is no code for it.",
        (IN_REVIEW, ACCEPTED),
    ),
    Switch(
        "tencent.name_limit_mainland",
        20,
        "Characters of a mainland SignName before InvalidParameterValue.SignNameLengthTooLong. No "
        "page has a number: the review standard says 12, and the page's own example has 13.",
    ),
    Switch(
        "tencent.name_limit_global",
        15,
        "Characters of a global SignName before InvalidParameterValue.SignNameLengthTooLong.",
    ),
    Switch(
        "tencent.remark_limit",
        0,
        "Characters of Remark before FailedOperation.OtherError; 0 is no limit.",
    ),
    Switch(
        "tencent.image_content",
        "image",
        "Whether an image has to be a PNG or JPEG, or only decodable Base64.",
        ("image", "base64"),
    ),
    Switch(
        "tencent.image_limit",
        5 * 1024 * 1024,
        "Bytes of an image, decoded, before InvalidParameterValue.ImageInvalid; the console's "
        "limit, since the API's pages give none.",
    ),
    Switch(
        "tencent.base64",
        "strict",
        "Whether Base64 has to be in the standard alphabet and without white space, or may have "
        "line breaks and the URL-safe alphabet.",
        ("strict", "lenient"),
    ),
    Switch(
        "tencent.approved_duplicate_code",
        ALREADY_PASSED,
        "The code for a SignName that is approved already.",
        (ALREADY_PASSED, IN_REVIEW_ALREADY, OTHER_ERROR),
    ),
    Switch(
        "tencent.unique_per_international",
        default=True,
        meaning="Whether a mainland and a global signature may have the same name.",
    ),
    Switch(
        "tencent.unique_ignores_case",
        default=False,
        meaning="Whether names that differ only in case are duplicates.",
    ),
    Switch(
        "tencent.modify_empty_image",
        "kept",
        "What an empty image means in ModifySmsSign: the old one stays, or ImageInvalid.",
        ("kept", REFUSED),
    ),
    Switch(
        "tencent.modify_status_2",
        REFUSED,
        "What ModifySmsSign meets in status 2 (passed, not effective yet): SignAlreadyPassedCheck, "
        "or a new review.",
        (REFUSED, ACCEPTED),
    ),
    Switch(
        "tencent.modify_create_time",
        "resubmission",
        "Which submission CreateTime shows after ModifySmsSign.",
        ("resubmission", "first"),
    ),
    Switch(
        "tencent.modify_review_reply",
        "cleared",
        "What ReviewReply shows after ModifySmsSign until the next verdict.",
        ("cleared", "kept"),
    ),
    Switch(
        "tencent.effective_delay",
        0,
        "Seconds that the carriers take to file an approved signature, before which it is not in "
        "use (mainland-2026 only).",
    ),
    Switch(
        "tencent.unfiled_status",
        "2",
        "What an approved signature shows meanwhile: 2 (passed, not effective), or -1 with an "
        "empty ReviewReply, which the SDK of 2026 has for an unfinished first filing too.",
        ("2", "-1"),
    ),
    Switch(
        "tencent.delete_in_review",
        ACCEPTED,
        "Whether a signature in review can be deleted; if not, FailedOperation.OtherError.",
        (ACCEPTED, REFUSED),
    ),
    Switch(
        "tencent.delete_approved",
        ACCEPTED,
        "Whether an approved signature can be deleted; if not, FailedOperation.OtherError.",
        (ACCEPTED, REFUSED),
    ),
    Switch(
        "tencent.delete_missing_code",
        ID_NOT_EXIST,
        "The code for deleting what isn't there.",
        (ID_NOT_EXIST, NOTHING_TO_MODIFY),
    ),
    Switch(
        "tencent.visibility_delay",
        0,
        "Seconds after AddSmsSign before DescribeSmsSignList shows the signature.",
    ),
    Switch(
        "tencent.missing_sign_id_set",
        "contract",
        "What DescribeSmsSignList without SignIdSet meets: a list by pages, MissingParameter, or "
        "what the contract says (a list in mainland-2026, MissingParameter in seed-2024).",
        ("contract", "list", REFUSED),
    ),
    Switch(
        "tencent.ids_filter_international",
        default=False,
        meaning="Whether a signature asked for by id stays out if its International is another "
        "than the request's.",
    ),
    Switch(
        "tencent.too_many_ids_code",
        OTHER_ERROR,
        "The code for more than 100 ids.",
        (OTHER_ERROR, "InvalidParameterValue", BAD_LIMIT),
    ),
    Switch(
        "tencent.list_order",
        "newest",
        "Which signature a list by pages begins with.",
        ("newest", "oldest"),
    ),
)


def plays_today(switches: Switches) -> bool:
    """Tell whether today's contract of the mainland site is played."""
    return switches.text("tencent.contract") == MAINLAND_2026
