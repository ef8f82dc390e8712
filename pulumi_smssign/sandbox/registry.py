"""The registry: the vendors that the sandbox plays, a package each, with the same rooms.

| room | holds |
| --- | --- |
| `gateway` | the vendor as a client meets it: whose a request is, order of checks, envelopes |
| `auth` | the request's signature, and the test keys with their accounts |
| `contracts` | what the vendor's pages fix: names of actions and parameters, enumerations, limits |
| `screening` | what is checked of an application: refusals at once, objections for the reviewers |
| `actions` | what each action does with the desk |
| `statuses` | the statuses, what they mean, which one is shown, and what befalls a signature else |

Beside these a vendor may have rooms of its own, such as its `codes`, or Huawei's `iam`. Two tables
are data: `switches.toml` says what the pages leave open and a user sees, and `console.toml` what
the reviewer's desk offers.
"""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_smssign.sandbox.alibaba.gateway import Alibaba
from pulumi_smssign.sandbox.gateway import Gateway
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.huawei.gateway import Huawei
from pulumi_smssign.sandbox.tencent.gateway import Tencent
from pulumi_smssign.sandbox.ucloud.gateway import UCloud
from pulumi_smssign.sandbox.yunpian.gateway import Yunpian

VENDORS: tuple[type[Gateway], ...] = (Tencent, Huawei, UCloud, Yunpian, Alibaba)


def claimant(vendors: Iterable[Gateway], request: HttpRequest) -> Gateway | None:
    """Give the one vendor that claims `request`; None where none does, or more than one."""
    claimants = [vendor for vendor in vendors if vendor.claims(request)]
    return claimants[0] if len(claimants) == 1 else None
