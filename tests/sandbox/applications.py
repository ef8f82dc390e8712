"""What the tests submit: invented names, and pictures of nothing."""

from __future__ import annotations

import base64

from pydantic import JsonValue

from pulumi_smssign.sandbox.http_messages import Document
from tests.images import png

PROOF = base64.b64encode(png()).decode()


def application(**changes: JsonValue) -> Document:
    """A company's mainland application that today's contract takes; None leaves a field out."""
    fields: Document = {
        "SignName": "极客科技",
        "SignType": 0,
        "DocumentType": 1,
        "International": 0,
        "SignPurpose": 0,
        "ProofImage": PROOF,
        "QualificationId": 2000417,
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}
