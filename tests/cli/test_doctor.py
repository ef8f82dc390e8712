"""`smssign doctor` where something is amiss: each finding is a line, and the command ends.

Environments: what curl, Go and Python take as a proxy or certificates, misspelt and of another kind
each way. Files: what a path can lead to. Keys: every code of every vendor's table, and unknown ones
of each family; only those that a source puts after the look at the key may prove it.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from typing import Any

import pytest

import pulumi_smssign
from pulumi_smssign.cli.inventory import checkup
from pulumi_smssign.cli.inventory.checkup import Check, Health
from pulumi_smssign.cli.inventory.stack import Settings, Stack
from pulumi_smssign.contract import reach
from pulumi_smssign.contract.pace import unpaced
from pulumi_smssign.contract.reach import clock_difference
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import OURS
from pulumi_smssign.model.errors import NotFoundError
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.cli.project import PROOF, Project, state
from tests.cli.stranger import Answer, always, response, stranger

PACKAGE = Path(pulumi_smssign.__file__).parent
PASSWORD = "invented-proxy-password"
KEYS = {
    "TENCENTCLOUD_SECRET_ID": "AKIDinvented0000000000",
    "TENCENTCLOUD_SECRET_KEY": "invented-secret-key-000",
}
NOWHERE = {"HTTPS_PROXY": "http://127.0.0.1:9"}
"""A proxy at which nobody listens: no test reaches a vendor."""


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "no.pem").write_text("no certificate", "utf-8")
    (tmp_path / "empty.pem").touch()
    os.mkfifo(tmp_path / "pipe")
    return Project(tmp_path, [], {})


def checks_of(project: Project, **environment: str) -> list[dict[str, str]]:
    result = project.in_stack("doctor", "--json", **environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert PASSWORD not in result.output
    checks: list[dict[str, str]] = json.loads(result.stdout)["checks"]
    assert result.exit_code == any(check["health"] == "failed" for check in checks)
    return checks


@pytest.mark.parametrize(
    ("environment", "finding"),
    [
        ({"HTTPS_PROXY": f"socks5://me:{PASSWORD}@127.0.0.1:9"}, "HTTPS_PROXY is a SOCKS proxy"),
        ({"all_proxy": "socks5h://127.0.0.1:9"}, "all_proxy is a SOCKS proxy"),
        ({"ALL_PROXY": "socks4://127.0.0.1:9"}, "ALL_PROXY"),
        ({"HTTPS_PROXY": f"ftp://me:{PASSWORD}@127.0.0.1:9"}, "HTTPS_PROXY is not usable"),
        ({"HTTPS_PROXY": "http://[::1"}, "HTTPS_PROXY is not usable"),
        ({"HTTPS_PROXY": "http://127.0.0.1:99999"}, "tencent can't be"),
        ({"HTTPS_PROXY": "http://127.0.0.1:port"}, "HTTPS_PROXY is not usable"),
        ({"HTTPS_PROXY": "127.0.0.1:9"}, "can't be reached"),
        ({"HTTPS_PROXY": "https://127.0.0.1:9"}, "can't be reached"),
        ({"SSL_CERT_FILE": "/nonexistent"}, "SSL_CERT_FILE can't be read"),
        ({"SSL_CERT_FILE": "{folder}"}, "SSL_CERT_FILE can't be read"),
        ({"SSL_CERT_FILE": "{folder}/pipe"}, "SSL_CERT_FILE can't be read"),
        ({**NOWHERE, "SSLKEYLOGFILE": "/nonexistent/x"}, "SSLKEYLOGFILE names a file"),
        ({**NOWHERE, "SSL_CERT_DIR": "{folder}/pipe"}, "can't be reached"),
        ({"SSL_CERT_FILE": "{folder}/no.pem"}, "SSL_CERT_FILE can't be read"),
        ({"SSL_CERT_FILE": "{folder}/empty.pem"}, "SSL_CERT_FILE can't be read"),
        ({**NOWHERE, "NO_PROXY": "localhost,[::1],fe80::/10,fd00::/8,*.x,,"}, "tencent can't be"),
    ],
)
def test_environment_that_lets_nothing_be_asked_is_a_finding(
    environment: dict[str, str], finding: str, project: Project
) -> None:
    given = {name: value.format(folder=project.folder) for name, value in environment.items()}
    checks = checks_of(project, **KEYS, **given)
    (failed,) = (check for check in checks if check["health"] == "failed")
    assert failed["subject"] == "tencent (default)"
    assert finding in failed["finding"]
    assert failed["advice"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://exa mple",
        "https://[",
        "https://host:99999",
        f"https://{'a' * 300}.example",
        "ftp://x",
        "https://xn--.example",
        "https://\u202ex.example",
        "https://-",
        "https://.",
        "x",
        "https://a..b",
    ],
)
def test_endpoint_that_can_not_be_is_a_finding(endpoint: str, tmp_path: Path) -> None:
    keys = {"secretId": "AKIDinvented0000000000", "secretKey": "invented", "endpoint": endpoint}
    project = Project(tmp_path, [], {"smssign:tencent": json.dumps(keys)})
    checks = checks_of(project, **NOWHERE)
    assert "failed" in {
        check["health"] for check in checks if check["subject"] == "tencent (default)"
    }


# It ends


def dripping(beginning: bytes) -> Answer:
    """A server that sends the beginning of an answer, and then a byte at a time, without an end."""

    def drip(_: str, connection: socket) -> None:
        connection.sendall(beginning)
        for tick in range(200):
            connection.sendall(str(tick % 10).encode())
            pause.wait(0.3)

    pause = threading.Event()
    return drip


@pytest.mark.parametrize(
    "beginning",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nA: ", b"HTTP/1.1 100 Continue\r\n\r\n"],
)
def test_endpoint_that_never_ends_its_answer_does_not_hold_the_command(
    beginning: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "_LONGEST", 1.0)
    with stranger(dripping(beginning)) as port:
        checks = list(checkup.account_checks(sandboxed(port), ("tencent", "default")))
    assert [check.health for check in checks] == [Health.OK, Health.FAILED]


def test_vendor_that_never_ends_its_answer_to_the_key_does_not_hold_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checkup, "_LONGEST_KEY_CHECK", 1.0)
    drip = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")

    def answer(request: str, connection: socket) -> None:
        if request.startswith("HEAD"):
            connection.sendall(response(b""))
        else:
            drip(request, connection)

    with stranger(answer) as port:
        checks = list(checkup.account_checks(sandboxed(port), ("tencent", "default")))
    assert checks[-1].health is Health.FAILED
    assert "did not answer within" in checks[-1].finding


def test_accounts_are_checked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "_LONGEST", 2.0)
    with stranger(dripping(b"")) as port:
        project = Project(tmp_path, [], {"smssign:sandbox": f"http://127.0.0.1:{port}"})
        before = os.times().elapsed
        checks = checks_of(project)
    assert os.times().elapsed - before < 2 * 2.0
    failed = [check["subject"].split()[0] for check in checks if check["health"] == "failed"]
    assert failed == [*OURS]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "Date: ",
        "Date: x",
        "Date: Sun, 06 Nov 99999 08:49:37 GMT",
        "Date: Sun, 06 Nov 1994 08:49:37",
        "Date: Sun, 06 Nov 0000 08:49:37 GMT",
        "Date: Sun, 06 Nov 1994 08:49:37 +9999",
    ],
)
def test_date_that_is_none_is_no_clock(head: str) -> None:
    with stranger(always(response(b"", "404 Not Found", *filter(None, [head])))) as port:
        difference = clock_difference("tencent", f"http://127.0.0.1:{port}")
    assert difference is None or difference < -1e8


@pytest.mark.parametrize(
    "status", ["200 OK", "302 Found", "401 No", "403 No", "404 No", "405 No", "429 Many"]
)
def test_endpoint_that_answers_anything_is_reached(status: str) -> None:
    with stranger(always(response(b"", status, "Date: Sun, 06 Nov 1994 08:49:37 GMT"))) as port:
        assert clock_difference("tencent", f"http://127.0.0.1:{port}") is not None


def sandboxed(port: int) -> Settings:
    return Settings({"smssign:sandbox": f"http://127.0.0.1:{port}"})


# The key


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    with running() as served, unpaced():
        yield served


def codes_of(vendor: str) -> Any:  # noqa: ANN401 - the vendor's room
    return importlib.import_module(f"pulumi_smssign.{vendor}.codes")


UNKNOWN = {
    "tencent": [
        "FailedOperation",
        "AuthFailure.New",
        "UnauthorizedOperation.New",
        "InvalidParameter.New",
        "ResourceNotFound",
        "ResourceNotFound.New",
        "New",
        "MissingParameter",
        "LimitExceeded.New",
    ],
    "alibaba": [
        "InvalidAccessKeyId",
        "InvalidAccessKeyId.New",
        "Forbidden",
        "Forbidden.New",
        "MissingNew",
        "Signature.New",
        "isv.NEW",
        "New",
        "InvalidSecurityToken.New",
        "IdentityNotFound",
    ],
    "huawei": ["APIGW.9999", "APIG.0301", "APIG.9999", "MSGSMS.9999", "IAM.0001", "New"],
    "ucloud": ["520", "1000", "1", "171", "174", "300", "18999", "230", "220", "-1"],
    "yunpian": ["99", "-99", "-1", "1", "2", "-20", "5"],
}
"""Codes that stand in no table, or prove nothing, of each of a vendor's families."""


@pytest.mark.parametrize("vendor", OURS)
def test_key_is_accepted_only_where_the_answer_proves_it(
    vendor: str, served: RunningSandbox
) -> None:
    codes = codes_of(vendor)
    accepted = set()
    tried = {*map(str, codes.MEANINGS), *UNKNOWN[vendor], *codes.KEY_PROOFS}
    for number, code in enumerate(sorted(tried)):
        served.sandbox.faults.clear()
        sent = int(code) if vendor in ("ucloud", "yunpian") else code
        fault = {"vendor": vendor, "kind": "error", "code": sent, "message": "x", "times": None}
        served.sandbox.faults.add(fault)
        # An account each: after a key that was refused Huawei's calls ask no more.
        name = f"a{number}"
        settings = {"smssign:sandbox": served.url, f"smssign:{vendor}-{name}": "{}"}
        check = checkup._key_check(Accounts(Settings(settings)), (vendor, name), vendor)
        if check.health is Health.OK:
            accepted.add(code)
        else:
            assert check.health is Health.FAILED
            assert check.advice, code
    # That the account has no such signature is an answer to the question.
    absent = {str(code) for code, each in codes.MEANINGS.items() if each.error is NotFoundError}
    assert codes.KEY_PROOFS <= accepted <= codes.KEY_PROOFS | absent


@pytest.mark.parametrize("vendor", OURS)
def test_good_answer_is_accepted(vendor: str, served: RunningSandbox) -> None:
    accounts = Accounts(Settings({"smssign:sandbox": served.url}))
    check = checkup._key_check(accounts, (vendor, "default"), vendor)
    assert (check.health, check.finding[:19]) == (Health.OK, "the key is accepted")


@pytest.mark.parametrize(
    ("vendor", "code", "message", "status"),
    [
        ("alibaba", "InvalidAccessKeyId", "Specified access key is not found or invalid.", 404),
        ("alibaba", "InvalidAccessKeyId.NotFound", "Specified access key is not found.", 404),
        ("alibaba", "Forbidden", "User not authorized to operate on the resource.", 403),
        ("ucloud", 520, "Lack of balance", 200),
        ("ucloud", 1000, "record not found", 200),
        ("ucloud", 171, "Signature VerifyAC Error", 200),
        ("tencent", "AuthFailure.SecretIdNotFound", "The SecretId is not found.", 200),
        ("yunpian", -1, "非法的apikey", 400),
        ("huawei", "APIGW.0301", "Incorrect IAM authentication information", 401),
    ],
)
def test_key_that_the_vendor_does_not_know_fails(
    vendor: str, code: str | int, message: str, status: int, served: RunningSandbox
) -> None:
    answer = {"code": code, "message": message, "http_status": status}
    served.sandbox.faults.add({"vendor": vendor, "kind": "error", **answer, "times": None})
    accounts = Accounts(Settings({"smssign:sandbox": served.url}))
    check = checkup._key_check(accounts, (vendor, "default"), vendor)
    assert check.health is Health.FAILED


# Files


def proofs(folder: Path, submitted: dict[str, Any], *ignored: str) -> list[Check]:
    resource = state(proof_image=submitted) | {"ignoreChanges": list(ignored)}
    return list(checkup.proofs(Stack(folder, resources=(resource,))))


def test_large_file_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "licence.png").open("wb") as stream:
        stream.truncate(3 << 30)
    tracemalloc.start()
    (check,) = proofs(tmp_path, PROOF)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (check.health, check.finding) == (
        Health.WARNING,
        "licence.png has changed since it was submitted",
    )
    assert peak < 32 << 20


@pytest.mark.parametrize(
    ("path", "finding"),
    [
        ("pipe", "is not a regular file"),
        ("/dev/zero", "is not a regular file"),
        (".", "is a directory"),
        ("gone/licence.png", "is not in"),
        ("a\0b", "is not in"),
        ("x" * 5000, "is not in"),
        ("\ud800", "is not in"),
    ],
)
def test_path_that_leads_to_no_file_is_a_finding(path: str, finding: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (check,) = proofs(tmp_path, {**PROOF, "path": path})
    assert check.health is Health.WARNING
    assert finding in check.finding


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
            "a pointer of Git LFS, which stands for the file: run `git lfs pull`",
        ),
        (b"\xef\xbb\xbfversion https://git-lfs.github.com/spec/v1\r\noid sha256:0\n", "Git LFS"),
        (b"/annex/objects/SHA256E-s1--0.png\n", "a pointer of git-annex"),
        (b"\0GITCRYPT\0abc", "locked by git-crypt"),
        (b"%PDF-1.7 ", "a PDF document"),
        (b"", ""),
        (b"\x89PNG\r\n\x1a\n another", ""),
    ],
)
def test_file_that_stands_for_the_submitted_one_is_named(
    content: bytes, kind: str, tmp_path: Path
) -> None:
    (tmp_path / "licence.png").write_bytes(content)
    (check,) = proofs(tmp_path, PROOF)
    assert check.health is Health.WARNING
    changed, _, name = check.finding.partition(": it is ")
    assert changed == "licence.png has changed since it was submitted"
    assert (kind in name) if kind else not name


@pytest.mark.parametrize(
    "ignored", ["proof_image", "*", "proof_image.sha256", "proof_image[0].path"]
)
@pytest.mark.parametrize("is_there", [False, True])
def test_ignore_changes_of_a_file_is_known(ignored: str, is_there: bool, tmp_path: Path) -> None:
    if is_there:
        (tmp_path / "licence.png").write_bytes(b"another")
    (check,) = proofs(tmp_path, PROOF, ignored)
    assert check.health is Health.NOTE
    assert "ignore_changes has it" in check.finding
    assert "takes that for a change of the signature" not in check.advice


@pytest.mark.parametrize("ignored", ["remark", "proof", "proof_image_2", ""])
def test_ignore_changes_of_something_else_is_not_that_of_the_file(
    ignored: str, tmp_path: Path
) -> None:
    (check,) = proofs(tmp_path, PROOF, ignored)
    assert check.health is Health.WARNING


# One client, one reader of files


def calls(tree: ast.Module) -> set[str]:
    """The calls in a module: "httpx.Client", "read_bytes", "open"."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="httpx"), attr=name)):
                names.add(f"httpx.{name}")
            case ast.Call(func=ast.Attribute(attr="read_bytes" | "read_text" | "open" as name)):
                names.add(name)
            case ast.Call(func=ast.Name(id="open")):
                names.add("open")
    return names


def modules_with(*names: str) -> set[str]:
    return {
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        if file.relative_to(PACKAGE).parts[0] != "sandbox"
        and calls(ast.parse(file.read_text("utf-8"))) & set(names)
    }


def test_there_is_one_client_for_vendors_and_one_for_the_sandboxs_desk() -> None:
    makers = ("Client", "get", "head", "post", "put", "request", "stream")
    assert modules_with(*(f"httpx.{name}" for name in makers)) == {
        "contract/transport.py",
        "cli/running_sandbox.py",
    }


def test_no_command_reads_a_file_by_itself() -> None:
    readers = modules_with("read_bytes", "read_text", "open")
    # They write: `status` appends the summary, and `audit` makes the file of `--write`.
    writers = {"cli/status.py", "cli/find.py"}
    assert {name for name in readers if name.startswith("cli/")} == writers
