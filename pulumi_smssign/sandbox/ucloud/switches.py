"""UCloud's switches: the readings of its pages that differ in what a user sees.

Settled without a switch: the gateway looks at Action, Signature, PublicKey, the signature's value
and the project, in this order; an absent PublicKey is an unknown one, and an absent ProjectId the
default project; a blank value is one that wasn't sent; parameters that an action doesn't have are
signed over and ignored; a text is looked up exactly, without brackets added or taken away, and the
newest is shown where several have it; a SigId counts before a text; an update keeps what it doesn't
name, but needs a ProxyFile or ProxyDoc of its own for SigPurpose 1, and a CertificateType that
isn't sent follows SigType; any Document and ProxyDoc is taken, since no action tells the URLs; a
file's declared type isn't compared with its content; a deletion of several deletes all or none.
Codes for what lies outside the service (110, 130, 150, 153, 173, 291, 294, 299 and so on) are a
matter of faults.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.service import ACCEPTED, IN_REVIEW, flaw_switch
from pulumi_smssign.sandbox.switches import Switch

REFUSED = "refused"

USMS = "usms"
COMMON = "common"

SWITCHES: tuple[Switch, ...] = (
    Switch(
        "ucloud.parameter_codes",
        USMS,
        "The codes for parameters: those of USMS (18001 missing, 18002 malformed, 18003 invalid) "
        "or those of UCloud's other services (220 missing, 230 not available; without Action).",
        (USMS, COMMON),
    ),
    flaw_switch(
        "ucloud.bad_content",
        ACCEPTED,
        "What a SigContent meets with more than Chinese, Latin letters, digits and underscores "
        "(the page of Update takes symbols, the audit standard doesn't)",
    ),
    flaw_switch(
        "ucloud.withdrawn_types",
        IN_REVIEW,
        "What a mainland SigType of 1, 2 or 3 meets, which can't be registered since 2026-05-01",
    ),
    flaw_switch(
        "ucloud.missing_proof",
        IN_REVIEW,
        "What an application meets that has neither File nor QualificationId, and no Document on "
        "update",
    ),
    Switch(
        "ucloud.file_format",
        "any",
        "How File and ProxyFile may be written: 'type;base64,DATA' as documented, or also bare "
        "Base64 and data URIs, as the official examples and scenarios have them.",
        ("any", "documented"),
    ),
    Switch(
        "ucloud.duplicates",
        REFUSED,
        "What a SigContent meets that another signature of the project has, mainland and "
        "international apart.",
        (REFUSED, ACCEPTED),
    ),
    Switch(
        "ucloud.update_statuses",
        "0,1,3",
        "In which statuses an update is taken: those that the console lets edit, those of the "
        "official acceptance scenario and the page, or the page's alone.",
        ("0,1,3", "0,3", "3"),
    ),
    Switch(
        "ucloud.wrong_state_code",
        18003,
        "The RetCode for an update or a deletion that the Status doesn't allow.",
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
        "ucloud.quoted_ret_code",
        default=False,
        meaning="Whether RetCode is a number in quotes, which the official Go SDK is ready for.",
    ),
)
