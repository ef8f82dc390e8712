"""UCloud's rules: what may be changed or deleted in which status.

Sources: the page UpdateUSMSSignature (global site), which speaks of signatures that have not
passed, and the console's guide (USMS, July 2026), which names waiting and under review; the page
DeleteUSMSSignature, which excludes those under review; the SDK 0.11.150 for the statuses, and for
what an update has no field for. That an approved or a disabled signature can't be changed but can
be deleted is inferred: no page lists it as editable, and none forbids its deletion. That a text
exists only once is inferred too: no page says so. Qualifications of existing signatures are
attached by the vendor's support (notice of 2025-04-16).
"""

from __future__ import annotations

from pulumi_smssign.model.language import mark
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.ucloud.choices import PERSONAL

RULES = Rules(
    vendor="ucloud",
    fields=(
        "sig_content",
        "sig_type",
        "certificate_type",
        "sig_purpose",
        "description",
        "file",
        "proxy_file",
        "document",
        "proxy_doc",
        "international",
        "qualification_id",
        "scene_desc",
        "project_id",
    ),
    text_field="sig_content",
    personal=PERSONAL,
    statuses={
        "0": Status.PENDING,
        "1": Status.PENDING,
        "2": Status.APPROVED,
        "3": Status.REJECTED,
        "4": Status.SUSPENDED,
    },
    submitted="0",
    modifiable=frozenset({"0", "1", "3"}),
    fixed=frozenset({"description", "international", "project_id", "qualification_id"}),
    unique=frozenset({"international", "project_id", "sig_content"}),
    deletable=frozenset({"0", "2", "3", "4"}),
    unreviewed=frozenset({"document", "proxy_doc"}),
    reviewer_notes=frozenset({"description", "scene_desc"}),
    console_only=frozenset({"qualification_id"}),
    inferred=frozenset({"unique"}),
    duplicate_hint=mark(
        "UCloud does not say whether it is a mainland or an international signature: if it is of "
        "the other kind, read it with ucloud.Signature.get(..., international=...), let this "
        "resource depend on that, and run it again."
    ),
    usual_review=mark("usually within a working day, 9:00 to 18:00"),
)
