"""A vendor that an installed package announces: the package is built, installed and used."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.examples.conftest import Copy
from tests.examples.example import EXAMPLES, Example

GATEWAY = EXAMPLES / "own_vendor" / "gateway"
DESK = "127.0.0.1:8726"
INSTALL = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the package is installed into, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run((*INSTALL, "--target", folder, GATEWAY), check=True)
    return folder


def said_with(installed: Path, script: str) -> str:
    """What a script prints in a process that has the package installed."""
    path = os.pathsep.join((str(installed), str(EXAMPLES.parent)))
    done = subprocess.run(
        (sys.executable, "-c", script),
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_package_is_announced_by_its_entry_point(installed: Path) -> None:
    script = (
        "from pulumi_smssign.core.registry import VENDORS, named\n"
        "vendor = named('acme')\n"
        "print(*VENDORS[-2:], vendor.title, vendor.application.__module__)"
    )
    assert said_with(installed, script) == "yunpian acme Acme's gateway acme_sms.application"


def test_command_takes_the_announced_vendor(installed: Path) -> None:
    script = (
        "from click.testing import CliRunner\n"
        "from pulumi_smssign.cli import main\n"
        "print(CliRunner().invoke(main, ['find', '--vendor', 'acme']).output)\n"
        "print(CliRunner().invoke(main, ['find', '--vendor', 'acne']).output)"
    )
    said = said_with(installed, script)
    assert "neither the configuration nor the environment names such an account" in said
    assert "'acne' is not one of acme, alibaba, huawei" in said


def test_lines_that_adopt_import_the_announced_package(installed: Path) -> None:
    script = (
        "from types import SimpleNamespace as S\n"
        "from pulumi_smssign.cli.inventory import adoption\n"
        "found = [S(vendor=S(name=name), signature=S(is_managed=False), refused_name='')"
        " for name in ('acme', 'tencent')]\n"
        "print(adoption.head(found)[0])"
    )
    said = said_with(installed, script)
    assert said.splitlines() == ["from pulumi_smssign import tencent", "import acme_sms as acme"]


@pytest.fixture
def desk(copy: Copy, installed: Path) -> Iterator[Example]:
    """The example with the package installed, and the gateway's stand-in at a port of its own."""
    example = copy("own_vendor")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = example.folder / "Pulumi.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(DESK, f"127.0.0.1:{port}"), encoding="utf-8")
    path = (str(installed), example.environment.get("PYTHONPATH"))
    example.environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    example.environment["DESK"] = f"127.0.0.1:{port}"
    process = subprocess.Popen((sys.executable, "desk.py", str(port)), cwd=example.folder)
    try:
        for _ in range(100):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield example
    finally:
        process.kill()
        process.wait()


def test_signature_at_an_own_gateway_is_submitted_awaited_and_kept(desk: Example) -> None:
    desk.pulumi("stack", "init", "dev")
    desk.pulumi_awaits("up", "--yes", "--skip-preview")
    line = f"curl -X POST http://{DESK}/teams/shop/signatures/1/yes"
    assert desk.run("sh", "-c", line.replace(DESK, desk.environment["DESK"])).succeeded
    desk.pulumi("up", "--yes", "--skip-preview")
    assert "stays in the account" in desk.pulumi("destroy", "--yes", "--skip-preview").output
    desk.must_have_printed_what_its_readme_shows()
