"""`--notify`: robots are told of what has moved, once each, by the form that their pages describe.

The robots are servers on this machine (`robots`), the vendor is a sandbox, and `pulumi` prints a
state that a test has written.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from click.testing import Result

from pulumi_smssign.cli.notices import deliveries
from pulumi_smssign.model.redaction import HIDDEN, keep_secret
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.cli.project import URN, Project, state
from tests.cli.robots import (
    KINDS,
    SECRET,
    TOKEN,
    DingTalk,
    Feishu,
    Robot,
    Webhook,
    WeCom,
    listening,
)
from tests.contract.certificates import Authority

if TYPE_CHECKING:
    from pulumi_smssign.cli.display import Screen

watch = importlib.import_module("pulumi_smssign.cli.watch")  # the command bears its name
REASON = "营业执照不清晰"
NUMBERS = ("730001", "730002")


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    """A desk with two applications that wait."""
    with running() as served:
        for number in NUMBERS:
            served.sandbox.desk.submit(
                "tencent",
                "default",
                signature_id=number,
                text=f"云杉{number[-1]}",
                fields={},
                evidence={},
            )
        yield served


@pytest.fixture
def project(tmp_path: Path, served: RunningSandbox) -> Project:
    resources = [state(number, f"{URN}-{number[-1]}", reason="") for number in NUMBERS]
    for resource in resources:
        resource["inputs"]["__predecessors"] = []
    return Project(tmp_path, resources, {"smssign:sandbox": served.url})


def status(project: Project, *robots: Robot, **environment: str) -> Result:
    """The result of a run that tells these robots."""
    options = [word for robot in robots for word in ("--notify", robot.option)]
    secrets = {f"SMSSIGN_{robot.kind.upper()}_SECRET": robot.secret for robot in robots}
    return project.in_stack(
        "status",
        *("--changed", str(project.folder / "last.json")),
        *options,
        **{**secrets, **environment},
    )


def assert_confidential(project: Project, *texts: str) -> None:
    """Nothing of an address but the host, and no secret, stands in these texts or in the file."""
    for text in (*texts, (project.folder / "last.json").read_text("utf-8")):
        parts = (TOKEN, SECRET, "8f3c2b1a", "693a91f6", "c4f1d2e3", "access_token", "/hooks/")
        assert [part for part in parts if part in text] == []


@pytest.mark.parametrize("secret", [SECRET, ""], ids=["signed", "unsigned"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_robot_is_told_once_of_each_thing_that_moves(
    kind: type[Robot], secret: str, project: Project, served: RunningSandbox
) -> None:
    robot = kind(secret)
    with listening(robot):
        first = status(project, robot)
        assert status(project, robot).exit_code == 3
        served.sandbox.reject("tencent", "730001", REASON)
        moved = status(project, robot)
        again = status(project, robot)
    assert first.exit_code == 3
    assert (moved.exit_code, again.exit_code) == (4, 4)
    whole, verdict = robot.texts
    assert "短信签名：dev 2 项现状（首次通知）" in whole
    assert "云杉1" in whole
    assert "云杉2" in whole
    assert "云杉2" not in verdict
    lines = [line.strip() for line in verdict.splitlines()]
    assert lines[0] == "短信签名：dev 1 项有变化"
    assert lines[1].startswith("1. 【云杉1】腾讯云 730001（资源 brand-1）")
    assert lines[2].startswith("状态：审核中 → 已驳回")
    assert lines[3] == f"原因：{REASON}"
    assert lines[4] == "下一步：按原因修改申请，再运行 pulumi up"
    assert "was told of 1 change." in moved.stderr
    assert "was told" not in again.stderr
    assert_confidential(project, first.output, moved.output)


@pytest.mark.parametrize("kind", [DingTalk, Feishu])
def test_wrong_secret_is_refused_and_the_cause_is_named(
    kind: type[Robot], project: Project
) -> None:
    robot, variable = kind(SECRET), f"SMSSIGN_{kind.__name__.upper()}_SECRET"
    with listening(robot):
        result = status(project, robot, **{variable: "SECanother-0123456789"})
    assert result.exit_code == 3
    assert robot.texts == []
    assert f"its secret belongs into {variable}" in result.stderr
    assert "sign" in result.stderr
    assert_confidential(project, result.output)


@pytest.mark.parametrize("failure", [500, 302, 429, -1])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_robot_that_fails_is_told_by_the_next_run_and_others_are_told_all_the_same(
    kind: type[Robot], failure: int, project: Project, served: RunningSandbox
) -> None:
    robot, other = kind(), Webhook() if kind is not Webhook else WeCom()
    with listening(robot, other):
        status(project, robot, other)
        served.sandbox.reject("tencent", "730001", REASON)
        robot.failure = failure
        failed = status(project, robot, other)
        # A message whose answer is lost may have come: it is not sent again within a run.
        assert robot.asked == 2
        served.sandbox.approve("tencent", "730002")
        robot.failure = 0
        mended = status(project, robot, other)
    assert failed.exit_code == 4
    assert "Warning: " in failed.stderr
    assert "was not told of 1 change" in failed.stderr
    assert f"The next run with --changed {project.folder / 'last.json'} tells it" in failed.stderr
    assert "the exit code is that of the signatures" in failed.stderr
    assert mended.exit_code == 4
    assert [text.count("下一步") for text in robot.texts] == [2, 2]
    assert "审核中 → 已驳回" in robot.texts[-1]
    assert "审核中 → 已通过" in robot.texts[-1]
    assert [text.count("下一步") for text in other.texts] == [2, 1, 1]
    assert_confidential(project, failed.output)


def test_robot_is_told_by_way_of_the_proxy_that_the_environment_names(project: Project) -> None:
    proxy = Webhook()
    with listening(proxy):
        result = project.in_stack(
            "status",
            *("--changed", str(project.folder / "last.json")),
            *("--notify", f"http://robots.example{proxy.path}"),
            HTTP_PROXY=f"http://127.0.0.1:{proxy.port}",
            NO_PROXY="",
        )
    assert "the webhook at robots.example was told of 2 changes." in result.stderr
    assert (proxy.host, len(proxy.texts)) == ("robots.example", 1)


def test_robot_must_prove_who_it_is(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """By a certificate that the environment's authorities have signed; else it is told nothing."""
    authority = Authority.made(tmp_path_factory.mktemp("authority"))
    robot = Feishu(SECRET)
    robot.tls = authority.context()
    with listening(robot):
        stranger = status(project, robot)
        assert robot.texts == []
        trusted = status(project, robot, SSL_CERT_FILE=str(authority.certificate))
    assert "Feishu can't be reached" in stranger.stderr
    assert "its certificate" in stranger.stderr
    assert "was told of 2 changes" in trusted.stderr
    assert len(robot.texts) == 1
    assert_confidential(project, stranger.output, trusted.output)


def test_robot_that_says_nothing_holds_no_run_up_and_is_told_later(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "LONGEST_DELIVERY", 0.3)
    robot = DingTalk(SECRET)
    with listening(robot):
        robot.failure = -2
        silent = status(project, robot)
        robot.is_over.set()
        robot.failure = 0
        monkeypatch.undo()
        status(project, robot)
    assert silent.exit_code == 3
    assert "DingTalk did not answer within" in silent.stderr
    (text,) = robot.texts
    assert "现状（首次通知）" in text
    assert_confidential(project, silent.output)


def test_address_that_no_option_takes_is_not_repeated(project: Project) -> None:
    """Who writes `--notify URL URL` is told of the second one, and not of its token."""
    first, second = (f"https://oapi.dingtalk.com/robot/send?access_token=b{n}{TOKEN}" for n in "12")
    for command in ("status", "watch"):
        result = project.in_stack(command, "--changed", "last.json", "--notify", first, second)
        assert result.exit_code == 2
        assert "unexpected extra argument" in result.output
        assert TOKEN not in result.output


def test_robot_that_nobody_reaches_is_named_and_told_later(project: Project) -> None:
    robot = DingTalk(SECRET)
    with listening(robot):
        pass
    failed = status(project, robot)
    assert failed.exit_code == 3
    assert "DingTalk can't be reached at 127.0.0.1" in failed.stderr
    assert "what to do" not in failed.stderr
    assert_confidential(project, failed.output)


def test_words_of_a_robot_that_refuses_steer_nothing_and_its_token_is_not_repeated(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = DingTalk()
    words = f"\x1b[2J\r\n::error::no group has {TOKEN} at all"
    monkeypatch.setattr(robot, "answer", lambda *_: {"errcode": 1, "errmsg": words})
    with listening(robot):
        result = status(project, robot)
    assert result.exit_code == 3
    assert "it answered 1: [2J : :error::no group has [secret] at all" in result.stderr
    assert "\x1b" not in result.output
    assert_confidential(project, result.output)


def test_robot_is_not_told_of_an_account_that_does_not_answer(
    project: Project, served: RunningSandbox
) -> None:
    robot = WeCom()
    with listening(robot):
        status(project, robot)
        served.sandbox.faults.add(
            {"kind": "error", "code": "AuthFailure.SecretIdNotFound", "times": 9}
        )
        assert status(project, robot).exit_code == 1
        served.sandbox.faults.clear()
        served.sandbox.approve("tencent", "730001")
        status(project, robot)
    assert [text.count("下一步") for text in robot.texts] == [2, 1]


def test_robot_that_comes_later_is_told_of_what_moves_from_then_on(
    project: Project, served: RunningSandbox
) -> None:
    first, later = DingTalk(), WeCom()
    with listening(first, later):
        status(project, first)
        assert status(project, first, later).exit_code == 3
        assert later.texts == []
        served.sandbox.approve("tencent", "730001")
        # A run without robots in between prints it, and takes nothing from them.
        assert status(project).exit_code == 3
        status(project, first, later)
    assert [text.count("下一步") for text in first.texts] == [2, 1]
    assert [text.count("下一步") for text in later.texts] == [1]


def test_signature_that_the_stack_no_longer_has_is_told_of(project: Project) -> None:
    robot = Feishu(SECRET)
    with listening(robot):
        status(project, robot)
        resources = [state(NUMBERS[0], f"{URN}-1", reason="")]
        resources[0]["inputs"]["__predecessors"] = []
        project.prints({"deployment": {"resources": resources}}, _config(project))
        status(project, robot)
    assert robot.texts[-1].endswith("资源 brand-2：已不在本栈中（此前审核中）")


def _config(project: Project) -> object:
    return json.loads((project.folder / "config.json").read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_many_long_verdicts_fit_a_message(
    kind: type[Robot], project: Project, served: RunningSandbox
) -> None:
    resources = []
    for number in range(730100, 730140):
        served.sandbox.desk.submit(
            *("tencent", "default"),
            signature_id=str(number),
            text=f"云杉{number}",
            fields={},
            evidence={},
        )
        served.sandbox.reject("tencent", str(number), f"{REASON}，" * 40)
        resources.append(state(str(number), f"{URN}-{number}", reason=""))
        resources[-1]["inputs"]["__predecessors"] = []
    project.prints({"deployment": {"resources": resources}}, _config(project))
    robot = kind()
    with listening(robot):
        result = status(project, robot)
    assert "was told of 40 changes." in result.stderr
    (text,) = robot.texts
    assert text.startswith("短信签名：dev 40 项")
    rest = re.search(r"另有 (\d+) 项", text)
    assert text.count("下一步") + (int(rest[1]) if rest else 0) == 40


def test_webhook_gets_the_documents_of_status_with_the_earlier_status(
    project: Project, served: RunningSandbox
) -> None:
    robot = Webhook()
    with listening(robot):
        status(project, robot)
        served.sandbox.reject("tencent", "730001", REASON)
        status(project, robot)
    body = robot.bodies[-1]
    (signature,) = body["signatures"]
    assert (body["stack"], body["left"]) == ("dev", [])
    assert (signature["was"], signature["status"], signature["reason"]) == (
        "PENDING",
        "REJECTED",
        REASON,
    )
    assert signature["next"].startswith("mend: ")


def test_webhook_is_sent_nothing_confidential(project: Project) -> None:
    keep_secret(["spruce-webhook-0192837465"])
    resource = state(NUMBERS[0], f"{URN}-spruce-webhook-0192837465", reason="")
    resource["inputs"]["__predecessors"] = []
    project.prints({"deployment": {"resources": [resource]}}, _config(project))
    robot = Webhook()
    with listening(robot):
        status(project, robot)
    (body,) = robot.bodies
    assert body["signatures"][0]["name"] == f"brand-{HIDDEN}"
    assert "0192837465" not in json.dumps(body)


def test_json_has_what_became_of_each_robot(project: Project) -> None:
    robot, broken = DingTalk(), WeCom()
    broken.failure = 500
    with listening(robot, broken):
        result = project.in_stack(
            "status",
            *("--json", "--changed", str(project.folder / "last.json")),
            *("--notify", robot.option, "--notify", broken.option),
        )
    delivered, failed = json.loads(result.stdout)["notified"]
    assert (delivered["number"], delivered["trouble"]) == (2, "")
    assert failed == {
        "robot": f"WeCom at 127.0.0.1:{broken.port}",
        "number": 2,
        "trouble": "it answered HTTP 500",
    }


def test_addresses_and_a_secret_come_from_the_environment(project: Project) -> None:
    first, second = DingTalk(SECRET), Webhook()
    with listening(first, second):
        result = project.in_stack(
            "status",
            *("--changed", str(project.folder / "last.json")),
            SMSSIGN_NOTIFY=f"{first.option}#GROUP_SECRET {second.option} {second.option}",
            GROUP_SECRET=SECRET,
            SMSSIGN_DINGTALK_SECRET="SECof-another-robot-0123",
        )
    assert result.exit_code == 3
    assert (len(first.texts), len(second.texts)) == (1, 1)
    assert_confidential(project, result.output)


def test_addresses_of_the_environment_are_for_runs_that_remember(project: Project) -> None:
    result = project.in_stack("status", SMSSIGN_NOTIFY="not-an-address-0123")
    assert result.exit_code == 3
    assert "robot" not in result.output
    # A pipeline sets a secret that it lacks to an empty text.
    empty = status(project, SMSSIGN_NOTIFY="", SMSSIGN_DINGTALK_SECRET="")
    assert empty.exit_code == 3
    assert "robot" not in empty.output


@pytest.mark.parametrize(
    "address",
    [
        "ftp://oapi.dingtalk.com/robot/send?access_token=" + TOKEN,
        "https://[oapi.dingtalk.com/" + TOKEN,
        "https://host:99999/" + TOKEN,
        f"http://oapi.dingtalk.com/robot/send?access_token={TOKEN}",
        f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}#NO_SUCH_VARIABLE",
        f"wecom=https://host/send?key={TOKEN}#PATH",
        f"slack=https://host/{TOKEN}",
        TOKEN,
    ],
)
def test_wrong_address_is_refused_before_anything_is_asked_and_never_shown(
    address: str, project: Project, served: RunningSandbox
) -> None:
    served.sandbox.log.clear()
    given = ("--changed", str(project.folder / "last.json"), "--notify", address)
    for result in (
        project.in_stack("status", *given),
        project.in_stack("status", *given, "--no-such-option", address),
        project.in_stack("watch", *given),
    ):
        assert result.exit_code == 2
        assert TOKEN not in result.output
    assert served.sandbox.calls() == []


def test_robots_need_the_file_that_remembers_what_they_were_told(project: Project) -> None:
    for command in ("status", "watch"):
        result = project.in_stack(command, "--notify", f"https://host/{TOKEN}")
        assert result.exit_code == 2
        assert "--notify needs --changed FILE" in result.output
        assert TOKEN not in result.output
    alone = project.in_stack("watch", "--changed", str(project.folder / "last.json"))
    assert alone.exit_code == 2
    assert "--changed needs --notify" in alone.output


def test_watch_tells_what_moves_and_names_a_robot_that_fails_once(
    project: Project, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, broken = Feishu(SECRET), WeCom()
    broken.failure = 500
    file = str(project.folder / "last.json")
    decided = iter(NUMBERS)

    def decide(_: object, body: dict[str, Any]) -> dict[str, Any]:
        # Each message that arrives moves the review on, so that no test waits for a clock.
        robot.texts.append(body["content"]["text"])
        if number := next(decided, ""):
            served.sandbox.approve("tencent", number)
        return {"code": 0, "msg": "success"}

    monkeypatch.setattr(robot, "answer", decide)
    with listening(robot, broken):
        result = project.in_stack(
            "watch",
            *("--changed", file, "--interval", "0.1s"),
            *("--notify", robot.option, "--notify", broken.option),
            SMSSIGN_FEISHU_SECRET=SECRET,
        )
        assert result.exit_code == 0
        broken.failure = 0
        status(project, robot, broken)
    assert [text.count("下一步") for text in robot.texts] == [2, 1, 1]
    assert result.stderr.count("was not told") == 1
    assert [text.count("下一步") for text in broken.texts] == [2]
    assert_confidential(project, result.output)


def test_last_line_about_each_robot_stays_below_the_table_of_a_watch() -> None:
    drawn: list[list[str]] = []
    area = SimpleNamespace(draw=lambda _, lines: drawn.append(lines[:-1]))
    show = watch._drawing(cast("Screen", area), compact=False)
    for notes in ({}, {"a": "A was not told", "b": "B was told"}, {}, {"a": "A was told"}):
        show([], notes)
    failed, mended = ["A was not told", "B was told"], ["A was told", "B was told"]
    assert drawn == [[], failed, failed, mended]
