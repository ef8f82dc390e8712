"""How Yunpian's form takes the facts of a brand; it has no word for the kinds left out."""

from __future__ import annotations

from pulumi_smssign.facts import Fact, Form
from pulumi_smssign.yunpian import ProveType, SignUse

_LICENCE = {"prove_type": ProveType.BUSINESS_LICENSE, "licences": [Fact("licence")]}

FORM = Form(
    always={
        "sign": Fact("text"),
        "website": Fact("website"),
        "business_license_name": Fact("owner"),
    },
    kinds={
        "company": _LICENCE,
        "institution": _LICENCE,
        "trademark": {
            "prove_type": ProveType.TRADEMARK_CERTIFICATE,
            "licences": [Fact("proof")],
        },
        "app": {"prove_type": ProveType.ICP_FILING_OF_APP, "licences": [Fact("proof")]},
        "website": {"prove_type": ProveType.ICP_FILING_OF_WEBSITE, "licences": [Fact("proof")]},
    },
    own_use={True: {"sign_use": SignUse.OWN_USE}, False: {"sign_use": SignUse.FOR_OTHERS}},
)
