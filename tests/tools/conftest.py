"""Programs that stand in for Pulumi's and Go's, in folders of the test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from tools.engine.makers import ENGINE_VERSION
from tools.engine.programs import CLI, PROGRAMS

Write = Callable[[Path, str, str], Path]


class FakeEngine(Protocol):
    """Fills a folder with an engine's programs and returns it."""

    def __call__(self, folder: Path, version: str = ...) -> Path: ...


_GO = """
echo "$GOWORK ${{PWD##*/}} $*" >> {log}
case $1 in
  build)
    version=$(echo "$*" | sed -n 's/.*Version=\\(v[0-9.]*\\).*/\\1/p')
    while [ "$1" != -o ]; do shift; done
    printf '#!/bin/sh\\necho '"$version"'\\n' > "$2"
    chmod +x "$2"
    ;;
  list)
    echo {sdk}
    ;;
esac
"""


@pytest.fixture
def write() -> Write:
    """Writes a shell program: folder, name, script."""

    def program(folder: Path, name: str, script: str) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)
        return path

    return program


@pytest.fixture
def fake_engine(write: Write) -> FakeEngine:
    """Fills a folder with an engine's programs, of which the CLI tells its version."""

    def programs(folder: Path, version: str = str(ENGINE_VERSION)) -> Path:
        for name in PROGRAMS:
            write(folder, name, f"echo v{version}" if name == CLI else "exit 1")
        return folder

    return programs


@pytest.fixture
def go_log(tmp_path: Path) -> Path:
    """The log of the stand-in for Go, a call a line."""
    return tmp_path / "go.log"


@pytest.fixture
def fake_go(tmp_path: Path, write: Write, go_log: Path) -> Path:
    """A folder with a `go` that builds in no time."""
    sdk = tmp_path / "sdk"
    for script in ("cmd/pulumi-language-python-exec", "dist/pulumi-resource-pulumi-python"):
        source = write((sdk / "python" / script).parent, Path(script).name, "exit 1")
        source.chmod(0o444)
    script = _GO.format(log=go_log, sdk=sdk)
    return write(tmp_path / "go", "go", script).parent
