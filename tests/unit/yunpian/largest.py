"""A program that submits the largest application that Yunpian takes, and tells what it took.

Its arguments are where to submit it and the folder that has the papers. It prints the peak of its
memory in bytes, before and after.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import cast

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.application import Application
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.core.submission import submit_once
from pulumi_smssign.yunpian.api import SignatureApi
from pulumi_smssign.yunpian.application import SignatureApplication
from pulumi_smssign.yunpian.auth import AccountCredentials
from pulumi_smssign.yunpian.rules import RULES
from tests.yunpian_applications import PERSON, own_use


def largest(folder: Path) -> SignatureApplication:
    """7 licences of 10 MiB and both sides of an ID card of 5 MiB."""
    licence = evidence.describe(folder / "licence")
    side = evidence.describe(folder / "side")
    inputs = own_use(
        sign_use=1,
        licences=[licence] * 7,
        business_license_name="极客科技有限公司",
        **PERSON,
        id_card_front=side,
        id_card_back=side,
    )
    return SignatureApplication.of(inputs, "")


def peak() -> int:
    """The most memory that this process has had; Linux counts an elder's before exec too."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(url: str, folder: str) -> None:
    """Submit it once, as a run does."""
    api = SignatureApi(AccountCredentials.sandbox(url, "default"))
    application = largest(Path(folder))
    before = peak()
    submit_once(RULES, cast("Api[Application]", api), application)
    json.dump({"before": before, "after": peak()}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
