"""The story of five signatures, told by the real engine and the embedded sandbox.

Works on a copy of `examples/quickstart` in a folder of its own, with a stack and a state of its
own, and leaves nothing behind. The reviewer is played here; everything else is what a user runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_smssign.sandbox.app import Sandbox, SignatureView
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.server import running

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "quickstart"
STACK = "demo"
_QUIET = ("--non-interactive", "--suppress-progress", "--suppress-outputs")
_BOLD, _PLAIN = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")

AWAITING = 10
ENDS = {
    0: "done.",
    1: "an error, and here that is right: a person has to act.",
    AWAITING: "awaiting. Nothing went wrong: the next `pulumi up` goes on.",
}
"""Pulumi's exit codes in this story."""

Verdict = Callable[[Sandbox, SignatureView], None]


class DemoError(Exception):
    """The story took another turn than it tells."""


@dataclass(frozen=True)
class Stage:
    """The copy of the example that the story changes, and how Pulumi is run in it."""

    folder: Path
    environment: Mapping[str, str]
    sandbox: Sandbox

    def pulumi(self, *arguments: str, shown: bool = True) -> int:
        """Run a command of Pulumi's, as shown; its exit code."""
        options = _QUIET if shown else _QUIET[:1]
        if shown:
            say(f"$ pulumi {' '.join(arguments)}")
        run = subprocess.run(
            ("pulumi", *arguments, "--stack", STACK, *options),
            cwd=self.folder,
            env=dict(self.environment),
            stdout=None if shown else subprocess.DEVNULL,
            check=False,
        )
        return run.returncode

    def up(self, *, ends_with: int) -> None:
        """Run `pulumi up`, and hold it to how it should end."""
        code = self.pulumi("up", "--yes", "--skip-preview")
        if code != ends_with:
            hint = ", as Pulumi 3.274 or newer does" if ends_with == AWAITING else ""
            raise DemoError(
                f"`pulumi up` should have ended with {ends_with}{hint}, not with {code}"
            )
        say(f"  exit code {code}: {ENDS[code]}")

    def review(self, verdict: Verdict) -> None:
        """Give a verdict on every application that is open, and show what the vendors hold."""
        for one in self.sandbox.signatures():
            if one.status is Status.PENDING:
                verdict(self.sandbox, one)
        self.show()

    def edit(self, old: str, new: str) -> None:
        """Make one edit to the program, and show it."""
        program = self.folder / "__main__.py"
        source = program.read_text(encoding="utf-8")
        if source.count(old) != 1:
            raise DemoError(f"the program has {old} {source.count(old)} times")
        program.write_text(source.replace(old, new), encoding="utf-8")
        for before, after in zip(old.splitlines(), new.splitlines(), strict=True):
            if before != after:
                say(f"-    {before.strip()}\n+    {after.strip()}")

    def show(self) -> None:
        """What the vendor holds."""
        for one in self.sandbox.signatures():
            reason = f": {one.reason}" if one.reason else ""
            say(f"  at {one.vendor}: {one.id} 【{one.text}】 {one.status.value.lower()}{reason}")


def approve(sandbox: Sandbox, one: SignatureView) -> None:
    """The reviewer is content."""
    sandbox.approve(one.vendor, one.id)


def look_closely(sandbox: Sandbox, one: SignatureView) -> None:
    """The reviewer refuses what can't be read."""
    if one.vendor == "huawei":
        sandbox.reject(one.vendor, one.id, "the licence can't be read")
    else:
        approve(sandbox, one)


def tell(stage: Stage) -> None:
    """The story, from the first application to a replacement without a gap."""
    chapter("A review takes hours or days: a run asks once, and does not wait")
    stage.edit('timeout="10s"', "timeout=0")

    chapter("Five applications go to five vendors (the sandbox plays them)")
    stage.pulumi("stack", "init", shown=False)
    stage.up(ends_with=AWAITING)

    chapter("People review them: four are approved, one is rejected")
    stage.review(look_closely)

    chapter("The next run goes on, and tells the reason")
    stage.up(ends_with=1)

    chapter("One edit mends it, under the same id, and it is in review again")
    stage.edit('"evidence/scan-blurred.png"', '"evidence/scan.png"')
    stage.up(ends_with=AWAITING)

    chapter("It is approved")
    stage.review(approve)
    stage.up(ends_with=0)

    chapter("An approved signature can't be edited: the preview says that it will be replaced")
    first = '"brand",\n    sign_name='
    stage.edit(f'{first}"云杉示例"', f'{first}"云杉云示例"')
    if stage.pulumi("preview") != 0:
        raise DemoError("`pulumi preview` should have succeeded")

    chapter("The old one is in use while the new one is in review, however many runs that takes")
    stage.up(ends_with=AWAITING)
    stage.show()

    chapter("The new one is approved, and the run that finds it so ends the old one")
    stage.review(approve)
    stage.up(ends_with=0)
    stage.show()


def chapter(title: str) -> None:
    """Begin a part of the story."""
    say(f"\n{_BOLD}== {title}{_PLAIN}")


def say(text: str) -> None:
    """Print at once: Pulumi writes to the same terminal."""
    print(text, flush=True)


def main() -> int:
    """Tell the story; 0 when it went as told."""
    if shutil.which("pulumi") is None:
        say("There is no `pulumi` on PATH: run `make demo`, which provides one.")
        return 1
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="smssign-demo-") as place, running() as served:
        folder = Path(place) / "quickstart"
        shutil.copytree(
            EXAMPLE, folder, ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__")
        )
        (Path(place) / "state").mkdir()
        (folder / f"Pulumi.{STACK}.yaml").write_text(
            f"config:\n  smssign:sandbox: {served.url}\n", encoding="utf-8"
        )
        environment = {
            **os.environ,
            "PULUMI_BACKEND_URL": f"file://{place}/state",
            "PULUMI_CONFIG_PASSPHRASE": "demo",
            "PULUMI_HOME": f"{place}/home",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        try:
            tell(Stage(folder, environment, served.sandbox))
        except DemoError as error:
            say(f"\nThe demo went wrong: {error}.")
            return 1
        except KeyboardInterrupt:
            say("\nEnded.")
            return 130
    say(f"\n{_BOLD}That was the real engine, in {time.monotonic() - began:.0f} seconds.{_PLAIN}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
