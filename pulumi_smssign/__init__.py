"""SMS signatures (短信签名) of Chinese vendors as Pulumi resources.

A signature is a company's name that stands in 【】 before every text. `Signature` of a vendor's
package submits one for review, `Brand` one at each of several vendors; `Approval` waits for the
verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.lazy import lazy
from pulumi_smssign.version import __version__

if TYPE_CHECKING:
    from pulumi_smssign import alibaba, huawei, tencent, ucloud, yunpian
    from pulumi_smssign.approval import Approval, ApprovalArguments
    from pulumi_smssign.brand import Brand
    from pulumi_smssign.facts import Facts
    from pulumi_smssign.model.vocabulary import TODO, Status
    from pulumi_smssign.outputs import CarrierFiling, Filing, Qualification, Review
else:
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "alibaba": [],
            "approval": ["Approval", "ApprovalArguments"],
            "brand": ["Brand"],
            "facts": ["Facts"],
            "huawei": [],
            "model.vocabulary": ["TODO", "Status"],
            "outputs": ["CarrierFiling", "Filing", "Qualification", "Review"],
            "tencent": [],
            "ucloud": [],
            "yunpian": [],
        },
    )

__all__ = [
    "TODO",
    "Approval",
    "ApprovalArguments",
    "Brand",
    "CarrierFiling",
    "Facts",
    "Filing",
    "Qualification",
    "Review",
    "Status",
    "__version__",
    "alibaba",
    "huawei",
    "tencent",
    "ucloud",
    "yunpian",
]
