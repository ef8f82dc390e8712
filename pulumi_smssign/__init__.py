"""SMS signatures (短信签名) of Chinese vendors as Pulumi resources.

A signature is a company's name that stands in 【】 before every text. `Signature` of a vendor's
package submits one for review, `Brand` one at each of several vendors; `Approval` waits for the
verdict.
"""

from __future__ import annotations

from pulumi_smssign import alibaba, huawei, tencent, ucloud, yunpian
from pulumi_smssign.approval import Approval, ApprovalArguments
from pulumi_smssign.brand import Brand
from pulumi_smssign.facts import Facts
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.version import __version__

__all__ = [
    "Approval",
    "ApprovalArguments",
    "Brand",
    "Facts",
    "Status",
    "__version__",
    "alibaba",
    "huawei",
    "tencent",
    "ucloud",
    "yunpian",
]
