"""What is said on a row; that it can't be said is nobody's failure."""

from __future__ import annotations

import io
import sys

import grpc
import pytest

from pulumi_smssign.engine import row
from pulumi_smssign.engine.row import Row

URN = "urn:pulumi:dev::test::pulumi-python:dynamic/smssign:Signature::brand"


class Engine:
    """An engine that can't be told anything."""

    def __init__(self, trouble: Exception) -> None:
        self.trouble = trouble

    def Log(self, _request: object, timeout: float) -> None:  # noqa: N802
        raise self.trouble


@pytest.mark.parametrize(
    "trouble", [grpc.RpcError(), ValueError("closed channel")], ids=["gone", "closed"]
)
def test_what_the_engine_does_not_hear_is_printed(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(row, "_engine", lambda: Engine(trouble))
    Row(URN).info("accepted")
    Row(URN).progress("waiting")
    assert capsys.readouterr().out == "brand: accepted\n"


class Full(io.StringIO):
    """A pipe whose other end is closed."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError


def test_what_can_not_be_said_at_all_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row, "_engine", lambda: Engine(grpc.RpcError()))
    Row(URN).info("half a character: \ud800")
    monkeypatch.setattr(sys, "stdout", Full())
    Row(URN).info("accepted")
