"""A resubmission as the core makes it, through a vendor's client."""

from __future__ import annotations

from typing import Any

from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.lifecycle import Handle, Rules
from pulumi_smssign.resubmission import resubmit_once


def resubmit(rules: Rules, api: Api[Any], handle: Handle, application: Any) -> None:  # noqa: ANN401
    """Change a signature in place, as the core does after it has seen the review."""
    before = api.reviews([handle])[handle]
    resubmit_once(rules, api, handle, application, before, sleep=lambda _seconds: None)
