"""A resubmission as the core makes it, through a vendor's client."""

from __future__ import annotations

from typing import Any

from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.core.resubmission import must_be_possible, resubmit_once
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.rules import Rules


def resubmit(rules: Rules, api: Api[Any], handle: Handle, application: Any) -> None:  # noqa: ANN401
    """Change a signature in place, as the hooks do after they have seen the review."""
    before = api.reviews([handle])[handle]
    must_be_possible(rules, api, handle, application)
    resubmit_once(rules, api, handle, application, before, sleep=lambda _seconds: None)
