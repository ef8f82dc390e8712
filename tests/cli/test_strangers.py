"""Another's server on the sandbox's port: the commands say so, and end.

Answers are varied as a server can: another program's, none, half, in another form, without an end,
too large, packed, and a sandbox's own with each key missing or of each other kind of JSON.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from click.testing import Result

from pulumi_smssign.cli import running_sandbox
from tests.cli.project import Project
from tests.cli.stranger import (
    FAULT,
    NAME,
    Answer,
    after_the_name,
    always,
    document,
    response,
    stranger,
)

COMMANDS = (
    ["approve", "730001"],
    ["reject", "730001", "--reason", "x"],
    ["list"],
    ["list", "--json"],
    ["reset"],
    ["faults"],
    ["faults", "add", "error", "--set", "code=x"],
    ["faults", "clear"],
)
APPLICATION: dict[str, Any] = {
    "vendor": "tencent",
    "account": "default",
    "id": "730001",
    "text": "极客科技",
    "status": "pending",
    "vendor_status": "1",
    "reason": "",
}
KINDS: tuple[Any, ...] = (None, True, 10**400, 1.5, "x", [], {}, [[]], [None], {"a": 1})


@pytest.fixture(autouse=True)
def short_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_sandbox, "_LONGEST_CALL", 1.0)


def run(command: list[str], answer: Answer, folder: Path) -> Result:
    with stranger(answer) as port:
        result = Project(folder, [], {}).smssign("sandbox", *command, "--port", str(port))
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def assert_is_told_apart(result: Result) -> None:
    assert result.exit_code == 1
    assert "is not a sandbox of smssign" in result.output
    assert "--port" in result.output
    assert len(result.output.splitlines()) <= 4


def endlessly(beginning: bytes, part: bytes, pause: float = 0.0) -> Answer:
    """A beginning, and then a part after a part."""
    moment = threading.Event()

    def answer(_: str, connection: socket) -> None:
        connection.sendall(beginning)
        until = time.monotonic() + 15
        while time.monotonic() < until:
            connection.sendall(part)
            moment.wait(pause)

    return answer


def silent(_: str, connection: socket) -> None:
    connection.recv(1)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LARGE = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
PACKED = gzip.compress(json.dumps(NAME).encode())
ANSWERS: dict[str, Answer] = {
    "nothing": lambda *_: None,
    "no HTTP": always(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "half an answer": always(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"name":'),
    "no content": always(response(b"", "204 No Content")),
    "a page": always(response(b"<html>", "200 OK", "Content-Type: text/html")),
    "no text": always(response(b"\xff\xfe\xff")),
    "nested deep": always(response(b"[" * 200_000)),
    "a large number": always(response(b"9" * 5000)),
    "a redirection": always(response(b"{}", "302 Found", "Location: http://127.0.0.1:9/")),
    "an error": always(document({"error": {"code": 1}}, "500 Oops")),
    "an error without words": always(document({}, "404 Not Found")),
    "a list": always(document([])),
    "a text": always(document("pulumi-smssign sandbox")),
    "another's name": always(document({"name": "another"})),
    "packed": always(response(PACKED, "200 OK", "Content-Encoding: gzip")),
    "many headers": endlessly(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 1000),
    "one long header": endlessly(b"HTTP/1.1 200 OK\r\nA: ", b"x" * 65536),
    "a body without an end": endlessly(LARGE, b"[" * 65536),
    "chunks without an end": endlessly(CHUNKED, b"1\r\n[\r\n" * 1000),
    "silence": silent,
    "a byte at a time": endlessly(b"", b"H", 0.3),
    "headers at a time": endlessly(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n", 0.3),
    "a body a byte at a time": endlessly(LARGE, b" ", 0.3),
    "interim answers": endlessly(b"", b"HTTP/1.1 102 Processing\r\n\r\n", 0.3),
}


@pytest.mark.parametrize("command", [["list"], ["reset"]], ids=" ".join)
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_server_of_another_program_is_told_apart(
    answer: Answer, command: list[str], tmp_path: Path
) -> None:
    result = run(command, answer, tmp_path)
    if result.output.startswith("Error: {'code'"):
        assert result.exit_code == 1
    elif "has not answered within" in result.output:
        assert (result.exit_code, "--port" in result.output) == (1, True)
    else:
        assert_is_told_apart(result)


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_server_that_calls_itself_a_sandbox_is_no_traceback(answer: Answer, tmp_path: Path) -> None:
    for number, command in enumerate((["list", "--json"], ["faults"])):
        folder = tmp_path / str(number)
        folder.mkdir()
        result = run(command, after_the_name(answer), folder)
        assert result.exit_code == (0 if result.output in ("[]\n", "No fault waits.\n") else 1)


def variations(good: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An object with each key missing, or of another kind."""
    for key, value in good.items():
        yield {name: item for name, item in good.items() if name != key}
        for kind in KINDS:
            if type(kind) is not type(value) and not (key == "times" and kind is None):
                yield {**good, key: kind}


@pytest.mark.parametrize("good", [APPLICATION, FAULT], ids=["application", "fault"])
def test_key_that_is_missing_or_of_another_kind_is_no_traceback(
    good: dict[str, Any], tmp_path: Path
) -> None:
    command = "list" if good is APPLICATION else "faults"
    answers = [kind for kind in KINDS if kind != []] + [[each] for each in variations(good)]
    current: list[object] = [None]

    def answer(_: str, connection: socket) -> None:
        connection.sendall(document(current[0]))

    with stranger(after_the_name(answer)) as port:
        project = Project(tmp_path, [], {})
        for current[0] in answers:
            result = project.smssign("sandbox", command, "--port", str(port))
            assert isinstance(result.exception, SystemExit | None), current[0]
            if result.exit_code:
                assert_is_told_apart(result)


@pytest.mark.parametrize("kind", [*KINDS, *([each] for each in KINDS)])
def test_verdict_that_is_answered_by_something_else_is_told_apart(
    kind: object, tmp_path: Path
) -> None:
    def answer(request: str, connection: socket) -> None:
        is_list = request == "GET /_desk/signatures"
        connection.sendall(document([APPLICATION] if is_list else kind))

    assert_is_told_apart(run(["approve", "730001"], after_the_name(answer), tmp_path))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_changes_anything_at_another_program(command: list[str], tmp_path: Path) -> None:
    requests: list[str] = []

    def answer(request: str, connection: socket) -> None:
        requests.append(request)
        connection.sendall(document([APPLICATION]))

    assert_is_told_apart(run(command, answer, tmp_path))
    assert requests == ["GET /_desk/"]


def test_id_can_not_lead_to_another_call(tmp_path: Path) -> None:
    requests: list[str] = []

    def answer(request: str, connection: socket) -> None:
        requests.append(request)
        hostile = {**APPLICATION, "vendor": "../x", "id": "../../reset?#/", "text": "here"}
        connection.sendall(document([hostile]))

    run(["approve", "here"], after_the_name(answer), tmp_path)
    assert requests[-1] == "POST /_desk/signatures/approve"


def test_large_answer_is_not_held_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_sandbox, "_LONGEST_CALL", 15.0)
    tracemalloc.start()
    result = run(["list"], endlessly(LARGE, b" " * (1 << 20)), tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert_is_told_apart(result)
    assert peak < 128 << 20


def test_list_of_a_large_desk_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_sandbox, "_LONGEST_CALL", 60.0)
    applications = [
        {**APPLICATION, "id": str(number), "fields": "x" * 500} for number in range(9999)
    ]
    result = run(["list"], after_the_name(always(document(applications))), tmp_path)
    assert (result.exit_code, len(result.output.splitlines())) == (0, 10_000)
