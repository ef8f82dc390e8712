"""First steps of the README, run as printed: `python -m tools.first_steps [README]`.

In a fresh clone of this checkout's HEAD, with an empty home, one shell runs the commands of *Two
minutes to a first success*, in both of them the same. Only the engine's cache is the user's, so no
engine is built again. What a person does on the page between two commands, the script does by the
command that the README names too.
"""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.engine.store import default_root

CHECKOUT = Path(__file__).parent.parent
AWAITING = 10
"""Pulumi's exit code of the first `up`, as the README says."""
PENDING = 3
"""The exit code of `smssign status` while something is in review, as the README says too."""
_PORT = 8725
_KEPT = ("PATH", "LANG", "PIP_INDEX_URL", "PIP_CONFIG_FILE", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
LONGEST = 900
"""Seconds that it may take, an environment and five runs among them."""


def blocks(readme: Path) -> list[list[str]]:
    """The shell's lines of the first steps, by block."""
    text = readme.read_text("utf-8")
    section = next(
        part for part in re.split(r"^## ", text, flags=re.MULTILINE) if "make setup" in part
    )
    return [block.splitlines() for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL)]


def script(readme: Path) -> str:
    """The script that does what a reader does: begin, review, clean up."""
    begin, review, end = blocks(readme)
    approve = next(line for line in review if " approve " in line)
    return "\n".join(
        (
            "set -eu",
            "trap 'jobs -p | xargs -r kill' EXIT  # the sandbox, should a line before its end fail",
            *map(_awaited, begin),
            # By hand: edit the program, let the reviewer approve it, and go on.
            "sed -i '0,/云杉示例/s//云杉云示例/' __main__.py",
            "pulumi up --yes || test $? = 10",
            *(line for line in review if " list" in line),
            f"{approve} || true  # on the page, by hand or by itself: it may be decided already",
            "for round in 1 2 3 4 5 6 7 8 9; do pulumi up --yes && break; sleep 5; done",
            *end,
            "",
        )
    )


def _awaited(line: str) -> str:
    """A line of the README; one that says its exit code is held to it."""
    command, _, remark = line.partition("  #")
    code = AWAITING if str(AWAITING) in remark else PENDING if "status" in command else 0
    return f"{command.strip()} || test $? = {code}" if code else command.strip()


def run(readme: Path, folder: Path) -> Iterator[str]:
    """Run the first steps in a folder; yields what they print.

    Raises:
        SystemExit: a command failed, or another sandbox has the port.
    """
    with socket.socket() as port:
        if port.connect_ex(("127.0.0.1", _PORT)) == 0:
            raise SystemExit(f"something listens on port {_PORT}: end it first")
    clone, home = folder / "clone", folder / "home"
    home.mkdir()
    subprocess.run(("git", "clone", "--quiet", CHECKOUT, clone), check=True)
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"HOME": str(home), "SMSSIGN_ENGINE_CACHE": str(default_root(os.environ))}
    # Pulumi asks the system for the user's home, whatever HOME says.
    environment |= {"PULUMI_HOME": str(home / ".pulumi"), "PULUMI_BACKEND_URL": f"file://{home}"}
    command = f"cd {shlex.quote(str(clone))}\n{script(clone / readme.name)}"
    with subprocess.Popen(
        ("bash", "-c", command),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as shell:
        yield from shell.stdout or ()
    if shell.returncode:
        raise SystemExit(f"the README's commands ended with {shell.returncode}")


def main() -> None:
    """Run the first steps of a README, the English one's unless another is named."""
    readme = Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT / "README.md"
    with tempfile.TemporaryDirectory(prefix="smssign-first-") as folder:
        for line in run(readme, Path(folder)):
            sys.stdout.write(line)


if __name__ == "__main__":
    main()
