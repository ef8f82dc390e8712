"""Rows: each kind of line, and that a line which can't be printed fails nothing."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import grpc
import pytest
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_smssign.engine import row
from pulumi_smssign.engine.row import Row, engine_address, engine_is_alive

URN = "urn:pulumi:dev::test::pulumi-python:dynamic/tencentSms:TencentSms::brand"


class Engine:
    """An engine that hears everything, or nothing."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.heard: list[engine_pb2.LogRequest] = []

    def Log(self, request: engine_pb2.LogRequest, timeout: float) -> None:  # noqa: N802
        assert timeout == 5, "a call without a deadline may never end"
        if self.trouble:
            raise self.trouble
        self.heard.append(request)


def with_engine(monkeypatch: pytest.MonkeyPatch, trouble: Exception | None = None) -> Engine:
    engine = Engine(trouble)
    monkeypatch.setattr(row, "_engine", lambda: engine)
    row._shown_once.clear()
    return engine


def test_each_way_to_say_it_is_the_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = with_engine(monkeypatch)
    Row(URN).warn("a warning")
    Row(URN).note("a note")
    Row(URN).info("a line")
    Row(URN).progress("so far")
    messages = [(request.severity, request.message, request.ephemeral) for request in engine.heard]
    assert messages == [
        (engine_pb2.WARNING, "a warning", False),
        (engine_pb2.INFO, "a note", False),
        (engine_pb2.INFO, "a line", False),
        (engine_pb2.INFO, "so far", True),
    ]
    assert {request.urn for request in engine.heard} == {URN}


def test_a_warning_and_a_note_are_said_once_a_process_and_resource(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = with_engine(monkeypatch)
    for urn in (URN, URN, f"{URN}2"):
        Row(urn).warn("the same")
        Row(urn).note("the same")
        Row(urn).info("a line")
    assert [request.message for request in engine.heard].count("the same") == 2
    assert [request.message for request in engine.heard].count("a line") == 3


@pytest.mark.parametrize(
    "trouble", [grpc.RpcError(), ValueError("closed channel")], ids=["gone", "closed"]
)
def test_line_is_printed_where_the_engine_does_not_hear_it(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_engine(monkeypatch, trouble)
    Row(URN).info("accepted")
    Row(URN).progress("waiting")
    assert capsys.readouterr().out == "brand: accepted\n"


def test_a_line_of_no_resource_is_printed_without_a_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = with_engine(monkeypatch)
    Row("").info("accepted")
    assert (engine.heard, capsys.readouterr().out) == ([], "accepted\n")


class Pipe(io.StringIO):
    """A pipe that holds back what is not flushed."""

    passed = ""

    def flush(self) -> None:
        self.passed = self.getvalue()


def test_a_line_is_printed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Pipe()
    with_engine(monkeypatch, grpc.RpcError())
    monkeypatch.setattr(sys, "stdout", pipe)
    Row(URN).info("accepted")
    assert pipe.passed == "brand: accepted\n"


class Full(io.StringIO):
    """A pipe whose other end is closed."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError


def test_line_that_can_not_be_printed_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with_engine(monkeypatch, grpc.RpcError())
    Row(URN).info("half a character: \ud800")
    monkeypatch.setattr(sys, "stdout", Full())
    Row(URN).info("accepted")


def test_a_sign_of_life_is_asked_for_on_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = with_engine(monkeypatch)
    assert engine_is_alive()
    words = "smssign: alive?"
    assert engine.heard == [engine_pb2.LogRequest(severity=engine_pb2.DEBUG, message=words)]


@pytest.mark.parametrize("trouble", [grpc.RpcError(), ValueError("closed channel")])
def test_an_engine_that_does_not_answer_gives_no_sign_of_life(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    with_engine(monkeypatch, trouble)
    assert not engine_is_alive()


def test_where_there_is_no_engine_nobody_can_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row, "_engine", lambda: None)
    assert engine_is_alive()


def test_the_engines_address_is_the_plugins_first_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["plugin", "127.0.0.1:4567"])
    assert engine_address() == "", "this process is no plugin"
    main = SimpleNamespace(DynamicResourceProviderServicer=object)
    monkeypatch.setitem(sys.modules, "__main__", main)
    assert engine_address() == "127.0.0.1:4567"
    monkeypatch.setattr(sys, "argv", ["plugin"])
    assert engine_address() == ""


@pytest.fixture
def fresh() -> Iterator[None]:
    """What is found out once a process is found out anew, and again by the next test."""
    for found in (row._engine, row._has_terminal):
        found.cache_clear()
    yield
    for found in (row._engine, row._has_terminal):
        found.cache_clear()


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("address", ["127.0.0.1:9", ""])
def test_the_engine_is_called_where_it_has_an_address(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(row, "engine_address", lambda: address)
    assert isinstance(row._engine(), engine_pb2_grpc.EngineStub) is bool(address)
    assert row._engine() is row._engine()


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("has_terminal", [True, False])
def test_a_session_has_a_terminal_where_that_can_be_opened(
    monkeypatch: pytest.MonkeyPatch, has_terminal: bool
) -> None:
    closed: list[int] = []

    def opened(path: str, flags: int) -> int:
        assert (path, flags) == ("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
        if not has_terminal:
            raise OSError
        return 77

    of_system = SimpleNamespace(
        open=opened, close=closed.append, O_RDONLY=os.O_RDONLY, O_NOCTTY=os.O_NOCTTY
    )
    monkeypatch.setattr(row, "os", of_system)
    assert row._has_terminal() is has_terminal
    assert closed == [77] * has_terminal


@pytest.mark.parametrize("has_terminal", [True, False])
def test_a_chinese_line_is_as_wide_in_a_terminal_as_the_engine_counts(
    monkeypatch: pytest.MonkeyPatch, has_terminal: bool
) -> None:
    engine = with_engine(monkeypatch)
    monkeypatch.setattr(row, "_has_terminal", lambda: has_terminal)
    Row(URN).warn("【极客】 已通过\nwhole")
    Row(URN).progress("0/1 通过")
    said = [(request.message, request.ephemeral) for request in engine.heard]
    whole = ("【极客】 已通过\nwhole", False)
    if has_terminal:
        padded = "【\u200b极\u200b客\u200b】\u200b 已\u200b通\u200b过\u200b"
        assert said == [whole, (padded, True), ("0/1 通\u200b过\u200b", True)]
    else:
        assert said == [whole, ("0/1 通过", True)]
