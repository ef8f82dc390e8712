"""The ways to make an engine: `tools.engine.makers`."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn
from urllib.error import URLError

import pytest
from pulumi.automation import PulumiCommand

from tests.tools.conftest import Write
from tools.engine import makers, official
from tools.engine.makers import (
    BUILDABLE,
    ENGINE_VERSION,
    build,
    go,
    install,
    installer,
    newest,
    required,
)
from tools.engine.programs import (
    CLI,
    OLDEST,
    PROGRAMS,
    NotThisWayError,
    Version,
    missing_from,
    version_of,
)

SYSTEM = "/usr/bin:/bin"
OLD = min(BUILDABLE)


def quiet(_text: str) -> None:
    pass


def test_build_gives_every_program(
    tmp_path: Path, fake_go: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")

    programs = build(ENGINE_VERSION, tmp_path, quiet)

    assert sorted(path.name for path in programs.iterdir()) == sorted(PROGRAMS)
    assert missing_from(programs) == []


def test_build_stamps_the_version_and_keeps_to_its_modules(
    tmp_path: Path, fake_go: Path, go_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")

    build(ENGINE_VERSION, tmp_path, quiet)

    cli, host, scripts = go_log.read_text("utf-8").splitlines()
    assert cli.startswith("off cli build -mod=readonly ")
    assert f"version.Version=v{ENGINE_VERSION} github.com/pulumi/pulumi/pkg/v3/cmd/" in cli
    assert host.startswith("off language build -mod=readonly ")
    assert scripts.startswith("off cli list -mod=readonly ")


def test_build_of_the_old_engine_has_modules_of_its_own(
    tmp_path: Path, fake_go: Path, go_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")

    programs = build(OLD, tmp_path, quiet)

    cli, _host, scripts = go_log.read_text("utf-8").splitlines()
    assert cli.startswith("off cli-old build -mod=readonly ")
    assert f"version.Version=v{OLD} " in cli
    assert scripts.startswith("off cli-old list -mod=readonly ")
    assert version_of(programs / CLI) == OLD


def test_build_of_an_engine_without_modules_names_those_that_have_some(tmp_path: Path) -> None:
    with pytest.raises(NotThisWayError, match=f"for {ENGINE_VERSION} and {OLD} only"):
        build(Version(3, 100, 0), tmp_path, quiet)


def test_one_engine_that_builds_knows_awaiting_and_one_does_not() -> None:
    assert OLD < OLDEST <= ENGINE_VERSION == max(BUILDABLE)


def test_engines_of_two_versions_lie_side_by_side() -> None:
    assert len({way(version).folder for way in (go, installer) for version in BUILDABLE}) == 4


def test_build_says_how_long_each_part_took(
    tmp_path: Path, fake_go: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")
    messages: list[str] = []

    build(ENGINE_VERSION, tmp_path, messages.append)

    assert f"pulumi {ENGINE_VERSION}: done in 0 s" in messages


def test_build_without_go_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotThisWayError, match="there is no `go` to build it with"):
        build(ENGINE_VERSION, tmp_path, quiet)


def test_build_that_fails_repeats_gos_words(
    tmp_path: Path, fake_go: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(fake_go, "go", "echo 'go: go.mod requires go >= 1.25.11' >&2; exit 1")
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")

    with pytest.raises(NotThisWayError, match=r"build of pulumi .* requires go >= 1\.25\.11"):
        build(ENGINE_VERSION, tmp_path, quiet)


def test_build_without_the_sdks_sources_repeats_gos_words(
    tmp_path: Path, fake_go: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(fake_go, "go", "[ $1 = build ] || { echo no such module >&2; exit 1; }")
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")

    with pytest.raises(NotThisWayError, match=r"Go does not find .* \(no such module\)"):
        build(ENGINE_VERSION, tmp_path, quiet)


def test_module_that_lacks_a_requirement_is_named() -> None:
    with pytest.raises(NotThisWayError, match="cli does not require example"):
        required("cli", "example")


@pytest.fixture
def newest_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    """Has the question for the newest version answered by a server of the test."""

    class Handler(BaseHTTPRequestHandler):
        answer = b""

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.answer)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setattr(makers, "_NEWEST", f"http://127.0.0.1:{server.server_port}/")
        yield lambda answer: setattr(Handler, "answer", answer)
        server.shutdown()
        thread.join()


def test_newest_version_is_what_the_installers_script_would_take(
    newest_on: Callable[[bytes], None],
) -> None:
    newest_on(b"3.281.1\n")
    assert newest(quiet) == Version(3, 281, 1)


def test_an_answer_that_is_no_version_is_no_newest_version(
    newest_on: Callable[[bytes], None],
) -> None:
    newest_on(b"<html>please log in</html>")
    with pytest.raises(NotThisWayError, match=r"^nobody says which Pulumi is the newest \(not a"):
        newest(quiet)


def test_without_a_network_nobody_says_which_is_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as unheard:  # bound, and nobody listens
        unheard.bind(("127.0.0.1", 0))
        monkeypatch.setattr(makers, "_NEWEST", f"http://127.0.0.1:{unheard.getsockname()[1]}/")
        with pytest.raises(NotThisWayError, match="Connection refused"):
            newest(quiet)


def test_installer_is_run_for_the_engines_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "official.py").write_text(
        "import pathlib, sys\n"
        "root, version = sys.argv[1:]\n"
        "folder = pathlib.Path(root, 'bin')\n"
        "folder.mkdir(parents=True)\n"
        "(folder / 'version').write_text(version)\n",
        "utf-8",
    )
    monkeypatch.setattr(makers, "HERE", tmp_path)

    programs = install(ENGINE_VERSION, tmp_path, quiet)

    assert (programs / "version").read_text("utf-8") == str(ENGINE_VERSION)


def test_installer_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "official.py").write_text("import sys; sys.exit('no route to host')", "utf-8")
    monkeypatch.setattr(makers, "HERE", tmp_path)

    with pytest.raises(NotThisWayError, match=r"^the official installer failed \(no route to"):
        install(ENGINE_VERSION, tmp_path, quiet)


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (URLError("Name or service not known"), "Name or service not known"),
        (subprocess.CalledProcessError(1, "install.sh", b"curl: (22) 404\n"), "curl: (22) 404"),
    ],
)
def test_failure_of_the_installer_ends_its_program_with_its_words(
    failure: Exception, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_arguments: object) -> NoReturn:
        raise failure

    monkeypatch.setattr(PulumiCommand, "install", refuse)

    with pytest.raises(SystemExit, match=re.escape(message)):
        official.install(str(tmp_path), str(ENGINE_VERSION))
