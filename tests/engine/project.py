"""A Pulumi project in a folder of its own, driven by the real command line."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import psutil

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine import canaries, vault
from tests.engine.first_up import first_up
from tests.told import told

STACK = "dev"
AWAITING = 10
"""Pulumi's exit code of a run in which a resource awaits something (`exit_codes.go`)."""
_LONGEST = 120
_PROGRAM = Path(__file__).with_name("program.py")
FOREIGN = ("TENCENTCLOUD_", "HUAWEICLOUD_", "UCLOUD_", "YUNPIAN_", "PULUMI_")
"""What the developer's own environment may hold and a test must not see."""


@dataclass(frozen=True)
class Run:
    """What a command printed, and its exit code."""

    output: str
    code: int

    @property
    def succeeded(self) -> bool:
        """Whether it ended green."""
        return self.code == 0

    @property
    def awaits(self) -> bool:
        """Whether it ended amber: something isn't over yet, and nothing went wrong."""
        return self.code == AWAITING

    def diagnostics(self, resource: str) -> str:
        """What is said on a resource's own row, of all phases; "" when nothing is."""
        said = []
        for block in self.output.split("Diagnostics:\n")[1:]:
            inside = False
            for line in block.splitlines():
                if line.startswith("  ") and line[2:3] not in {" ", ""}:
                    inside = line.endswith(f"({resource}):")
                elif not line.startswith(" ") and line:
                    break
                elif inside:
                    said.append(line.strip())
        return "\n".join(said)

    def plans(self, step: str, resource: str) -> bool:
        """Whether the run's steps have this one ("create", "update", "replace", ...)."""
        return any(
            f" {resource} " in f"{line} " and step in line.split()
            for line in self.output.splitlines()
        )


class Project:
    """A project with one stack; `program` is what its program declares.

    Args:
        folder: an empty folder for the project, its state and Pulumi's home.
        template: the folder of a project as new, to begin as its copy; None to make one.
        sandbox: the URL of the sandbox that the stack uses, or "".
        name: the project's name; that of a template is "test".
        passphrase: whether a passphrase keeps its secrets, as a user's, or a Vault.
    """

    def __init__(
        self,
        folder: Path,
        template: Path | None = None,
        sandbox: str = "",
        *,
        name: str = "test",
        passphrase: bool = False,
    ) -> None:
        self.folder = folder / "project"
        self._name = name
        if template is None:
            self.folder.mkdir(parents=True)
            (folder / "state").mkdir()
            (folder / "temporary").mkdir()
        else:
            shutil.copytree(template, folder, dirs_exist_ok=True)
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(FOREIGN) and not name.lower().endswith("_proxy")
            },
            "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "invented",
            **({} if passphrase else vault.environment()),
            "PULUMI_HOME": str(folder / "home"),
            "TMPDIR": str(folder / "temporary"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK": "true",
            "GOGC": "off",  # a command lives for half a second
            "GOMEMLIMIT": "300MiB",
        }
        self.program: dict[str, Any] = {"signatures": {}, "approval": None}
        self.outputs = ""
        self.was_killed = False
        self.sandbox: Sandbox | None = None
        self.sandbox_url = ""
        self.confidential = set(canaries.KEYS)
        self.spills = ""
        if template is None:
            (self.folder / "Pulumi.yaml").write_text(
                f"name: {name}\nruntime: python\n", encoding="utf-8"
            )
            shutil.copy(_PROGRAM, self.folder / "__main__.py")
            provider = () if passphrase else ("--secrets-provider", vault.PROVIDER)
            self.pulumi("stack", "init", STACK, *provider, check=True)
        if sandbox:
            self.use_sandbox(sandbox)

    def share_first_runs(self, served: RunningSandbox) -> None:
        """Have `apply` go on from what the same first run left in another test (`first_up`)."""
        self.sandbox, self.sandbox_url = served.sandbox, served.url

    def use_python(self, folder: Path) -> None:
        """Run the programs and the plugins with a folder's `python` (`interpreter`)."""
        self.environment["PATH"] = os.pathsep.join((str(folder), self.environment["PATH"]))

    def start_cold(self) -> None:
        """Have each interpreter start as a user's does, with nothing imported."""
        self.environment["PYTHON_START"] = "cold"

    def keep_to_the_pace(self) -> None:
        """Have each process keep to what a vendor takes in a second, as a user's does."""
        self.environment["PYTHON_START"] = "paced"

    def write_program(self, source: str) -> None:
        """Use another program than the declared one."""
        (self.folder / "__main__.py").write_text(source, encoding="utf-8")

    def write(self, path: str, content: bytes) -> str:
        """Write a proof file; its path relative to the program."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return path

    def declare(self, name: str, vendor: str, arguments: Mapping[str, Any]) -> None:
        """Have the program declare a signature."""
        self.program["signatures"][name] = {"vendor": vendor, "arguments": dict(arguments)}

    def edit(self, name: str, **arguments: object) -> None:
        """Change some of a declared signature's arguments; None takes one out."""
        declared = self.program["signatures"][name]["arguments"]
        declared.update(arguments)
        for argument, value in arguments.items():
            if value is None:
                del declared[argument]

    def option(self, name: str, **options: object) -> None:
        """Set resource options of a declared signature."""
        self.program["signatures"][name].setdefault("options", {}).update(options)

    def move(self, name: str, new_name: str) -> None:
        """Give a declared signature another logical name."""
        self.program["signatures"] = {
            new_name if each == name else each: declared
            for each, declared in self.program["signatures"].items()
        }

    def drop(self, name: str) -> None:
        """Take a declared signature out of the program."""
        del self.program["signatures"][name]

    def wait(self, **arguments: object) -> None:
        """Have the program wait for all its signatures."""
        self.program["approval"] = {"poll_interval": 0.2, **arguments}

    def use_sandbox(self, url: str) -> None:
        """Have the stack ask a sandbox; `pulumi config set smssign:sandbox` writes the same."""
        self._set("sandbox", url)

    def name_account(self, vendor: str, account: str) -> None:
        """Have the configuration name an account, which in a sandbox needs no keys."""
        self.pulumi("config", "set", f"smssign:{vendor}-{account}", "{}", check=True)

    def use_no_sandbox(self) -> None:
        """Take that out of the configuration again; it need not be there."""
        self._unset("sandbox")

    def policy(self, policy: str) -> None:
        """Have the stack's signatures have a `deletion_policy` where they say none; "" is none."""
        self._unset("deletionPolicy")
        if policy:
            self._set("deletionPolicy", policy)

    def configure(self, plain: Mapping[str, str], secret: Mapping[str, str] | None = None) -> None:
        """Set values of the stack's configuration, by path."""
        pairs = [f"--plaintext={key}={value}" for key, value in plain.items()]
        pairs += [f"--secret={key}={value}" for key, value in (secret or {}).items()]
        self.pulumi("config", "set-all", "--path", *pairs, check=True)

    def preview(self, *arguments: str) -> Run:
        """`pulumi preview`."""
        return self.pulumi("preview", *arguments)

    def up(self, *arguments: str) -> Run:
        """`pulumi up`, its own preview included."""
        return self.pulumi("up", "--yes", *arguments)

    def apply(self) -> Run:
        """`pulumi up` without a preview; it has to succeed."""

        def up() -> Run:
            return self.up("--skip-preview")

        run = up() if self.sandbox is None else first_up(self, self.sandbox, up)
        assert run.succeeded, run.output
        return run

    def refresh(self) -> Run:
        """`pulumi refresh`; it has to succeed."""
        return self.pulumi("refresh", "--yes", "--skip-preview", check=True)

    def destroy(self) -> Run:
        """`pulumi destroy`."""
        return self.pulumi("destroy", "--yes", "--skip-preview")

    def go_to_another_machine(self) -> None:
        """Go on with the same state in another home, where no run has left anything."""
        home = Path(self.environment["PULUMI_HOME"])
        self.environment["PULUMI_HOME"] = str(home.with_name(f"other-{home.name}"))

    def interrupt(self, when: Callable[[], bool], *, after: float = 0.0) -> Run:
        """Start `pulumi up` and press Ctrl-C `after` seconds since `when` has become true.

        What it does then has to end by itself: what a test has it wait for lasts far longer.
        """
        process = self._start_as("paced", "up", "--yes", "--skip-preview")
        until = time.monotonic() + _LONGEST
        while not when() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=_LONGEST)
        self.outputs += output
        return Run(output, process.returncode)

    def interrupt_up(self, when: str) -> Run:
        """Start `pulumi up` and press Ctrl-C when it has printed `when`."""
        process = self._start_as("paced", "up", "--yes", "--skip-preview")
        assert process.stdout is not None
        printed = []
        for line in process.stdout:
            printed.append(line)
            if when in line:
                break
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=_LONGEST)
        self.outputs += "".join(printed) + rest
        return Run("".join(printed) + rest, process.returncode)

    def kill_up(
        self,
        when: Callable[[], bool],
        *arguments: str,
        command: bool = True,
        plugin: bool = True,
    ) -> str:
        """Start `pulumi up`, and kill it and its plugin as soon as `when` holds.

        Returns:
            what it had printed.
        """
        process = self._start_as("cold", "up", "--yes", *(arguments or ("--skip-preview",)))
        until = time.monotonic() + _LONGEST
        while not when() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        assert process.poll() is None, f"it ended before: {process.communicate()[0]}"
        plugins = self.plugins()
        self.was_killed = True  # the engine keeps a create that was cut off in its state
        if command:
            process.kill()
        for each in plugins if plugin else ():
            os.kill(each, signal.SIGKILL)
        output, _ = process.communicate(timeout=_LONGEST)
        self.outputs += output
        if command:
            self.pulumi("cancel", "--yes", check=True)
        return output

    def plugins(self) -> list[int]:
        """The process ids of this project's plugins."""
        return [
            process.pid
            for process in psutil.process_iter(["cmdline", "cwd"])
            if "pulumi.dynamic" in (process.info["cmdline"] or ())
            and process.info["cwd"] == str(self.folder)
        ]

    def export(self) -> str:
        """The stack's state as `pulumi stack export` prints it."""
        run = subprocess.run(
            ("pulumi", "stack", "export", "--stack", STACK),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=True,
        )
        return run.stdout

    def restore(self, exported: str) -> None:
        """Put an earlier state back."""
        (self.folder / "state.json").write_text(exported, encoding="utf-8")
        self.pulumi("stack", "import", "--file", "state.json", check=True)

    def urn(self, name: str) -> str:
        """The URN of a resource of the state."""
        return str(self.state(name)["urn"])

    def exported(self) -> dict[str, Any]:
        """What the program exports, as `pulumi stack output` tells it: secrets hidden."""
        outputs: dict[str, Any] = json.loads(self.pulumi("stack", "output", "--json").output)
        return outputs

    def resources(self) -> list[dict[str, Any]]:
        """The resources of the state, in its order, as the backend's file has them.

        `pulumi stack export` prints the same, a fifth of a second later.
        """
        file = self.folder.with_name("state") / f".pulumi/stacks/{self._name}/{STACK}.json"
        checkpoint = json.loads(file.read_text(encoding="utf-8"))["checkpoint"]
        deployment = checkpoint.get("latest") or {}
        pending = deployment.get("pending_operations")
        assert self.was_killed or not pending, pending
        return list(deployment.get("resources", []))

    def state(self, name: str) -> dict[str, Any]:
        """A resource of the state that is not about to be deleted."""
        (found,) = (
            resource
            for resource in self.resources()
            if resource["urn"].endswith(f"::{name}") and not resource.get("delete")
        )
        return found

    def has(self, name: str) -> bool:
        """Whether the state has a resource of that name."""
        return any(resource["urn"].endswith(f"::{name}") for resource in self.resources())

    def outputs_of(self, name: str) -> dict[str, Any]:
        """The outputs of a resource in the state."""
        return told(self.state(name)["outputs"])

    def everything_written(self) -> str:
        """All that the commands printed, and all files that they have left behind."""
        return "".join(each.decode(errors="replace") for each in self.left_behind().values())

    def left_behind(self) -> dict[str, bytes]:
        """What the commands printed, and each file of the backend, of Pulumi's home, and temporary.

        The project's own folder is what a user has written.
        """
        folders = (
            folder
            for part in ("state", "*home", "temporary")
            for folder in self.folder.parent.glob(part)
        )
        return {"what was printed": self.outputs.encode(), **canaries.files_below(*folders)}

    def spilled(self) -> list[str]:
        """The keys and the personal data that were left in clear anywhere."""
        return canaries.found(self.confidential, self.left_behind())

    def pulumi(self, *arguments: str, check: bool = False) -> Run:
        """Any command of Pulumi's; with `check` it has to succeed."""
        process = self._start(*arguments)
        output, _ = process.communicate(timeout=_LONGEST)
        self.outputs += output
        run = Run(output, process.returncode)
        assert run.succeeded or not check, output
        return run

    @property
    def _settings(self) -> Path:
        return self.folder / f"Pulumi.{STACK}.yaml"

    def _set(self, key: str, value: str) -> None:
        head, _, rest = self._settings.read_text(encoding="utf-8").partition("config:\n")
        line = f"config:\n  smssign:{key}: {value}\n"
        self._settings.write_text(f"{head}{line}{rest}", encoding="utf-8")

    def _unset(self, key: str) -> None:
        text = self._settings.read_text(encoding="utf-8")
        rest = re.sub(rf"  smssign:{key}: .*\n", "", text)
        self._settings.write_text(rest, encoding="utf-8")

    def _start_as(self, start: str, *arguments: str) -> subprocess.Popen[str]:
        with mock.patch.dict(self.environment, PYTHON_START=start):
            return self._start(*arguments)

    def save(self) -> None:
        """Write what the program declares to where it reads it."""
        for declared in self.program["signatures"].values():
            self.confidential.update(
                canaries.personal_in(declared["vendor"], declared["arguments"])
            )
        (self.folder / "program.json").write_text(
            json.dumps(self.program, ensure_ascii=False), encoding="utf-8"
        )

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        self.save()
        stack = () if arguments[:2] == ("stack", "init") else ("--stack", STACK)
        return subprocess.Popen(
            ("pulumi", *arguments, *stack, "--non-interactive", "--color", "never"),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
