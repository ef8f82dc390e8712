"""A trial on the real engine: somebody is killed, something happens, and the next runs mend it."""

from __future__ import annotations

import copy
import os
import random
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.desk import Desk, Held
from tests.chaos.plan import Meanwhile, Operation, Plan, Point, Victim
from tests.engine.cases import CASES, Case
from tests.engine.project import Project, Run
from tests.images import png
from tests.told import told

HELD_BACK = 4.0
"""Seconds for which the sandbox holds an answer back, while somebody is killed."""
PLUGINS_END = 40.0
"""Seconds within which a plugin has to end whose engine was killed."""
A_MINUTE = 61.0
"""Seconds that somebody waits who reads "in a minute"."""
_LONGEST = 120
_NAMES = "甲乙丙丁戊己庚辛壬癸"


@dataclass
class Outcome:
    """The outcome of a trial; the lists are empty when all is well."""

    plan: Plan
    reached: bool = True
    doubled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    """Signatures in no state, since the program says another text by now."""
    followed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def is_well(self) -> bool:
        """Whether nothing was doubled, lost, stuck or orphaned."""
        return not (self.doubled or self.lost or self.stuck or self.orphans)

    def __str__(self) -> str:
        names = ("doubled", "lost", "stuck", "orphans", "superseded", "followed")
        flaws = [f"{name}: {'; '.join(texts)}" for name in names if (texts := getattr(self, name))]
        reached = "" if self.reached else " (it was over before)"
        return f"{self.plan}{reached}: " + (" | ".join(flaws) or "well")


class Stage:
    """One vendor's project and desk, on which one trial follows another.

    Args:
        case: the vendor.
        project: a project whose stack uses the desk.
        desk: the vendor's side.
    """

    def __init__(self, case: Case, project: Project, desk: Desk) -> None:
        self.case = case
        self.project = project
        self.desk = desk
        self.unowned: set[str] = set()
        self._policy = "delete"
        self._count = 0
        project.was_killed = True  # a create that was cut off stays in the state's operations
        if case.vendor == "ucloud":
            desk.set(duplicates="accepted")  # it is only inferred that it refuses them
        if case.vendor == "tencent":
            desk.set(enforce_rate=False)

    def new_text(self) -> str:
        """A new text, which nobody has had."""
        self._count += 1
        digits = [_NAMES[int(digit)] for digit in f"{self._count:03}"]
        return "极客" + "".join(digits)

    def identifier(self, signature: Held) -> str:
        """The id by which Pulumi holds it."""
        return signature.text if self.case.knows_by_text else signature.id

    @property
    def declares(self) -> bool:
        """Whether the program declares the signature."""
        return "brand" in self.project.program["signatures"]

    def declare(self, **arguments: object) -> None:
        """Have the program declare a signature with a new text."""
        text = self.new_text()
        self.project.write("licence.png", png(0))
        self.project.declare(
            "brand", self.case.vendor, {**self.case.arguments, self.case.text: text, **arguments}
        )

    def agree_on(self, policy: str) -> bool:
        """Have the stack's signatures have a `deletion_policy`; whether that is another one."""
        is_new, self._policy = policy != self._policy, policy
        self.project.policy(policy)
        return is_new

    def change_the_proof(self) -> None:
        """Put another picture under the path of the evidence."""
        self._count += 1
        if self.case.takes_files:
            self.project.write("licence.png", png(self._count))
        else:
            self.project.edit("brand", **{self.case.evidence: [f"papers/{self._count}.png"]})

    def rename(self) -> None:
        """Give the declared signature a text that nobody has had."""
        self.project.edit("brand", **{self.case.text: self.new_text()})

    def verdict(self, how: Callable[[Held], None], *statuses: str) -> None:
        """The reviewer decides what is in one of these statuses."""
        for signature in self.desk.held():
            if signature.status in statuses:
                how(signature)

    def owned(self) -> dict[str, str]:
        """The signatures that the state has or remembers, each with what it is there."""
        owned: dict[str, str] = {}
        for resource in self.project.resources():
            if not resource["type"].endswith("Sms"):
                continue
            outputs = told(resource.get("outputs", {}))
            identity = outputs.get("text") if self.case.knows_by_text else resource.get("id")
            owned[str(identity or resource.get("id"))] = (
                "doomed" if resource.get("delete") else "own"
            )
            for old in resource.get("inputs", {}).get("__predecessors") or ():
                named = old["text"] if self.case.knows_by_text else old["id"]
                owned.setdefault(str(named), "predecessor")
        return owned

    def settle(self) -> Run:
        """Approve everything, and have a run take note of it."""
        self.verdict(self.desk.approve, "pending", "rejected")
        return self.project.up()


class Trial:
    """One trial on a stage.

    Args:
        stage: where it is played; of no further use when the outcome is not well.
        plan: what is played.
        chance: where it is left to chance.
    """

    def __init__(self, stage: Stage, plan: Plan, chance: random.Random) -> None:
        self._stage = stage
        self._plan = plan
        self._chance = chance
        self._outcome = Outcome(plan)
        self._printed = ""
        self._was: dict[str, Any] = {}
        self._files: dict[str, bytes] = {}
        self._new: tuple[dict[str, Any], dict[str, bytes]] = {}, {}
        """The program and its files as edited, once the edit has been taken back."""

    def run(self) -> Outcome:
        """Play it."""
        began = time.monotonic()
        outcome, stage = self._outcome, self._stage
        if not self._prepare():
            outcome.seconds = time.monotonic() - began
            return outcome
        before = stage.desk.held()
        submissions = {signature.id: signature.submissions for signature in before}
        killed_at, plugins = self._kill()
        self._meanwhile()
        after = stage.desk.held()
        self._recover()
        self._judge(before, after)
        for signature in stage.desk.held():
            if signature.submissions > submissions.get(signature.id, 0) + self._may_submit():
                outcome.doubled.append(f"{signature.text} was sent {signature.submissions} times")
        self._look_for_orphans(plugins, killed_at)
        outcome.seconds = time.monotonic() - began
        return outcome

    # --- before

    def _prepare(self) -> bool:
        """Bring the stage to where the operation begins, and edit the program for it."""
        stage, project, operation = self._stage, self._stage.project, self._plan.operation
        project.program["approval"] = None
        is_new = stage.agree_on(self._plan.policy)
        if operation is Operation.CREATE:
            if stage.declares:
                project.drop("brand")
                if not self._applied():
                    return False
            stage.unowned |= {signature.text for signature in stage.desk.held()}
            self._keep()
            stage.declare()
            return True
        if not self._is_there(is_new=is_new):
            return False
        stage.verdict(stage.desk.approve, "pending", "rejected")
        if operation is Operation.LET_GO:
            stage.rename()
            if not self._applied():
                return False
            stage.verdict(stage.desk.approve, "pending")
        if operation is Operation.UPDATE:
            stage.verdict(stage.desk.reject, "approved")
            if self._chance.random() < 0.5:
                project.refresh()
        self._keep()
        self._edit(operation)
        return True

    def _is_there(self, *, is_new: bool) -> bool:
        """Have the program declare a signature, and the vendor have it, with a policy in state."""
        if self._stage.declares and self._plan.operation is not Operation.LET_GO and not is_new:
            return True
        if not self._stage.declares:
            self._stage.declare()
        return self._applied()

    def _applied(self) -> bool:
        run = self._stage.project.up("--skip-preview")
        if not run.succeeded:
            self._outcome.stuck.append(f"in the preparation: {_error(run)}")
        return run.succeeded

    def _edit(self, operation: Operation) -> None:
        stage, project = self._stage, self._stage.project
        if operation is Operation.UPDATE:
            stage.change_the_proof()
        elif operation is Operation.NEW_FIRST:
            stage.rename()
        elif operation is Operation.DELETE_FIRST and stage.case.editable:
            stage.rename()
            project.option("brand", delete_before_replace=True)
        elif operation is Operation.DELETE_FIRST:
            stage.change_the_proof()
        elif operation is Operation.DELETE:
            project.drop("brand")
        elif operation is Operation.WAIT:
            stage.verdict(stage.desk.reject, "approved")
            stage.change_the_proof()
            project.wait(timeout="10m")

    def _keep(self) -> None:
        """Keep the program as it is before the change."""
        self._was, self._files = self._written()

    def _written(self) -> tuple[dict[str, Any], dict[str, bytes]]:
        """A copy of the program and of its files."""
        project = self._stage.project
        file = project.folder / "licence.png"
        files = {file.name: file.read_bytes()} if file.exists() else {}
        return copy.deepcopy(project.program), files

    def _write(self, program: dict[str, Any], files: dict[str, bytes]) -> None:
        """Have the program be what was kept, without an approval."""
        project = self._stage.project
        project.program = copy.deepcopy(program)
        project.program["approval"] = None
        for name, content in files.items():
            project.write(name, content)

    # --- the kill

    def _kill(self) -> tuple[float, list[int]]:
        stage, plan = self._stage, self._plan
        command: tuple[str, ...]
        if plan.operation is Operation.REFRESH:
            command = ("refresh", "--yes", "--skip-preview")
        elif plan.operation is Operation.DELETE_FIRST:
            command = ("up", "--yes")
        else:
            command = ("up", "--yes", "--skip-preview")
        has_come = self._moment()
        # Who is killed is a process as a user's; the runs before and after only have to be quick.
        process = stage.project._start_as("cold", *command)
        until = time.monotonic() + _LONGEST
        while not has_come() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        if plan.point is Point.SOON:
            time.sleep(self._chance.uniform(0, 0.25))
        self._outcome.reached = process.poll() is None
        plugins = stage.project.plugins()
        writes = self._strike(process, plugins)
        killed_at = time.monotonic()
        output = self._ended(process)
        self._printed += output
        stage.project.outputs += output
        stage.desk.clear_faults()
        if plan.victim in (Victim.COMMAND, Victim.BOTH):
            stage.project.pulumi("cancel", "--yes")
            late = self._writes()[writes:]
            if late:
                self._outcome.orphans.append(f"sent after its engine was killed: {late}")
        return killed_at, plugins

    def _ended(self, process: subprocess.Popen[str]) -> str:
        """The output of the command when it has ended; the verdict that it waits for, it gets."""
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until:
            try:
                return process.communicate(timeout=1)[0]
            except subprocess.TimeoutExpired:
                if self._plan.operation is Operation.WAIT:
                    self._stage.verdict(self._stage.desk.approve, "pending")
        process.kill()
        self._outcome.stuck.append(f"the command did not end in {_LONGEST} s")
        return process.communicate()[0]

    def _moment(self) -> Callable[[], bool]:
        """Order what holds the point open; tells whether it has come."""
        desk, point, actions = self._stage.desk, self._plan.point, self._stage.case.names
        writes = self._actions()
        write = writes[min(self._plan.write, len(writes) - 1)] if writes else ""
        if point is Point.RANDOM:
            at = time.monotonic() + self._chance.uniform(0.3, 2.5)
            return lambda: time.monotonic() >= at
        if point is Point.LOOK:
            looks = {actions.look, actions.find}
            for action in looks:
                desk.fault(kind="slow", action=action, seconds=HELD_BACK, times=None)
            return self._calls_more(*looks)
        if point is Point.BEFORE:
            desk.fault(kind="hang", action=write, seconds=HELD_BACK, acts=False)
        elif point is Point.TAKEN:
            desk.fault(kind="slow", action=write, seconds=HELD_BACK)
        elif point is Point.BACK_OFF:
            code = self._stage.case.codes.throttled
            desk.fault(kind="error", action=write, code=code, times=None)
        elif point is Point.ANSWERED:
            return self._answered(write)
        return self._calls_more(write)

    def _answered(self, write: str) -> Callable[[], bool]:
        """The moment at which the vendor has said yes, and is asked what it says of it."""
        desk, look = self._stage.desk, self._stage.case.names.look
        desk.fault(kind="slow", action=write, seconds=1.0)
        written = self._calls_more(write)
        asked: list[Callable[[], bool]] = []

        def has_come() -> bool:
            if not asked and written():
                desk.fault(kind="slow", action=look, seconds=HELD_BACK)
                asked.append(self._calls_more(look))
            return bool(asked) and asked[0]()

        return has_come

    def _calls_more(self, *actions: str) -> Callable[[], bool]:
        before = len(self._stage.desk.calls(*actions))
        return lambda: len(self._stage.desk.calls(*actions)) > before

    def _actions(self) -> list[str]:
        """The writes of the operation, in their order."""
        actions = self._stage.case.names
        return {
            Operation.CREATE: [actions.submit],
            Operation.UPDATE: [actions.resubmit],
            Operation.NEW_FIRST: [actions.submit],
            Operation.LET_GO: [actions.withdraw],
            Operation.DELETE_FIRST: [actions.withdraw, actions.submit],
            Operation.DELETE: [actions.withdraw],
        }.get(self._plan.operation, [])

    def _writes(self) -> list[str]:
        actions = self._stage.case.names
        calls = self._stage.desk.calls(actions.submit, actions.resubmit, actions.withdraw)
        return [call.action for call in calls]

    def _strike(self, process: subprocess.Popen[str], plugins: list[int]) -> int:
        """Kill; how many writes there have been by then."""
        victim, desk = self._plan.victim, self._stage.desk
        if victim is Victim.SANDBOX:
            desk.kill()
            time.sleep(0.3)
            desk.start()
            return 0
        if victim in (Victim.COMMAND, Victim.BOTH):
            process.kill()
        if victim in (Victim.PLUGIN, Victim.BOTH):
            for plugin in plugins:
                _end(plugin)
        time.sleep(0.1)  # what was on its way by then arrives
        return len(self._writes())

    # --- after

    def _meanwhile(self) -> None:
        stage, project, meanwhile = self._stage, self._stage.project, self._plan.meanwhile
        project.program["approval"] = None
        if meanwhile is Meanwhile.APPROVED:
            stage.verdict(stage.desk.approve, "pending")
        elif meanwhile is Meanwhile.REJECTED:
            stage.verdict(stage.desk.reject, "pending")
        elif meanwhile is Meanwhile.EDITED and stage.declares:
            stage.rename()
        elif meanwhile is Meanwhile.TAKEN_BACK:
            self._new = self._written()
            self._write(self._was, self._files)

    def _recover(self) -> None:
        """Two runs at most, doing between them what the first one says; then the approval."""
        outcome, stage = self._outcome, self._stage
        run = self._up()
        if not run.succeeded:
            outcome.followed.append(self._follow(run))
            run = self._up()
        if not run.succeeded:
            outcome.stuck.append(_error(run))
            return
        if stage.declares:
            stage.project.edit("brand", **_without_adoption(stage))
            stage.project.program["signatures"]["brand"].pop("options", None)
        run = stage.settle()
        self._printed += run.output
        if not run.succeeded:
            outcome.stuck.append(f"when all was approved: {_error(run)}")

    def _up(self) -> Run:
        run = self._stage.project.up()
        self._printed += run.output
        return run

    def _follow(self, run: Run) -> str:
        """Do what a message says; gives what that was."""
        stage, message = self._stage, run.diagnostics("brand")
        advice = message.partition("what to do:")[2]
        adoption = re.search(r'adopt="([^"]+)"', advice)
        if "adopt= out" in advice:
            stage.project.edit("brand", adopt=None)
            return "adopt= taken out"
        if advice.startswith(" take the change back") and self._new[0]:
            # The edit was approved before it was taken back: that is the change.
            self._write(*self._new)
            return f"the change taken back: {_error(run)}"
        if "wait for the verdict" in advice or f"refused {stage.case.names.withdraw}" in message:
            stage.verdict(stage.desk.approve, "pending")
            return "the verdict was waited for"
        if adoption:
            stage.project.edit("brand", adopt=adoption[1])
            return f"adopt={adoption[1]}: {_error(run)}"
        if "pulumi refresh" in advice:
            stage.project.refresh()
            return f"refresh: {_error(run)}"
        if "in a minute" in advice:
            time.sleep(A_MINUTE)
            return f"run again in a minute: {_error(run)}"
        return f"run again: {_error(run)}"

    def _judge(self, before: list[Held], after: list[Held]) -> None:
        stage, outcome = self._stage, self._outcome
        held, owned = stage.desk.held(), stage.owned()
        texts = Counter(signature.text for signature in held)
        outcome.doubled += [f"{text} is there {n} times" for text, n in texts.items() if n > 1]
        identities = {stage.identifier(signature) for signature in held}
        own = [identity for identity, kind in owned.items() if kind == "own"]
        # A predecessor that the state remembers may be gone.
        missing = [identity for identity in own if identity not in identities]
        outcome.lost += [f"{identity} is in state and not there" for identity in missing]
        if len(own) != int(stage.declares):
            outcome.lost.append(f"the state has {owned}")
        if stage.declares and not outcome.stuck:
            wanted = stage.project.program["signatures"]["brand"]["arguments"][stage.case.text]
            mine = [signature.text for signature in held if stage.identifier(signature) in own]
            if mine != [wanted]:
                outcome.lost.append(f"the program says {wanted}, and the resource has {mine}")
        for signature in held:
            if stage.identifier(signature) not in owned and signature.text not in stage.unowned:
                self._left_behind(signature, before)
                stage.unowned.add(signature.text)
        seen = (*before, *after)
        approved = {signature.id: signature for signature in seen if signature.status == "approved"}
        gone = approved.keys() - {signature.id for signature in held}
        for signature in (approved[id_] for id_ in sorted(gone)):
            if not self._may_go(signature):
                outcome.lost.append(f"{signature} was approved and is gone")

    def _left_behind(self, signature: Held, before: list[Held]) -> None:
        """Note a signature that no state has: an approved one may stay.

        A text that was edited, or taken back, after a kill leaves the first one in the account.
        """
        stays = self._plan.policy == "retain" or not self._stage.case.deletes
        is_new = signature.id not in {old.id for old in before}
        if stays and not is_new:
            return
        moved = self._plan.meanwhile in (Meanwhile.EDITED, Meanwhile.TAKEN_BACK)
        known = self._outcome.superseded if moved and is_new else self._outcome.lost
        known.append(f"{signature.text} ({signature.id}) is {signature.status} and in no state")

    def _may_go(self, signature: Held) -> bool:
        """Whether an approved one may be gone: only with "delete", and as it was said."""
        if self._plan.policy == "retain":
            return False
        if self._plan.operation in (Operation.DELETE, Operation.LET_GO):
            return True
        name = f"【{signature.text}】" + (
            f" ({signature.id})" if signature.id != signature.text else ""
        )
        lines = [line for line in self._printed.splitlines() if name in line]
        is_said = any("WILL BE DELETED FIRST" in line or "is deleted: " in line for line in lines)
        return is_said or (self._plan.operation is Operation.DELETE_FIRST and self._deletes_first)

    @property
    def _deletes_first(self) -> bool:
        """Whether the program has the engine put the deletion first."""
        return self._stage.case.editable

    def _may_submit(self) -> int:
        """The number of submissions since that are right: one, and one more where something moved.

        Of a change that was rejected meanwhile most vendors don't tell that it had arrived.
        """
        still = (Meanwhile.NOTHING, Meanwhile.APPROVED)
        moved = self._plan.meanwhile not in still
        return 1 + int(moved)

    def _look_for_orphans(self, plugins: list[int], killed_at: float) -> None:
        alive = _alive(plugins, self._stage.project)
        while alive and time.monotonic() - killed_at < PLUGINS_END:
            time.sleep(0.2)
            alive = _alive(plugins, self._stage.project)
        for plugin in alive:
            self._outcome.orphans.append(f"plugin {plugin} lives on")
            _end(plugin)


def stage_of(vendor: str, folder: Path, template: Path, python: Path) -> Stage:
    """A stage as new; `template` is a project to begin as a copy of."""
    (case,) = (case for case in CASES if case.vendor == vendor)
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk(vendor, folder)
    project = Project(folder / "stack", template, desk.url)
    project.use_python(python)
    return Stage(case, project, desk)


def _without_adoption(stage: Stage) -> dict[str, object]:
    arguments = stage.project.program["signatures"]["brand"]["arguments"]
    return {"adopt": None} if "adopt" in arguments else {}


def _error(run: Run) -> str:
    """The first error of a run that failed."""
    lines = [line.strip() for line in run.output.splitlines() if line.strip().startswith("error: ")]
    reasons = [line for line in lines if "update failed" not in line]
    return (reasons or lines or ["no error"])[0][:300]


def _alive(plugins: list[int], project: Project) -> list[int]:
    return [plugin for plugin in project.plugins() if plugin in plugins]


def _end(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
