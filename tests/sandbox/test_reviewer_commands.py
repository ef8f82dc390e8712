"""`smssign sandbox approve`, `reject`, `list`, `reset`, `faults`, on a sandbox that runs."""

from __future__ import annotations

import json
import shlex
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from click import Command, Context, Group
from click.testing import CliRunner, Result

from pulumi_smssign.cli import main
from pulumi_smssign.sandbox import RunningSandbox, Sandbox
from tests.sandbox.tencent.caller import Tencent

Smssign = Callable[..., Result]


@pytest.fixture
def port(served: RunningSandbox) -> str:
    return served.address.rpartition(":")[2]


@pytest.fixture
def smssign(port: str) -> Smssign:
    """Runs a command on the served sandbox."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["sandbox", *arguments, "--port", port])

    return run


@pytest.fixture
def number(tencent: Tencent) -> str:
    return tencent.submit()


def submit(sandbox: Sandbox, vendor: str, signature_id: str, text: str) -> None:
    sandbox.desk.submit(
        vendor, "default", signature_id=signature_id, text=text, fields={}, evidence={}
    )


def test_an_application_is_approved(smssign: Smssign, sandbox: Sandbox, number: str) -> None:
    result = smssign("approve", number)

    assert (result.exit_code, result.output) == (0, f"tencent {number} 【极客科技】 is approved\n")
    assert sandbox.signature("tencent", number).status == "approved"


def test_an_application_is_rejected_with_words(
    smssign: Smssign, sandbox: Sandbox, number: str
) -> None:
    result = smssign("reject", number, "--reason", "营业执照不清晰")

    assert result.output == f"tencent {number} 【极客科技】 is rejected: 营业执照不清晰\n"
    assert sandbox.signature("tencent", number).reason == "营业执照不清晰"


def test_a_rejection_needs_words(smssign: Smssign, number: str) -> None:
    result = smssign("reject", number)

    assert result.exit_code == 2
    assert "Missing option '--reason'" in result.output


def test_an_application_is_named_by_its_text_too(smssign: Smssign, number: str) -> None:
    assert f"tencent {number} " in smssign("approve", "极客科技").output


def test_an_id_with_a_slash_and_a_question_mark_is_an_id(
    smssign: Smssign, sandbox: Sandbox
) -> None:
    submit(sandbox, "yunpian", "marketing/a?b", "a?b")

    assert smssign("approve", "marketing/a?b").exit_code == 0
    assert sandbox.signature("yunpian", "marketing/a?b").status == "approved"


def test_of_several_the_vendor_says_which(smssign: Smssign, sandbox: Sandbox) -> None:
    submit(sandbox, "yunpian", "极客科技", "极客科技")
    submit(sandbox, "alibaba", "极客科技", "极客科技")
    result = smssign("approve", "极客科技")

    assert result.exit_code == 1
    assert result.output == (
        "Error: 2 signatures are called 极客科技 (yunpian 极客科技, alibaba 极客科技): "
        "say which by --vendor, or take those in review with --all\n"
    )
    assert smssign("approve", "极客科技", "--vendor", "alibaba").exit_code == 0
    assert sandbox.signature("yunpian", "极客科技").status == "pending"


def test_of_several_at_one_vendor_the_id_says_which(smssign: Smssign, sandbox: Sandbox) -> None:
    submit(sandbox, "tencent", "1", "极客科技")
    submit(sandbox, "tencent", "2", "极客科技")

    assert "say which by its id, or" in smssign("approve", "极客科技").output


def statuses(sandbox: Sandbox) -> dict[str, str]:
    return {each.id: each.status.value for each in sandbox.signatures()}


@pytest.fixture
def five(sandbox: Sandbox) -> Sandbox:
    """A desk with five applications, one of them rejected."""
    for vendor, signature_id, text in (
        *(("tencent", "1", "极客科技"), ("tencent", "2", "云杉"), ("tencent", "3", "云杉优选")),
        *(("yunpian", "极客科技", "极客科技"), ("huawei", "h", "极客科技")),
    ):
        submit(sandbox, vendor, signature_id, text)
    sandbox.reject("tencent", "3", "太短")
    return sandbox


@pytest.mark.parametrize(
    ("arguments", "approved"),
    [
        (["1", "2"], {"1", "2"}),
        (["云杉", "1", "h", "2"], {"1", "2", "h"}),
        (["云杉优选"], {"3"}),
        (["--all"], {"1", "2", "h", "极客科技"}),
        (["--all", "--vendor", "tencent"], {"1", "2"}),
        (["极客科技", "--all"], {"1", "h", "极客科技"}),
        (["极客科技", "云杉优选", "--all", "--vendor", "tencent"], {"1"}),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_several_applications_are_approved(
    smssign: Smssign, five: Sandbox, arguments: list[str], approved: set[str]
) -> None:
    result = smssign("approve", *arguments)

    assert result.exit_code == 0, result.output
    assert {name for name, status in statuses(five).items() if status == "approved"} == approved
    assert result.output.count(" is approved\n") == len(approved)


def test_nothing_is_decided_if_one_of_several_names_is_wrong(
    smssign: Smssign, five: Sandbox
) -> None:
    before = statuses(five)

    assert smssign("approve", "1", "9").exit_code == 1
    assert smssign("approve", "--all", "1", "9").exit_code == 1
    assert statuses(five) == before


@pytest.mark.parametrize("command", [["approve"], ["reject", "--reason", "x"]], ids=" ".join)
def test_a_command_that_names_no_application_is_told_what_to_name(
    smssign: Smssign, number: str, sandbox: Sandbox, command: list[str]
) -> None:
    result = smssign(*command, "--vendor", "tencent")

    assert result.exit_code == 2
    assert "Name applications by their ids or texts, or give --all." in result.output
    assert statuses(sandbox) == {number: "pending"}


def test_a_rejection_of_all_is_asked_back(port: str, five: Sandbox) -> None:
    for n in range(4):
        submit(five, "ucloud", f"u{n}", "云杉")
    command = ["sandbox", "reject", "--all", "--reason", "资质不清晰", "--port", port]
    before = statuses(five)
    refused = CliRunner().invoke(main, command, input="n\n")

    assert refused.exit_code == 2
    assert statuses(five) == before
    assert (
        "Reject 8 in review: tencent 1 【极客科技】, tencent 2 【云杉】, yunpian 极客科技 "
        "【极客科技】, huawei h 【极客科技】, ucloud u0 【云杉】 and 3 more? [y/N]"
    ) in refused.output

    assert CliRunner().invoke(main, command, input="y\n").exit_code == 0
    assert set(statuses(five).values()) == {"rejected"}
    assert five.signature("huawei", "h").reason == "资质不清晰"
    assert five.signature("tencent", "3").reason == "太短"


def test_a_rejection_of_few_names_each_of_them(port: str, number: str, sandbox: Sandbox) -> None:
    command = ["sandbox", "reject", "--all", "--reason", "资质不清晰", "--port", port]
    refused = CliRunner().invoke(main, command, input="n\n")

    assert f"Reject 1 in review: tencent {number} 【极客科技】? [y/N]" in refused.output
    assert statuses(sandbox) == {number: "pending"}


def test_a_rejection_of_all_asks_nothing_when_told_so_or_when_none_is_in_review(
    smssign: Smssign, five: Sandbox
) -> None:
    assert smssign("reject", "--all", "--reason", "x", "--yes").exit_code == 0
    result = smssign("reject", "--all", "--reason", "x")

    assert (result.exit_code, result.output) == (0, "No such application is in review.\n")


def test_an_absent_signature_is_told_with_where_to_look(smssign: Smssign, port: str) -> None:
    result = smssign("approve", "9", "--vendor", "ucloud")

    assert result.exit_code == 1
    assert result.output == (
        "Error: the desk has no signature 9 at ucloud; "
        f"`smssign sandbox list --port {port}` lists its signatures\n"
    )


def test_a_list_is_a_table_in_which_chinese_lines_up(
    smssign: Smssign, sandbox: Sandbox, number: str
) -> None:
    submit(sandbox, "yunpian", "云杉", "云杉")
    sandbox.reject("yunpian", "云杉", "太短")

    assert smssign("list").output == (
        "VENDOR   ACCOUNT  ID      TEXT          STATUS           REASON\n"
        f"tencent  default  {number}  【极客科技】  pending (1)\n"
        "yunpian  default  云杉    【云杉】      rejected (FAIL)  太短\n"
    )
    assert "云杉" not in smssign("list", "--vendor", "tencent").output


def test_a_list_may_be_json(smssign: Smssign, number: str) -> None:
    (item,) = json.loads(smssign("list", "--json").output)

    assert (item["id"], item["text"], item["status"]) == (
        number,
        "极客科技",
        "pending",
    )


def test_an_empty_desk_is_said(smssign: Smssign) -> None:
    assert smssign("list").output == "The desk has no applications.\n"
    assert json.loads(smssign("list", "--json").output) == []


def test_a_terminal_obeys_no_text_of_the_desk(smssign: Smssign, sandbox: Sandbox) -> None:
    submit(sandbox, "tencent", "7", "a\x1b[31m\u202eb\nc")
    sandbox.reject("tencent", "7", "\x07\x1b]0;x\x07")

    for output in (smssign("list").output, smssign("approve", "7").output):
        assert "【a\\u{001b}[31m\\u{202e}b\\u{000a}c】" in output
        assert output.replace("\n", "").isprintable()


def test_a_reset_empties_the_desk(smssign: Smssign, sandbox: Sandbox, number: str) -> None:
    assert smssign("reset").output == "The sandbox is reset.\n"
    assert sandbox.signatures() == []


def test_faults_are_ordered_listed_and_taken_out(smssign: Smssign, sandbox: Sandbox) -> None:
    assert smssign("faults").output == "No fault waits.\n"
    smssign(
        *("faults", "add", "hang", "--vendor", "tencent", "--action", "AddSmsSign"),
        *("--times", "3", "--skip", "1", "--probability", "0.5", "--set", "seconds=5"),
    )
    result = smssign("faults", "add", "error", "--always", "--set", "code=LimitExceeded")

    hang, error = sandbox.faults.list()
    assert (hang["times"], hang["skip"], hang["probability"], hang["seconds"]) == (3, 1, 0.5, 5)
    assert (error["times"], error["code"]) == (None, "LimitExceeded")
    first, second = (line.split() for line in result.output.splitlines()[1:])
    assert first[1:8] == ["hang", "tencent", "AddSmsSign", "after", "1:", "3", "at"]
    assert second[1:5] == ["error", "*", "*", "all"]

    smssign("faults", "clear", str(hang["n"]))
    assert sandbox.faults.list() == [error]
    assert smssign("faults", "clear").output == "No fault waits.\n"


def test_a_fault_that_can_not_be_is_told_why(smssign: Smssign) -> None:
    result = smssign("faults", "add", "error", "--set", "code=x", "--vendor", "nobody")

    assert result.exit_code == 1
    assert result.output.startswith("Error: there is no vendor 'nobody', only tencent")
    assert smssign("faults", "add", "error", "--set", "code").exit_code == 2


def test_a_port_before_the_command_counts_too(port: str) -> None:
    result = CliRunner().invoke(main, ["sandbox", "--port", port, "faults", "clear"])

    assert (result.exit_code, result.output) == (0, "No fault waits.\n")


def unused_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


@pytest.mark.parametrize(
    "command",
    [["approve", "1"], ["reject", "1", "--reason", "x"], ["list"], ["reset"], ["faults", "clear"]],
    ids=" ".join,
)
def test_no_sandbox_is_told_with_how_to_start_it_there(command: list[str]) -> None:
    port = unused_port()
    result = CliRunner().invoke(main, ["sandbox", *command, "--port", port])

    assert result.exit_code == 1
    assert result.output == (
        f"Error: no sandbox listens on port {port}: start it in another terminal with "
        f"`smssign sandbox --port {port}`, or name the port of a running one with --port\n"
    )


class _Stranger(BaseHTTPRequestHandler):
    """Some other server."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"name": "something else"}')

    def log_message(self, *_: object) -> None:
        pass


def test_another_server_is_told_from_a_sandbox() -> None:
    with HTTPServer(("127.0.0.1", 0), _Stranger) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        result = CliRunner().invoke(main, ["sandbox", "reset", "--port", str(port)])
        server.shutdown()

    assert result.exit_code == 1
    assert result.output == (
        f"Error: the program on port {port} is not a sandbox of smssign; name the sandbox's port "
        "with --port\n"
    )


@pytest.mark.parametrize(
    "command", ["approve", "reject", "list", "reset", "faults", "faults add", "faults clear"]
)
def test_each_command_is_explained_by_examples_that_can_be_run(command: str) -> None:
    result = CliRunner().invoke(main, ["sandbox", *command.split(), "--help"])

    assert result.exit_code == 0
    _, _, examples = result.output.partition("Example")
    lines = [shlex.split(line) for line in examples.splitlines() if line.startswith("    smssign")]
    assert lines
    for _, *line in lines:
        assert " ".join(line).startswith(f"sandbox {command}")
        parsed: Command | None = main
        while isinstance(parsed, Group) and line:
            parsed = parsed.get_command(Context(parsed), line.pop(0))
        assert parsed is not None
        parsed.make_context("example", line)
