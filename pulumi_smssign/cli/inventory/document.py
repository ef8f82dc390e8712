"""The JSON of a standing. Scripts read its keys: some are added, and none is taken away."""

from __future__ import annotations

from typing import Any

from pulumi_smssign.cli.inventory.next_step import next_step
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.model.redaction import sanitized


def document_of(standing: Standing) -> dict[str, Any]:
    """The document of a signature, as `smssign status --json` prints it."""
    signature, review, step = standing.signature, standing.review, next_step(standing)
    return {
        "name": signature.name,
        "urn": signature.urn,
        "role": signature.role,
        "vendor": signature.vendor,
        "account": signature.account,
        "id": standing.id,
        "text": standing.text,
        "scope": signature.handle.scope,
        "status": standing.status,
        "vendor_status": sanitized(review.vendor_status) if review else "",
        "state": signature.recorded,
        "differs": list(standing.differences),
        "reason": standing.reason,
        "filing": review.filing.as_output() if review else None,
        "qualification": review.qualification.as_output() if review else None,
        "deliverable": review.deliverable if review else "unknown" if standing.trouble else "no",
        "edit_status": str(review.edit or "") if review else "",
        "waiting_since": standing.waiting_since,
        "move": str(step.move),
        "next": str(step),
        "trouble": standing.trouble,
        "deletion_policy": signature.state.policy,
        "shared": signature.state.shared,
    }
