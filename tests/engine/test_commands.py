"""The command `smssign` on a real stack that has a signature at every vendor."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.cli.display import escaped
from pulumi_smssign.core.registry import named
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.engine.cases import ALIBABA, CASES, Case, at
from tests.engine.project import STACK, Project
from tests.engine.scene import NEW, Scene
from tests.images import png

TEXT = "极客科技"
GOES = (
    'approved, and deletion_policy is "delete": removal from the program, or pulumi destroy, '
    "deletes"
)
_LONGEST = 60


@dataclass(frozen=True)
class Result:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.out)


@dataclass(frozen=True)
class Company:
    """A stack with a signature at each vendor, named after it."""

    project: Project
    served: RunningSandbox

    def decide(self, **raw: str) -> None:
        """Every vendor approves, but for those that are named with a status of their own."""
        for case in CASES:
            (one,) = self.served.sandbox.signatures(case.vendor)
            wanted = raw.get(case.vendor, case.statuses.approved)
            reason = "licence unreadable" if wanted == case.statuses.rejected else ""
            self.served.sandbox.set_status(case.vendor, one.id, wanted, reason)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ("python", "-m", "pulumi_smssign.cli", *arguments),
            cwd=self.project.folder,
            env={**self.project.environment, "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def smssign(self, *arguments: str, **environment: str) -> Result:
        with self.start(*arguments, **environment) as process:
            out, err = process.communicate(timeout=_LONGEST)
        assert "Traceback" not in err, err
        return Result(process.returncode, out, err)


def raw(vendor: str, which: str) -> str:
    (case,) = (case for case in CASES if case.vendor == vendor)
    return str(getattr(case.statuses, which))


def arguments_of(case: Case) -> dict[str, Any]:
    """What is declared at a vendor: its case, and papers where the vendor wants them."""
    more = {"tencent": {"qualification_id": 2000417}}.get(case.vendor, {})
    return {**case.arguments, **more}


@pytest.fixture(scope="module")
def founded(
    tmp_path_factory: pytest.TempPathFactory, template: Path, python: Path
) -> Iterator[Company]:
    with running() as served:
        project = Project(tmp_path_factory.mktemp("company"), template, served.url)
        project.use_python(python)
        project.write("licence.png", png())
        for case in CASES:
            project.declare(case.vendor, case.vendor, arguments_of(case))
        project.pulumi("stack", "select", check=True)
        project.apply()
        yield Company(project, served)


@pytest.fixture
def company(founded: Company) -> Company:
    """The company, all of whose signatures are approved; state still has them pending."""
    founded.served.sandbox.faults.clear()
    founded.served.sandbox.log.clear()
    founded.decide()
    return founded


def test_status_with_all_approved_ends_with_0_and_needs_no_refresh(company: Company) -> None:
    result = company.smssign("status")
    assert result.code == 0
    for case in CASES:
        (line,) = (line for line in result.out.splitlines() if line.startswith(case.vendor))
        assert "APPROVED" in line
        assert "(state: " not in line
        assert TEXT in line
    assert "\n5 approved.\n" in result.err
    assert result.err.endswith("does not manage: run `smssign audit`.\n")


def test_status_names_what_a_dropped_line_deletes_which_in_a_sandbox_is_the_default(
    company: Company,
) -> None:
    result = company.smssign("status")
    named, _, what = result.err.splitlines()[0].partition(": ")
    assert what == f"{GOES} them."
    assert set(named.split(", ")) == {case.vendor for case in CASES if case.deletes}
    document = company.smssign("status", "--json").document
    told = {(one["deletion_policy"], one["shared"]) for one in document["signatures"]}
    assert told == {("delete", False)}
    summary = company.smssign("status", "--summary", "-").out
    assert escaped(f"{GOES} them.") in summary


def test_status_asks_each_account_once_and_changes_nothing(company: Company) -> None:
    before = company.project.export()
    company.smssign("status")
    calls = [call.vendor for call in company.served.sandbox.calls()]
    assert sorted(calls) == sorted(case.vendor for case in CASES)
    assert company.project.export() == before


def test_status_with_one_pending_ends_with_3_and_says_since_when(company: Company) -> None:
    company.decide(tencent=raw("tencent", "pending"))
    result = company.smssign("status", "--json")
    (one,) = (one for one in result.document["signatures"] if one["vendor"] == "tencent")
    assert (result.code, result.document["exit_code"], result.document["outcome"]) == (
        3,
        3,
        "pending",
    )
    assert (one["status"], one["next"]) == ("PENDING", "wait: a reviewer decides")
    assert one["waiting_since"] == company.project.outputs_of("tencent")["accepted_at"]


@pytest.mark.parametrize("vendor", [case.vendor for case in CASES])
def test_status_with_one_rejected_ends_with_4_and_says_why(company: Company, vendor: str) -> None:
    company.decide(**{vendor: raw(vendor, "rejected")})
    result = company.smssign("status", "--json")
    (one,) = (one for one in result.document["signatures"] if one["vendor"] == vendor)
    assert result.code == 4
    assert (one["move"], one["next"]) == ("mend", "mend: licence unreadable")


def test_status_with_one_suspended_ends_with_4_and_the_stack_may_be_named(
    company: Company,
) -> None:
    company.decide(huawei="TO_BE_ACTIVATED")
    result = company.smssign("status", "--json", "--stack", STACK, "--cwd", ".")
    (one,) = (one for one in result.document["signatures"] if one["vendor"] == "huawei")
    assert result.code == 4
    assert (one["status"], one["next"]) == (
        "SUSPENDED",
        "activate: set activate=True and run pulumi up",
    )


def test_status_until_filed_waits_for_the_carriers(company: Company) -> None:
    result = company.smssign("status", "--until", "filed", "--json")
    pending = [one["vendor"] for one in result.document["signatures"] if one["move"] == "wait"]
    assert (result.code, pending) == (3, ["alibaba"])


def test_status_that_can_not_ask_an_account_shows_the_others_and_ends_with_1(
    company: Company,
) -> None:
    company.served.sandbox.faults.add(
        {"vendor": "ucloud", "kind": "error", "code": 172, "message": "no such key", "times": None}
    )
    result = company.smssign("status")
    assert result.code == 1
    assert "Error: ucloud refused QueryUSMSSignature: the vendor does not know" in result.err
    assert "ucloud says: no such key" in result.err
    assert result.out.count("APPROVED") == 4
    assert "Traceback" not in result.err


def test_status_of_a_folder_without_a_project_is_an_error_and_no_traceback(
    company: Company, tmp_path: Path
) -> None:
    result = company.smssign("status", "--cwd", str(tmp_path))
    assert result.code == 1
    assert "Error: `pulumi stack export` failed" in result.err
    assert "what to do: name the project's folder with --cwd" in result.err


def test_status_changed_tells_only_what_moved_and_its_file_is_the_users_alone(
    company: Company, tmp_path: Path
) -> None:
    file = tmp_path / "last.json"
    first = company.smssign("status", "--changed", str(file))
    assert first.out.count("APPROVED") == 5
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert TEXT not in json.dumps(json.loads(file.read_text("utf-8"))["at"])

    again = company.smssign("status", "--changed", str(file))
    assert (again.code, again.out) == (0, "")
    assert again.err.startswith("Nothing has changed since ")

    company.decide(yunpian=raw("yunpian", "rejected"))
    moved = company.smssign("status", "--changed", str(file))
    assert moved.code == 4
    (line,) = moved.out.splitlines()[1:]
    assert line.startswith("yunpian")
    assert "REJECTED (was APPROVED)" in line
    company.decide()


def test_status_summary_appends_a_table_in_which_no_text_is_markdown(
    company: Company, tmp_path: Path
) -> None:
    company.decide(tencent=raw("tencent", "rejected"))
    (one,) = company.served.sandbox.signatures("tencent")
    company.served.sandbox.set_status("tencent", one.id, "-1", "a|b <img src=x> @team [x](y)\nz")
    file = tmp_path / "summary.md"
    file.write_text("before\n", "utf-8")
    assert company.smssign("status", "--summary", str(file)).code == 4
    text = file.read_text("utf-8")
    assert text.startswith("before\n### SMS signatures of dev\n")
    assert "<img" not in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + len(CASES)
    assert len({row.count("|") for row in rows}) == 1
    dashed = company.smssign("status", "--summary", "-")
    assert dashed.out.startswith("### SMS signatures of dev\n")


def test_watch_tells_what_moves_and_ends_when_nothing_is_pending(company: Company) -> None:
    company.decide(tencent=raw("tencent", "pending"), huawei=raw("huawei", "pending"))
    with company.start("watch", "--interval", "0.2s", "--compact") as process:
        assert process.stdout is not None
        first = [process.stdout.readline(), process.stdout.readline()]
        company.decide(huawei=raw("huawei", "rejected"))
        rest, err = process.communicate(timeout=_LONGEST)
    assert process.returncode == 4, err
    assert all("PENDING" in line and "wait: a reviewer decides" in line for line in first)
    assert any("tencent" in line and "APPROVED" in line for line in rest.splitlines())
    assert any("huawei" in line and "mend: licence" in line for line in rest.splitlines())
    assert "Traceback" not in err


def test_watch_ends_with_3_when_its_time_is_up_and_with_2_on_ctrl_c(company: Company) -> None:
    company.decide(alibaba=raw("alibaba", "pending"))
    assert company.smssign("watch", "--timeout", "0").code == 3
    with company.start("watch", "--interval", "30s") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=_LONGEST)
    assert process.returncode == 2
    assert err == "Cancelled.\n"


def test_doctor_finds_everything_in_order_and_says_that_it_is_a_sandbox(company: Company) -> None:
    result = company.smssign("doctor", "--json")
    checks = result.document["checks"]
    assert result.code == 0
    assert {check["health"] for check in checks} == {"ok", "note"}
    for case in CASES:
        subject = f"{case.vendor} (default)"
        found = [check["finding"] for check in checks if check["subject"] == subject]
        assert found[0] == "complete"
        assert found[-1].startswith("the key is accepted")
    assert any("licence.png is there, unchanged" in check["finding"] for check in checks)


def test_doctor_names_a_key_that_is_nobodys_a_refused_key_and_a_changed_file(
    company: Company,
) -> None:
    settings = company.project.folder / f"Pulumi.{STACK}.yaml"
    kept = settings.read_text("utf-8")
    try:
        company.project.configure({"smssign:sandbx": "http://127.0.0.1:8725"})
        company.project.write("licence.png", png(7))
        company.served.sandbox.faults.add(
            {"vendor": "ucloud", "kind": "error", "code": 172, "message": "no key", "times": None}
        )
        result = company.smssign("doctor")
    finally:
        settings.write_text(kept, "utf-8")
        company.project.write("licence.png", png())
    assert result.code == 1
    assert "perhaps smssign:sandbox is meant" in result.out
    assert "licence.png has changed since it was submitted" in result.out
    assert "the vendor does not know the key (172)" in result.out


def test_doctor_says_what_a_vendors_configuration_lacks_and_that_a_secret_is_in_plain_text(
    company: Company,
) -> None:
    settings = company.project.folder / f"Pulumi.{STACK}.yaml"
    kept = settings.read_text("utf-8")
    try:
        company.project.use_no_sandbox()
        company.project.configure(
            {
                "smssign:tencent.secretKey": "an-invented-key",
                "smssign:yunpian-shop.apikey": "k1",
                "smssign:yunpian-shop.endpoint": "http://127.0.0.1:9",
            }
        )
        result = company.smssign("doctor")
    finally:
        settings.write_text(kept, "utf-8")
    assert result.code == 1
    assert "the configuration smssign:tencent lacks secretId" in result.out
    assert "has secretKey in plain text" in result.out
    assert "yunpian can't be reached at 127.0.0.1:9 (" in result.out
    assert "an-invented-key" not in result.out + result.err


def test_find_lists_what_the_accounts_have_and_says_what_ucloud_can_not(company: Company) -> None:
    result = company.smssign("find")
    assert result.code == 0
    for vendor in ("alibaba", "huawei", "tencent", "yunpian"):
        (line,) = (line for line in result.out.splitlines() if line.startswith(vendor))
        assert line.split()[1] == TEXT
        assert line.endswith(vendor)
    assert "Not listed: ucloud has no list of an account's signatures" in result.err
    named = company.smssign("find", "--vendor", "ucloud", "--text", TEXT, "--json").document
    assert [one["resource"] for one in named["signatures"]] == ["ucloud"]
    assert company.smssign("find", "--account", "nobody").code == 1


def test_find_without_a_project_and_without_keys_has_nobody_to_ask(
    company: Company, tmp_path: Path
) -> None:
    result = company.smssign("find", "--cwd", str(tmp_path))
    assert result.code == 1
    assert "neither the configuration nor the environment names such an account" in result.err


def test_watch_in_a_terminal_is_a_table_that_lives_and_ctrl_c_leaves_it(company: Company) -> None:
    company.decide(alibaba=raw("alibaba", "pending"))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        (sys.executable, "-m", "pulumi_smssign.cli", "watch", "--interval", "0.2"),
        cwd=company.project.folder,
        env={**company.project.environment, "PYTHONPATH": "", "COLUMNS": "100", "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = ""
    pressed = False
    with contextlib.suppress(OSError):  # the terminal's other side is closed at the end
        while more := os.read(ours, 65536):
            shown += more.decode(errors="replace")
            if not pressed and shown.count("1 pending") > 1:
                process.send_signal(signal.SIGINT)
                pressed = True
    os.close(ours)
    assert process.wait(timeout=_LONGEST) == 2
    assert "─" in shown
    assert "Ctrl-C ends the watch, nothing is lost." in shown
    assert "\x1b[?25h" in shown, "the cursor is shown again"


@pytest.fixture
def newcomer(company: Company, tmp_path: Path, template: Path) -> Company:
    """A stack of the same accounts that manages nothing yet."""
    project = Project(tmp_path, template, company.served.url)
    project.environment["PATH"] = company.project.environment["PATH"]
    project.pulumi("stack", "select", check=True)
    return Company(project, company.served)


def written(program: str) -> str:
    """The lines of `smssign audit` with what was submitted in each placeholder's place."""
    (case,) = (case for case in CASES if f"= {case.vendor}.Signature(" in program)
    submitted, fields = case.arguments, named(case.vendor).application.model_fields

    def value(match: re.Match[str]) -> str:
        name = match[1]
        known = submitted.get(name, fields[name].get_default())
        return f"{name}={known.value if isinstance(known, Enum) else known!r},"

    return re.sub(r"(\w+)=TODO,", value, program)


def test_audits_lines_adopt_every_vendors_signature_and_record_no_guess(
    newcomer: Company,
) -> None:
    listed = newcomer.smssign("audit")
    asked = newcomer.smssign("audit", "--vendor", "ucloud", "--text", TEXT)
    assert (listed.code, asked.code) == (0, 0)
    assert listed.err.count("not managed by this stack") == 5
    assert "4 signatures in 4 accounts, 4 not managed by this stack.\n" in listed.err
    lines = listed.out + asked.out
    newcomer.project.write_program(lines)
    newcomer.project.configure({"smssign:deletionPolicy": "retain"})
    newcomer.project.write("licence.png", png())
    newcomer.served.sandbox.log.clear()

    blocks = lines.split("\n\n")
    unwritten = {
        case.vendor: re.findall(r"(\w+)=TODO,", block)
        for block in blocks
        for case in CASES
        if f"= {case.vendor}.Signature(" in block and "=TODO," in block
    }
    refused = newcomer.project.preview()
    assert not refused.succeeded
    # The engine ends the run with the first resource that fails.
    assert any(
        all(f"{name}: is still TODO: write what was submitted" in refused.output for name in names)
        for names in unwritten.values()
    )
    assert not newcomer.project.up("--skip-preview").succeeded
    assert unwritten.keys().isdisjoint(call.vendor for call in newcomer.served.sandbox.calls())
    recorded = {one["type"].lower() for one in newcomer.project.resources()}
    assert not [name for name in recorded if any(f":{vendor}s" in name for vendor in unwritten)]

    newcomer.project.write_program(
        "\n\n".join(written(block) if "Signature(" in block else block for block in blocks)
    )
    newcomer.project.apply()
    writes = {name for case in CASES for name in (case.names.submit, case.names.resubmit)}
    assert not writes & {call.action for call in newcomer.served.sandbox.calls()}
    held = [one for one in newcomer.project.resources() if one["type"].endswith("Sms")]
    assert len(held) == len(CASES)
    assert "6 unchanged" in newcomer.project.up("--skip-preview").output

    found = newcomer.smssign("audit", "--json").document
    assert [one["findings"] for one in found["signatures"]] == []
    shown = newcomer.smssign("status")
    assert (shown.code, GOES in shown.err) == (0, False)


def test_audit_names_what_a_dropped_line_deletes(company: Company) -> None:
    found = company.smssign("audit", "--json").document
    named = {one["vendor"] for one in found["signatures"] if f"{GOES} it" in one["findings"]}
    assert named == {case.vendor for case in CASES if case.deletes and case.vendor != "ucloud"}


def test_a_killed_run_is_in_the_journal_until_the_next_one_has_gone_on_from_it(
    tencent: Scene, served: RunningSandbox
) -> None:
    killed = Company(tencent.project, served)
    tencent.declare()
    tencent.fault(kind="slow", action=tencent.case.names.submit, seconds=4)
    tencent.project.kill_up(lambda: bool(tencent.held()))
    tencent.sandbox.faults.clear()
    (entry,) = killed.smssign("journal", "list", "--json").document["entries"]
    assert (entry["kind"], entry["state"], entry["name"]) == ("submit", "begun", "brand")
    assert (entry["vendor"], entry["side"], entry["account"]) == ("tencent", "sandbox", "default")
    tencent.project.apply()
    assert tencent.project.state("brand")["id"] == tencent.only().id
    assert killed.smssign("journal", "list").err.startswith("The journal is empty")


def test_a_cleared_entry_has_the_next_run_name_the_adopt_that_takes_over_what_arrived(
    tencent: Scene, served: RunningSandbox
) -> None:
    killed = Company(tencent.project, served)
    tencent.declare()
    tencent.fault(kind="slow", action=tencent.case.names.submit, seconds=4)
    tencent.project.kill_up(lambda: bool(tencent.held()))
    tencent.sandbox.faults.clear()
    cleared = killed.smssign("journal", "clear", "--all", "--yes")
    assert (cleared.code, "adopt=" in cleared.out) == (0, True)
    stuck = tencent.project.up()
    assert not stuck.succeeded
    assert f'adopt="{tencent.only().id}"' in stuck.diagnostics("brand")
    tencent.project.edit("brand", adopt=tencent.only().id)
    tencent.project.apply()


def test_status_says_what_becomes_of_a_predecessor_and_audit_finds_it_after(
    tencent: Scene, served: RunningSandbox
) -> None:
    renamed = Company(tencent.project, served)
    tencent.project.pulumi("stack", "select", check=True)
    tencent.project.configure({"smssign:deletionPolicy": "retain"})
    old = tencent.approved()
    tencent.rename(NEW)
    tencent.project.apply()
    shown = renamed.smssign("status", "--json")
    (predecessor,) = (one for one in shown.document["signatures"] if one["role"] == "predecessor")
    assert (shown.code, predecessor["id"], predecessor["status"]) == (3, old.id, "APPROVED")
    assert predecessor["next"].endswith(
        "in use until its successor is approved, then it stays in the account"
    )
    tencent.approve()
    tencent.project.apply()
    assert [one["role"] for one in renamed.smssign("status", "--json").document["signatures"]] == [
        "managed"
    ]
    found = renamed.smssign("audit", "--json", "--vendor", "tencent").document["signatures"]
    (left,) = (one for one in found if one["id"] == old.id)
    assert (left["managed"], left["findings"][0]) == (False, "not managed by this stack")


@at(ALIBABA)
def test_status_after_a_failed_replacement_promises_no_deletion_of_the_new_signature(
    scene: Scene, served: RunningSandbox
) -> None:
    """State then has one text twice: as its own, and as what a run is still to delete."""
    company = Company(scene.project, served)
    scene.project.pulumi("stack", "select", check=True)
    old = scene.approved()
    scene.project.refresh()
    scene.sandbox.remove(scene.case.vendor, old.id)
    scene.change_a_little()
    scene.project.wait(timeout=0, on_pending="fail")
    assert not scene.project.up().succeeded
    scene.approve()
    shown = company.smssign("status")
    (line,) = shown.out.splitlines()[1:]
    assert (shown.code, "deletes it" in shown.out) == (0, False)
    assert line.startswith("brand  ")
    assert "APPROVED" in line


def test_audit_tells_of_names_papers_and_filings_and_how_to_change_a_name(
    newcomer: Company,
) -> None:
    sandbox = newcomer.served.sandbox
    (alibaba,), (huawei,), (tencent,) = map(sandbox.signatures, ("alibaba", "huawei", "tencent"))
    sandbox.change(
        "alibaba", alibaba.id, fields={"RegisterStatus": {"mobile": 3, "unicom": 2, "telecom": 0}}
    )
    sandbox.change("huawei", huawei.id, fields={"signature_source": 2, "qualification_id": ""})
    sandbox.change("tencent", tencent.id, fields={"QualificationId": 0})
    try:
        result = newcomer.smssign("audit", "--json")
    finally:
        sandbox.change("alibaba", alibaba.id, fields={"RegisterStatus": None})
        sandbox.change(
            "huawei", huawei.id, fields={"signature_source": 0, "qualification_id": "Q-0417"}
        )
        sandbox.change("tencent", tencent.id, fields={"QualificationId": 2000417})
    findings = {one["vendor"]: one["findings"] for one in result.document["signatures"]}
    programs = {one["vendor"]: one["program"] for one in result.document["signatures"]}
    assert (
        "filing failed at telecom (SIGNATURE_QUALIFICATION_ERROR: 签名与资质不符。)"
        in findings["alibaba"]
    )
    assert "filing lapsed at unicom (NO_SEND_RECORD)" in findings["alibaba"]
    assert "no 资质" in findings["tencent"]
    assert "carriers have filed no names of apps since 2026-05-01" in findings["huawei"]
    assert "#    approved = Approval(" in programs["huawei"]
    assert "# 3. Then remove" in programs["huawei"]


def test_doctor_from_a_subfolder_knows_a_pointer_and_the_changes_that_the_program_ignores(
    tencent: Scene,
) -> None:
    project = tencent.project
    folder = project.folder / "src"
    folder.mkdir()
    for name in ("__main__.py", "program.json"):
        (folder / name).symlink_to(project.folder / name)
    (project.folder / "Pulumi.yaml").write_text(
        "name: test\nruntime: python\nmain: src/\n", "utf-8"
    )
    tencent.declare()
    (folder / "licence.png").write_bytes(png())
    project.apply()
    (folder / "licence.png").write_bytes(
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"
    )
    (folder / "deep").mkdir()

    def finding() -> tuple[str, str]:
        done = subprocess.run(
            (sys.executable, "-m", "pulumi_smssign.cli", "doctor", "--stack", STACK, "--json"),
            cwd=folder / "deep",
            env=project.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        checks = json.loads(done.stdout)["checks"]
        (check,) = (each for each in checks if each["subject"] == "brand.proof_image")
        return check["health"], check["finding"]

    health, pointer = finding()
    assert health == "warning"
    assert "it is a pointer of Git LFS" in pointer
    project.option("brand", ignore_changes=["proof_image"])
    project.apply()
    assert tencent.writes() == ["AddSmsSign"]
    assert finding() == (
        "note",
        f"{pointer}; ignore_changes has it, so no run takes that for a change",
    )
