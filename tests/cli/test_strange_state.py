"""A state, a configuration and files that are not what the commands expect: an error, no traceback.

Every part of an export is replaced by each kind of JSON there is; the files of the command line are
what a path can also lead to: pipes, devices, folders, files without an end or in another form.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from pulumi_smssign.sandbox.server import running
from tests.cli.project import URN, Project, settings, state

KINDS: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 10**400, "", "x", "0001-01-01T00:00:00+23:59", "../../x\0"),
    *([], {}, [[]], [{}], [None], {"a": None}, {"path": 1, "sha256": []}, [["x"] * 3] * 3),
    *({"path": "", "sha256": ""}, {"path": "a\0b", "sha256": "0"}, {"path": "/", "sha256": "0"}),
    {"4dabf18193072939515e22adb298388d": 1},
)
STACK = ("status", "doctor", "find", "audit", "watch")


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """The path of each part of a document."""
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))


def replaced(value: Any, path: tuple[Any, ...], other: Any) -> Any:  # noqa: ANN401 - JSON
    """The document with another part at a path."""
    if not path:
        return other
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], other)
    return copy


def strange_resources() -> list[Any]:
    """Resources, each of them with another part in one place."""
    resources: list[Any] = list(KINDS)
    for path in places(state()):
        for kind in KINDS:
            number = len(resources)
            resource = state(str(730000 + number), f"{URN}{number}")
            resources.append(replaced(resource, path, kind))
    return resources


def assert_no_traceback(result: Result, *codes: int) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (codes or (0, 1, 3, 4, 5))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with running() as served:
        yield Project(tmp_path, [state()], {"smssign:sandbox": served.url})


def options(command: str) -> list[str]:
    return ["--timeout", "0s"] if command == "watch" else ["--json"]


@pytest.mark.parametrize("command", STACK)
def test_resource_with_a_part_of_another_kind_is_no_traceback(
    command: str, project: Project
) -> None:
    config = json.loads((project.folder / "config.json").read_text("utf-8"))
    project.prints({"deployment": {"resources": strange_resources()}}, config)
    assert_no_traceback(project.in_stack(command, *options(command)))


@pytest.mark.parametrize(
    "export",
    [
        *KINDS,
        *({"deployment": kind} for kind in KINDS),
        *({"deployment": {"resources": kind}} for kind in KINDS),
    ],
    ids=lambda export: json.dumps(export)[:60],
)
def test_export_of_another_kind_is_no_traceback(export: object, tmp_path: Path) -> None:
    project = Project(tmp_path, [], {})
    project.prints(export, settings({}))
    assert_no_traceback(project.in_stack("status", "--json"), 0, 1, 5)


@pytest.mark.parametrize(
    "config",
    [
        *KINDS,
        *({"smssign:tencent": kind} for kind in KINDS),
        *({"smssign:tencent": {"value": kind}} for kind in KINDS),
        *(
            {key: {"value": "x"}}
            for key in ("smssign:", "smssign:-", "smssign:tencent-", "smssign:adopt")
        ),
    ],
    ids=lambda config: json.dumps(config)[:60],
)
def test_configuration_of_another_kind_is_no_traceback(config: object, tmp_path: Path) -> None:
    project = Project(tmp_path, [], {})
    project.prints({"deployment": {"resources": [state()]}}, config)
    assert_no_traceback(project.in_stack("doctor", "--json"), 0, 1)


@pytest.mark.parametrize(
    "words",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"NaN", b'"\\ud800"', b"9" * 5000],
    ids=lambda words: repr(words[:20]),
)
def test_pulumi_that_prints_something_else_is_an_error(words: bytes, tmp_path: Path) -> None:
    project = Project(tmp_path, [], {})
    (tmp_path / "export.json").write_bytes(words)
    (tmp_path / "version").write_bytes(words)
    assert_no_traceback(project.in_stack("status"), 1)
    assert_no_traceback(project.in_stack("doctor"), 1)


def test_state_nested_as_deep_as_json_can_be_is_no_traceback(tmp_path: Path) -> None:
    project = Project(tmp_path, [], {})
    for depth in (200, 400, 600, 800, 950):
        deep = "[" * depth + "]" * depth
        export = f'{{"deployment": {{"resources": [{{"outputs": {deep}}}]}}}}'
        (tmp_path / "export.json").write_text(export, "utf-8")
        assert_no_traceback(project.in_stack("status"), 0, 1, 5)


@pytest.mark.parametrize("words", ["", "#!/nowhere\n", "\x7fELF", "\0"])
def test_pulumi_that_can_not_be_started_is_an_error(words: str, tmp_path: Path) -> None:
    project = Project(tmp_path, [], {})
    (tmp_path / "pulumi").write_text(words, "utf-8")
    for command in ("status", "doctor"):
        assert_no_traceback(project.in_stack(command, PATH=str(tmp_path)), 1)


# Files


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that nobody writes to or reads."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    return pipe


def in_time(project: Project, *arguments: str) -> Result:
    """The result of a command, which must end by itself; a hang would else hang the tests."""
    results: list[Result] = []
    run = threading.Thread(target=lambda: results.append(project.in_stack(*arguments)), daemon=True)
    run.start()
    run.join(60)
    assert results, "it hangs"
    return results[0]


@pytest.mark.parametrize("place", ["{pipe}", "/dev/zero", "/dev/null", "{folder}", "{link}"])
def test_changed_file_that_is_no_regular_file_is_an_error(
    place: str, pipe: Path, project: Project
) -> None:
    link = project.folder / "link"
    link.symlink_to(pipe)
    file = place.format(pipe=pipe, folder=project.folder, link=link)
    result = in_time(project, "status", "--changed", file)
    assert result.exit_code in (1, 2)
    assert "not a regular file" in result.output or "is a directory" in result.output


def test_changed_file_without_an_end_is_not_read_whole(project: Project) -> None:
    file = project.folder / "last.json"
    with file.open("wb") as stream:
        stream.truncate(3 << 30)
    result = in_time(project, "status", "--changed", str(file))
    assert result.exit_code == 1
    assert "did not write the file" in result.output


@pytest.mark.parametrize(
    "words",
    [b"[" * 100_000, b'{"version": 1, "signatures": {"a": 1}, "at": 1}', b'{"version": 1}', b"\xff",
     b'{"version": 1, "signatures": [], "at": ""}', b"null",
     b'{"version": true, "signatures": {}, "at": ""}',
     b'{"version": 1, "at": {}, "signatures": {"a": {"name": [], "status": {}}}}'],
)  # fmt: skip
def test_changed_file_of_another_form_is_no_traceback(words: bytes, project: Project) -> None:
    (project.folder / "last.json").write_bytes(words)
    file = str(project.folder / "last.json")
    assert_no_traceback(project.in_stack("status", "--changed", file))


def test_summary_into_a_pipe_that_nobody_reads_is_an_error(pipe: Path, project: Project) -> None:
    result = in_time(project, "status", "--summary", str(pipe))
    assert result.exit_code == 1
    assert f"the file {pipe} can't be written" in result.output


def test_summary_into_a_pipe_that_somebody_reads_arrives(pipe: Path, project: Project) -> None:
    received: list[str] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    deadline = time.monotonic() + 30
    while not received and time.monotonic() < deadline:
        # The reader's end is open once its thread waits in `open`.
        if project.in_stack("status", "--summary", str(pipe)).exit_code != 1:
            reader.join(30)
    assert "SMS signatures of" in received[0]


def test_project_file_that_is_a_pipe_is_no_project(project: Project) -> None:
    (project.folder / "Pulumi.yaml").unlink()
    os.mkfifo(project.folder / "Pulumi.yaml")
    assert_no_traceback(in_time(project, "find"), 0, 1)


def test_journal_with_a_pipe_in_it_is_read_without_it(project: Project) -> None:
    folder = project.folder / "home" / "smssign" / "journal"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "0-0.json")
    result = project.smssign("journal", "list")
    assert (result.exit_code, result.output) == (
        0,
        "The journal is empty: no write is in flight.\n",
    )
