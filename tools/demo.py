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
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_smssign.sandbox.app import Sandbox, SignatureView
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.server import running

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "quickstart"
STACK = "demo"
_BOLD, _PLAIN = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")

_READING_TIME = 2.0

Verdict = Callable[[Sandbox, SignatureView], None]


class DemoError(Exception):
    """The story took another turn than it tells."""


@dataclass(frozen=True)
class Stage:
    """The copy of the example that the story changes, and how Pulumi is run in it."""

    folder: Path
    environment: Mapping[str, str]
    sandbox: Sandbox

    def pulumi(self, *arguments: str, quiet: bool = False) -> bool:
        """Run a command of Pulumi's, as shown; whether it succeeded."""
        if not quiet:
            say(f"$ pulumi {' '.join(arguments)}")
        run = subprocess.run(
            ("pulumi", *arguments, "--stack", STACK, "--non-interactive"),
            cwd=self.folder,
            env=dict(self.environment),
            stdout=subprocess.DEVNULL if quiet else None,
            check=False,
        )
        return run.returncode == 0

    def up(self, verdict: Verdict, *, ends_well: bool) -> None:
        """Run `pulumi up` while a reviewer gives verdicts, and hold it to how it should end."""
        done = threading.Event()
        reviewer = threading.Thread(target=review, args=(self.sandbox, verdict, done))
        reviewer.start()
        try:
            succeeded = self.pulumi("up", "--yes")
        finally:
            done.set()
            reviewer.join()
        if succeeded is not ends_well:
            raise DemoError(f"`pulumi up` should have {'succeeded' if ends_well else 'failed'}")

    def edit(self, old: str, new: str) -> None:
        """Make one edit to the program, and show it."""
        program = self.folder / "__main__.py"
        source = program.read_text(encoding="utf-8")
        if source.count(old) != 1:
            raise DemoError(f"the program has {old} {source.count(old)} times")
        program.write_text(source.replace(old, new), encoding="utf-8")
        say(f"-    {old}\n+    {new}")

    def show(self) -> None:
        """What the vendor holds."""
        for one in self.sandbox.signatures():
            reason = f": {one.reason}" if one.reason else ""
            say(f"  at {one.vendor}: {one.id} 【{one.text}】 {one.status.value.lower()}{reason}")


def review(sandbox: Sandbox, verdict: Verdict, done: threading.Event) -> None:
    """Give a verdict on every application a moment after the last came in, until all is done."""
    while not done.wait(0.2):
        open_ones = [one for one in sandbox.signatures() if one.status is Status.PENDING]
        if any(time.time() - one.submitted_at < _READING_TIME for one in open_ones):
            continue
        for one in open_ones:
            verdict(sandbox, one)


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
    chapter("Five applications go to five vendors (the sandbox plays them); people review them")
    stage.pulumi("stack", "init", quiet=True)
    stage.up(look_closely, ends_well=False)
    stage.show()

    chapter("One was rejected, with a reason. One edit mends it, under the same id")
    stage.edit('"evidence/scan-blurred.png"', '"evidence/scan.png"')
    stage.up(approve, ends_well=True)
    stage.show()

    chapter("An approved signature can't be edited: the preview says that it will be replaced")
    first = '"brand",\n    sign_name='
    stage.edit(f'{first}"云杉示例"', f'{first}"云杉云示例"')
    if not stage.pulumi("preview"):
        raise DemoError("`pulumi preview` should have succeeded")

    chapter("The old one lives until the new one is approved")

    def approve_and_show(sandbox: Sandbox, one: SignatureView) -> None:
        say("  while the new one is in review:")
        stage.show()
        approve(sandbox, one)

    stage.up(approve_and_show, ends_well=True)
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
