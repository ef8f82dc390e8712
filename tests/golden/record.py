"""Records the golden stacks of the present version: `python -m tests.golden.record`.

It takes the engine on PATH, plays two stacks against a sandbox, and writes them into the folder of
the version's name. That of an earlier version is never written again: it is what users have.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_smssign.core.registry import named
from pulumi_smssign.sandbox import SignatureView
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.server import running
from pulumi_smssign.version import __version__
from tests.engine.cases import CASES, HUAWEI, TENCENT, UCLOUD, YUNPIAN, Case
from tests.engine.project import Project
from tests.images import png

GOLDEN = Path(__file__).parent
SANDBOX_URL = "http://127.0.0.1:8725"
"""What stands in an export for the sandbox's URL."""
PERSONAL = {
    "sign_use": 1,
    "business_license_name": "虚构科技有限公司",
    "id_card_name": "赵虚构",
    "id_card_number": "110105194912310021",
    "id_card_front": "licence.png",
    "id_card_back": "licence.png",
    "agent_mobile": "13800000000",
}
"""Invented; the last digit of the number is wrong."""
_OF_THE_MACHINE = ("sourcePosition", "stackTrace")
"""What Pulumi keeps of where a program stood."""
_LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯"


def folder_of(version: str) -> Path:
    """The folder of a version's golden stacks."""
    return GOLDEN / f"v{version.replace('.', '_')}"


def statuses_of(case: Case) -> list[str]:
    """A vendor's statuses, as far as the sandbox can show them, and one that nobody knows."""
    every = [*named(case.vendor).rules.statuses, case.statuses.unknown]
    return [
        status for status in every if status == "SUCCESS (disabled)" or "(disabled)" not in status
    ]


@dataclass
class Stage:
    """A stack that is being recorded, and the vendors' side of it."""

    project: Project
    sandbox: Sandbox
    declared: dict[str, tuple[Case, str]] = field(default_factory=dict)

    def declare(self, name: str, case: Case, text: str, **more: object) -> None:
        """Have the program declare a signature of this text."""
        self.project.declare(name, case.vendor, {**case.arguments, case.text: text, **more})
        self.declared[name] = (case, text)

    def held(self, name: str) -> SignatureView:
        """The vendor's record of a declared signature."""
        case, text = self.declared[name]
        (signature,) = self.sandbox.signatures(case.vendor, text=text)
        return signature

    def approve(self, name: str) -> None:
        """The reviewer approves it."""
        signature = self.held(name)
        self.sandbox.approve(signature.vendor, signature.id)

    def forget(self, name: str) -> str:
        """Take a signature out of state, and leave it at the vendor; what it is adopted by."""
        identifier = str(self.project.state(name)["id"])
        self.project.pulumi("state", "delete", self.project.urn(name), "--yes", check=True)
        return identifier


def statuses(stage: Stage) -> None:
    """Each vendor in each status, what is adopted, what is only read, and a settled Approval."""
    raw: dict[str, str] = {}
    for case in CASES:
        for letter, status in zip(_LETTERS, statuses_of(case), strict=False):
            name = f"{case.vendor}-{status.replace(' (disabled)', '-disabled')}"
            stage.declare(name, case, f"极客{letter}科")
            raw[name] = status
    stage.declare("personal", YUNPIAN, "极客虚构", **PERSONAL)
    taken = {"adopted": TENCENT, "adopted-by-text": YUNPIAN, "read": HUAWEI, "read-too": UCLOUD}
    for name, case in taken.items():
        stage.declare(name, case, "极客旧名")
    stage.project.apply()
    for name, status in raw.items():
        signature = stage.held(name)
        reason = "证件不清晰" if status == stage.declared[name][0].statuses.rejected else ""
        stage.sandbox.set_status(signature.vendor, signature.id, status, reason)
    for name, case in taken.items():
        identifier = stage.forget(name)
        if name.startswith("adopted"):
            stage.project.edit(name, adopt=identifier)
        else:
            stage.project.program["signatures"][name] = {
                "vendor": case.vendor,
                "get": identifier,
                "arguments": {},
            }
    approved = [f"{case.vendor}-{case.statuses.approved}" for case in CASES]
    stage.project.refresh()
    stage.project.wait(signatures=approved, timeout="1m")
    stage.project.apply()
    stage.project.refresh()
    stage.project.apply()


def changing(stage: Stage) -> None:
    """Approved ones whose successors are in review, one that the engine is to delete, a wait."""
    stage.sandbox.review_policy = "immediate"
    for case in (TENCENT, UCLOUD, YUNPIAN):
        stage.declare(case.vendor, case, "极客旧名")
    stage.project.wait(timeout=0, on_pending="continue")
    stage.project.apply()
    stage.sandbox.review_policy = "manual"
    for case in (TENCENT, UCLOUD, YUNPIAN):
        stage.declare(case.vendor, case, "极客新名")
    stage.declare("left-over", UCLOUD, "极客余名")
    stage.project.apply()
    stage.declare("left-over", UCLOUD, "极客余新", international=True)
    order = {"kind": "error", "vendor": "ucloud", "code": UCLOUD.refusal_code}
    stage.sandbox.faults.add({**order, "action": UCLOUD.names.withdraw})
    failed = stage.project.up("--skip-preview")
    assert not failed.succeeded
    assert any(resource.get("delete") for resource in stage.project.resources()), failed.output


STACKS: Mapping[str, Callable[[Stage], None]] = {"statuses": statuses, "changing": changing}


def record(name: str, folder: Path) -> None:
    """Play a stack and keep what is left of it."""
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        sandbox = Sandbox(state=scratch / "sandbox.json")
        sandbox.switches.set({"tencent.enforce_rate": False})
        with running(sandbox) as served:
            project = Project(scratch / "stack", passphrase=True)
            project.use_sandbox(served.url)
            project.write_program((GOLDEN / "program.py").read_text("utf-8"))
            project.write("licence.png", png())
            STACKS[name](Stage(project, sandbox))
            export = json.loads(project.export().replace(served.url, SANDBOX_URL))
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for resource in export["deployment"]["resources"]:
            for place in _OF_THE_MACHINE:
                resource.pop(place, None)
        files: Mapping[str, Any] = {
            "export.json": export,
            "program.json": project.program,
            "sandbox.json": json.loads((scratch / "sandbox.json").read_text("utf-8")),
        }
        for file, content in files.items():
            text = json.dumps(content, ensure_ascii=False, indent=1)
            (folder / file).write_text(f"{text}\n", "utf-8")
        shutil.copy(GOLDEN / "program.py", folder)
        (folder / "licence.png").write_bytes(png())


def main() -> None:
    """Record every golden stack of the present version, or those that are named."""
    for name in sys.argv[1:] or STACKS:
        record(name, folder_of(__version__) / name)


if __name__ == "__main__":
    main()
