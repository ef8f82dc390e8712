"""UCloud's switches: what its pages and its SDK leave open, and how the sandbox answers.

Open as well, and settled without a switch: the gateway looks at Action, Signature, PublicKey, the
signature's value, the rate and the project, in this order; an absent PublicKey is an unknown one;
a blank value is one that wasn't sent; parameters that an action doesn't have are signed over and
ignored; a text is looked up exactly, without brackets added or taken away; an update keeps what it
doesn't name, but needs a ProxyFile or ProxyDoc of its own for SigPurpose 1, and a CertificateType
that isn't sent follows SigType; any Document and ProxyDoc is taken, since no action tells the URLs;
a file's declared type isn't compared with its content. Codes for what lies outside the service
(110, 130, 150, 173, 291, 294, 299 and so on) are a matter of faults.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.objections import (
    ACCEPTED,
    AT_ONCE_OR_LATER,
    BY_SUBMISSION,
    ERROR,
    IN_REVIEW,
)
from pulumi_smssign.sandbox.switches import Switch

REFUSED = "refused"

ANY_ORG = "org-*"
ANY = "any"
ONE_ORG = "org-sandbox"

USMS = "usms"
COMMON = "common"


SWITCHES: tuple[Switch, ...] = (
    Switch(
        "ucloud.rate_limit",
        0,
        "Calls per second, by account and action, before 153; 0 is no limit: the pages name none.",
    ),
    Switch(
        "ucloud.projects",
        ANY_ORG,
        "Which ProjectIds exist, each with signatures of its own: those that begin with org- (but "
        "one that ends in 404 doesn't exist, 292, and one that ends in 403 isn't authorised, 290), "
        "any at all, or org-sandbox alone.",
        (ANY_ORG, ANY, ONE_ORG),
    ),
    Switch(
        "ucloud.missing_project",
        "default",
        "What a call without ProjectId means: the default project, org-sandbox, or a missing "
        "parameter, as for sub-accounts.",
        ("default", REFUSED),
    ),
    Switch(
        "ucloud.parameter_codes",
        USMS,
        "The codes for parameters: those of USMS (18001 missing, 18002 malformed, 18003 invalid) "
        "or those of UCloud's other services (220 missing, 230 not available; without Action).",
        (USMS, COMMON),
    ),
    Switch(
        "ucloud.content_rules",
        "seed",
        "Which characters SigContent may have beside having 2 to 12 and no brackets: any, as the "
        "page of Update says, or Chinese, Latin letters, digits and underscore, as the audit says.",
        ("seed", "audit"),
    ),
    Switch(
        "ucloud.bad_content",
        IN_REVIEW,
        f"What a SigContent against the rules meets: {BY_SUBMISSION}; the official acceptance "
        "scenario has a text of 15 characters taken.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "ucloud.withdrawn_types",
        IN_REVIEW,
        "What a mainland SigType of 1, 2 or 3 meets, which can't be registered since 2026-05-01: "
        f"{BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "ucloud.pair_mismatch",
        ERROR,
        f"What a CertificateType other than the SigType meets: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "ucloud.missing_proxy",
        ERROR,
        f"What SigPurpose 1 without an authorisation letter meets: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "ucloud.missing_proof",
        IN_REVIEW,
        "What an application meets that has neither File nor QualificationId, and no Document on "
        f"update: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "ucloud.file_format",
        ANY,
        "How File and ProxyFile may be written: 'type;base64,DATA' as documented, or also bare "
        "Base64 and data URIs, as the official examples and scenarios have them.",
        (ANY, "documented"),
    ),
    Switch(
        "ucloud.base64",
        "strict",
        "Whether Base64 has to be in the standard alphabet and without white space, or may have "
        "line breaks and the URL-safe alphabet.",
        ("strict", "lenient"),
    ),
    Switch(
        "ucloud.file_content",
        IN_REVIEW,
        f"What a file meets that is no PNG, JPEG or PDF: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "ucloud.file_limit",
        4 * 1024 * 1024,
        "Bytes of a file before it is too large; 0 is no limit.",
    ),
    Switch(
        "ucloud.file_limit_measures",
        "decoded",
        "Whether a file's size is that of the file or of its Base64.",
        ("decoded", "encoded"),
    ),
    Switch(
        "ucloud.file_too_large",
        ERROR,
        f"What a file that is too large meets: {BY_SUBMISSION}.",
        AT_ONCE_OR_LATER,
    ),
    Switch(
        "ucloud.file_beside_document",
        "file",
        "Which one counts on update where both File and Document are sent, or both ProxyFile and "
        "ProxyDoc: the new file, or the document that is there already.",
        ("file", "document"),
    ),
    Switch(
        "ucloud.duplicates",
        REFUSED,
        "What a SigContent meets that another signature of the project has, mainland and "
        "international apart.",
        (REFUSED, ACCEPTED),
    ),
    Switch("ucloud.duplicate_code", 18003, "The RetCode for a duplicate."),
    Switch(
        "ucloud.duplicate_of_rejected",
        REFUSED,
        "Whether the SigContent of a rejected signature is taken too.",
        (REFUSED, ACCEPTED),
    ),
    Switch(
        "ucloud.unique_ignores_case",
        default=False,
        meaning="Whether texts that differ only in case are duplicates.",
    ),
    Switch(
        "ucloud.update_statuses",
        "0,1,3",
        "In which statuses an update is taken: those that the console lets edit, those of the "
        "official acceptance scenario and the page, or the page's alone.",
        ("0,1,3", "0,3", "3"),
    ),
    Switch(
        "ucloud.status_after_update",
        "0",
        "Which Status an updated signature has until its verdict.",
        ("0", "1"),
    ),
    Switch(
        "ucloud.wrong_state_code",
        18003,
        "The RetCode for an update or a deletion that the Status doesn't allow.",
    ),
    Switch(
        "ucloud.delete_disabled",
        ACCEPTED,
        "Whether a disabled signature (Status 4) can be deleted.",
        (ACCEPTED, REFUSED),
    ),
    Switch(
        "ucloud.delete_many",
        "atomic",
        "What becomes of the other signatures of a deletion where one of them can't be deleted: "
        "none is deleted, or all that can be are; the RetCode is that one's in both cases.",
        ("atomic", "partial"),
    ),
    Switch(
        "ucloud.delete_limit",
        0,
        "How many SigIds a deletion may name before they are an invalid parameter; 0 is no limit.",
    ),
    Switch(
        "ucloud.delete_nothing",
        REFUSED,
        "What a deletion without SigIds meets: a missing parameter, or success.",
        (REFUSED, ACCEPTED),
    ),
    Switch(
        "ucloud.delete_not_found",
        REFUSED,
        "What the deletion of what isn't there meets: the not-found code, or success.",
        (REFUSED, ACCEPTED),
    ),
    Switch("ucloud.not_found_code", 18016, "The RetCode for a signature that isn't there."),
    Switch(
        "ucloud.query_not_found",
        "code",
        "How QueryUSMSSignature says that nothing is there: by the not-found code, or by RetCode 0 "
        "with a Data that is empty, null or missing.",
        ("code", "empty", "null", "missing"),
    ),
    Switch(
        "ucloud.query_by_both",
        "id",
        "What counts where a query has SigId and SigContent: the one, the other, or both together.",
        ("id", "text", "both"),
    ),
    Switch(
        "ucloud.query_several",
        "newest",
        "Which signature a query by SigContent shows where several have it.",
        ("newest", "oldest"),
    ),
    Switch(
        "ucloud.success_message",
        "",
        "The Message of a success; an official example has a text there.",
    ),
    Switch(
        "ucloud.create_returns_text",
        default=False,
        meaning="Whether CreateUSMSSignature answers with SigContent too, as it did until 2021.",
    ),
    Switch(
        "ucloud.quoted_ret_code",
        default=False,
        meaning="Whether RetCode is a number in quotes, which the official Go SDK is ready for.",
    ),
)
