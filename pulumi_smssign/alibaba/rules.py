"""Alibaba Cloud's rules: what may be changed or deleted in which status.

Sources: the vendor's OpenAPI description of UpdateSmsSign, GetSmsSign and DeleteSmsSign (December
2025): a name can't be changed, rejected and, since 2025, approved ones can, and go back to review;
what is in review can't be deleted. That an approved one is out of use while its change is in review
the vendor's page of ModifySmsSign states, the call before UpdateSmsSign: "until the review is over
the original can't be used either". That nothing in review or withdrawn is changed is inferred.
"""

from __future__ import annotations

from pulumi_smssign.model.language import mark
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status

RULES = Rules(
    vendor="alibaba",
    fields=(
        "sign_name",
        "sign_source",
        "qualification_id",
        "third_party",
        "authorization_letter_id",
        "sign_type",
        "remark",
        "more_data",
        "apply_scene_content",
        "trademark_id",
        "app_icp_record_id",
    ),
    text_field="sign_name",
    statuses={
        "0": Status.PENDING,
        "1": Status.APPROVED,
        "2": Status.REJECTED,
        # The application was withdrawn in the console: nothing comes of it any more.
        "10": Status.REJECTED,
    },
    submitted="0",
    modifiable=frozenset({"2"}),
    editable_when_approved=frozenset({"1"}),
    fixed=frozenset({"sign_name"}),
    unique=frozenset({"sign_name"}),
    deletable=frozenset({"1", "2", "10"}),
    reviewer_notes=frozenset({"remark"}),
    identity="text",
    tells_qualification=True,
    tells_filing=True,
    shows_previous_version=True,
    usual_review=mark("usually about 2 hours, 9:00 to 21:00, not on holidays"),
)
