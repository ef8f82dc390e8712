"""Tables for terminals, pipes and step summaries."""

from __future__ import annotations

import io
import sys

import pytest

from pulumi_smssign.cli import display


def test_columns_stand_under_each_other_also_with_chinese() -> None:
    table = display.plain_table(("text", "id"), [("极客科技", "1"), ("geek", "22")])
    assert table.splitlines() == ["text      id", "极客科技  1", "geek      22"]


def test_summary_shows_every_text_as_it_is() -> None:
    table = display.markdown_table(
        ("a",), [("x|y <b>&</b> @team `z`\nhttp://a.example WWW.b.example",)]
    )
    cell = table.splitlines()[2]
    assert cell.count("|") == 2
    for mark in ("<b>", "@team", "`", "://", "WWW."):
        assert mark not in cell
    assert "&#124;" in cell
    assert "&amp;" in cell


@pytest.mark.parametrize("has_rich", [True, False])
def test_terminal_gets_a_table_with_rich_and_a_hint_without(
    has_rich: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    if not has_rich:
        monkeypatch.setitem(sys.modules, "rich.console", None)
    display.print_table(("status", "reason"), [("REJECTED", "[red]not markup[/red]")])
    output = terminal.getvalue()
    assert "[red]not markup[/red]" in output
    assert "\x1b[3" not in output
    assert ("─" in output) is has_rich
    assert (display.HINT in capsys.readouterr().err) is not has_rich


def test_pipe_gets_a_plain_table_and_no_hint(capsys: pytest.CaptureFixture[str]) -> None:
    display.print_table(("status",), [("APPROVED",)])
    assert tuple(capsys.readouterr()) == ("status\nAPPROVED\n", "")


@pytest.mark.parametrize(
    ("is_terminal", "term", "printed"),
    [
        (True, "xterm", "Reading the stack and asking its accounts …\r\x1b[K"),
        (True, "dumb", ""),
        (False, "xterm", ""),
    ],
)
def test_a_terminal_alone_is_told_what_a_command_waits_for(
    is_terminal: bool, term: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: is_terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", term)
    with display.asking():
        assert terminal.getvalue() == printed.partition("\r")[0]
    assert terminal.getvalue() == printed
