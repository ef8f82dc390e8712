"""How Huawei Cloud's form takes the facts of a brand; it has no word for the kinds left out."""

from __future__ import annotations

from pulumi_smssign.facts import Fact, Form
from pulumi_smssign.huawei import SignatureSource

_ENTERPRISE = {"signature_source": SignatureSource.ENTERPRISE}

FORM = Form(
    always={
        "signature_name": Fact("text"),
        "apply_desc": Fact("purpose"),
        "licence": Fact("licence"),
    },
    kinds={
        "company": _ENTERPRISE,
        "institution": _ENTERPRISE,
        "trademark": {
            "signature_source": SignatureSource.TRADEMARK,
            "related_file": Fact("proof"),
            "registration_number": Fact("trademark_number"),
        },
        "app": {
            "signature_source": SignatureSource.APPLICATION,
            "related_file": Fact("proof"),
            "license_number": Fact("icp_number"),
        },
    },
    own_use={
        True: {"is_involved_third": False},
        False: {"is_involved_third": True, "power_of_attorney": Fact("power_of_attorney")},
    },
)
