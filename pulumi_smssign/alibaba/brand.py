"""How Alibaba Cloud's form takes the facts of a brand; it has no word for the kinds left out.

Licences, letters and trademarks are made in its console, so no file is among them.
"""

from __future__ import annotations

from pulumi_smssign.alibaba import SignSource
from pulumi_smssign.facts import Fact, Form

_COMPANY = {"sign_source": SignSource.COMPANY}

FORM = Form(
    always={"sign_name": Fact("text"), "remark": Fact("purpose")},
    kinds={
        "company": _COMPANY,
        "institution": _COMPANY,
        "trademark": {"sign_source": SignSource.TRADEMARK},
        "app": {"sign_source": SignSource.APP, "apply_scene_content": Fact("website")},
    },
    own_use={True: {"third_party": False}, False: {"third_party": True}},
)
