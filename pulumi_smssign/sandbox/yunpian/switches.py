"""Yunpian's switches: what its page and its SDKs leave open, and how the sandbox answers.

Open as well, and settled without a switch: an empty value counts as not sent; unknown fields are
ignored; a field that isn't repeatable counts the first time; URLs of evidence aren't fetched; a
search looks into the text with its brackets, so `【示例】` finds one and `示例` all that have it;
a page begins at 1, and where page_num or page_size is absent or malformed, everything is a page.
-2, -4, -50, -51 and the codes of other products come only when a fault orders them.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.objections import AT_ONCE_OR_LATER, ERROR
from pulumi_smssign.sandbox.switches import Switch
from pulumi_smssign.sandbox.yunpian.codes import (
    BAD_FORMAT,
    BAD_SIGN,
    EXISTS,
    NO_PERMISSION,
    NOT_THERE,
    WRONG_METHOD,
)

REFUSED, EXISTING, RESUBMITTED = "refused", "existing", "resubmitted"
CODE_POINTS, UTF_16, HALF_WIDTH = "code-points", "utf-16", "half-width"
EMPTY, NULL, ABSENT = "empty", "null", "absent"

_BY_SUBMISSION = "'error' refuses at once, 'review' takes the application and lets it FAIL"

SWITCHES: tuple[Switch, ...] = (
    Switch(
        "yunpian.duplicate",
        REFUSED,
        "What sign/add meets with a text that the account has already, in whatever state: a "
        "refusal, success with the existing one as it is, or success and a new review of it.",
        (REFUSED, EXISTING, RESUBMITTED),
    ),
    Switch(
        "yunpian.duplicate_code",
        EXISTS,
        "The code for a text that the account has already, in sign/add and in a rename.",
        (EXISTS, BAD_FORMAT),
    ),
    Switch(
        "yunpian.update_missing_code",
        NOT_THERE,
        "The code for an old_sign that isn't there.",
        (NOT_THERE, BAD_FORMAT),
    ),
    Switch(
        "yunpian.update_statuses",
        "CHECKING,FAIL",
        "In which statuses an update is taken: as the official SDK says, or of a rejected one, "
        "since one that the carriers file (报备中, of no published status) takes none.",
        ("CHECKING,FAIL", "FAIL"),
    ),
    Switch(
        "yunpian.update_approved_code",
        BAD_FORMAT,
        "The code for updating what may not be updated.",
        (BAD_FORMAT, NO_PERMISSION, NOT_THERE),
    ),
    Switch(
        "yunpian.missing_website",
        ERROR,
        f"What an application without website meets: {_BY_SUBMISSION}; the error is code 1.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "yunpian.missing_papers",
        ERROR,
        f"What sign_use 1 without all its papers meets: {_BY_SUBMISSION}; the error is code 1.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "yunpian.bad_papers",
        ERROR,
        "What a malformed id_card_number, agent_mobile, URL, licence or ID-card image meets: "
        f"{_BY_SUBMISSION}; the error is code 2.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "yunpian.bad_sign_code",
        BAD_FORMAT,
        "The code for a sign of the wrong length, with brackets, or 云片网.",
        (BAD_FORMAT, BAD_SIGN),
    ),
    Switch(
        "yunpian.sign_count",
        CODE_POINTS,
        "How the 2 to 20 characters of sign are counted: code points, UTF-16 units, or with "
        "ASCII characters as half a character.",
        (CODE_POINTS, UTF_16, HALF_WIDTH),
    ),
    Switch(
        "yunpian.sign_characters",
        "any",
        "Whether sign takes any characters but brackets, or only letters, digits, punctuation and "
        "symbols (no emoji, no white space, no control characters).",
        ("any", "common"),
    ),
    Switch(
        "yunpian.bad_boolean",
        ERROR,
        "What a boolean meets that is neither true nor false, in any case: code 2, or it counts "
        "as not sent.",
        (ERROR, "default"),
    ),
    Switch(
        "yunpian.licence_prefix",
        "exact",
        "What stands before a licence's Base64: data:image/jpg;base64, as the page has it, or "
        "data: with any image type.",
        ("exact", "image"),
    ),
    Switch(
        "yunpian.licence_content",
        "image",
        "Whether a licence has to be a JPEG, PNG or GIF, or only decodable Base64.",
        ("image", "base64"),
    ),
    Switch(
        "yunpian.id_card_prefix",
        "either",
        "Whether the Base64 of an ID-card image has a data: prefix.",
        ("either", "required", REFUSED),
    ),
    Switch(
        "yunpian.size_counts",
        "file",
        "Whether 10M and 5M (of 1024 x 1024) limit the file or its Base64.",
        ("file", "base64"),
    ),
    Switch(
        "yunpian.body_limit",
        150_000_000,
        "Bytes of a body before a bare HTTP 413; the sandbox itself reads no more than 160 MiB.",
    ),
    Switch(
        "yunpian.update_industry_type",
        "kept",
        "What sign/update without industry_type does: it becomes 其它, or is kept.",
        ("reset", "kept"),
    ),
    Switch(
        "yunpian.update_fields",
        "all",
        "Whether sign/update takes all fields of sign/add, or ignores sign_use, prove_type, "
        "business_license_name, id_card_* and agent_mobile, which no SDK documents for it.",
        ("all", "documented"),
    ),
    Switch(
        "yunpian.update_papers",
        "kept",
        "Whether the papers of an earlier submission still count in sign/update, or have to be "
        "sent again.",
        ("kept", "needed"),
    ),
    Switch(
        "yunpian.developer_verified",
        default=True,
        meaning="Whether the accounts have their developer information in order; else sign/add "
        "and sign/update are refused with -62.",
    ),
    Switch(
        "yunpian.refuse_address",
        default=False,
        meaning="Whether the caller's IP is missing on the white list: every call is refused "
        "with -3, and the detail has the IP.",
    ),
    Switch(
        "yunpian.calls_per_second",
        0,
        "Calls of an account within a second before -5; 0 is no limit, and none is documented.",
    ),
    Switch(
        "yunpian.rate_status",
        "400",
        "The HTTP status of -5.",
        ("400", "429", "403", "200"),
    ),
    Switch(
        "yunpian.system_status",
        "400",
        "The HTTP status of -50 and -51.",
        ("400", "500", "502", "503", "200"),
    ),
    Switch(
        "yunpian.wrong_method",
        WRONG_METHOD,
        "What another method than POST meets: code 11 (HTTP 400), or a bare HTTP 405.",
        (WRONG_METHOD, "405"),
    ),
    Switch(
        "yunpian.unknown_path",
        "404",
        "What a path below /v2/sign/ meets that isn't one of the three, such as a deletion: a "
        "bare HTTP 404, or code -2.",
        ("404", NO_PERMISSION),
    ),
    Switch(
        "yunpian.visibility_delay",
        0,
        "Seconds after sign/add before sign/get shows the signature.",
    ),
    Switch(
        "yunpian.vip_delay",
        0,
        "Seconds that an approved signature with apply_vip shows APLLYING_VIP before SUCCESS.",
    ),
    Switch(
        "yunpian.add_sign_shape",
        "object",
        "Whether `sign` in the answer of sign/add is one object, as the page's example has it, or "
        "an array, as its table says.",
        ("object", "array"),
    ),
    Switch(
        "yunpian.result_brackets",
        default=True,
        meaning="Whether sign/get gives texts with 【】; the answers of add and update always do.",
    ),
    Switch(
        "yunpian.empty_remark",
        EMPTY,
        "How sign/get shows that there is no remark: an empty text, null, or no such key.",
        (EMPTY, NULL, ABSENT),
    ),
    Switch(
        "yunpian.empty_extend",
        EMPTY,
        "How sign/get shows that there is no extension number yet.",
        (EMPTY, NULL, ABSENT),
    ),
    Switch(
        "yunpian.search_ignores_case",
        default=False,
        meaning="Whether the search of sign/get ignores case.",
    ),
    Switch(
        "yunpian.list_order",
        "newest",
        "Which signature sign/get begins with.",
        ("newest", "oldest"),
    ),
    Switch(
        "yunpian.most_per_page",
        0,
        "The largest page_size that is taken, larger ones being cut to it; 0 is no limit.",
    ),
)
