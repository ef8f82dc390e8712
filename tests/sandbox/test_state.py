"""The state file: it survives a restart, a damage is named."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import (
    Evidence,
    ManualClock,
    Sandbox,
    StateFileError,
    Status,
    running,
    state,
)
from pulumi_smssign.sandbox.evidence import Upload
from tests.sandbox.tencent.caller import PROOF, Tencent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.json"


@pytest.fixture
def sandbox(file: Path) -> Sandbox:
    return Sandbox(state=file)


def submit(sandbox: Sandbox) -> str:
    number = str(sandbox.desk.next_number("tencent", 730001))
    sandbox.desk.submit(
        "tencent",
        "default",
        signature_id=number,
        text="极客科技",
        fields={"International": 0, "Remark": "login"},
        evidence={},
    )
    return number


def test_signatures_survive_a_restart_without_images_and_keys(
    file: Path, http: httpx.Client
) -> None:
    with running(Sandbox(state=file)) as served:
        Tencent(served, http, ManualClock()).rejected()
        before = served.sandbox.signatures()

    assert before
    assert Sandbox(state=file).signatures() == before
    content = file.read_text()
    assert "image/png" in content
    assert PROOF[20:60] not in content
    assert "secret-key" not in content


def test_policy_switches_and_numbers_survive_a_restart(file: Path, sandbox: Sandbox) -> None:
    sandbox.review_policy = "after:60"
    sandbox.switches.set({"tencent.unfiled_status": "-1"})
    first = int(submit(sandbox))
    again = Sandbox(state=file)

    assert again.review_policy == "after:60"
    assert again.switches.changed() == {"tencent.unfiled_status": "-1"}
    assert int(submit(again)) == first + 1


def test_a_delayed_review_goes_on_after_a_restart(file: Path) -> None:
    clock = ManualClock()
    number = submit(Sandbox(state=file, clock=clock, review="after:60"))
    clock.advance(60)

    again = Sandbox(state=file, clock=clock)
    assert again.signature("tencent", number).status is Status.APPROVED


def test_a_policy_that_is_given_wins_over_the_remembered_one(file: Path, sandbox: Sandbox) -> None:
    sandbox.review_policy = "after:60"

    assert Sandbox(state=file, review="manual").review_policy == "manual"
    assert Sandbox(state=file).review_policy == "manual"


@pytest.mark.parametrize("is_there", [True, False])
def test_the_file_is_its_owners_only_and_nothing_is_left_beside_it(
    file: Path, is_there: bool
) -> None:
    if is_there:
        file.touch(mode=0o644)
        file.chmod(0o644)
    sandbox = Sandbox(state=file)
    sandbox.remove("tencent", submit(sandbox))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert Sandbox(state=file).signatures() == []


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_a_link_and_its_target_is_replaced(
    tmp_path: Path, file: Path, is_there: bool
) -> None:
    target = tmp_path / "elsewhere" / "real.json"
    target.parent.mkdir()
    if is_there:
        target.touch()
    file.symlink_to(Path("elsewhere") / "real.json")
    submit(Sandbox(state=file))

    assert file.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.iterdir()] == ["real.json"]
    assert len(Sandbox(state=target).signatures()) == 1


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path, file: Path) -> None:
    file.symlink_to(file)

    with pytest.raises(StateFileError, match=f"can't read the state file {file}: Too many levels"):
        Sandbox(state=file)


def test_nothing_but_a_regular_file_is_read_or_replaced(file: Path) -> None:
    os.mkfifo(file)

    with pytest.raises(StateFileError, match=f"state file {file}: it is not a regular file"):
        Sandbox(state=file)
    assert stat.S_ISFIFO(file.stat().st_mode)


def test_numbers_of_switches_are_stored_as_they_were_set(file: Path, sandbox: Sandbox) -> None:
    numbers: dict[str, JsonValue] = {"huawei.rate_limit": 5, "tencent.visibility_delay": 0.5}
    sandbox.switches.set(numbers)

    assert Sandbox(state=file).switches.changed() == numbers


def test_an_empty_file_is_a_beginning(file: Path) -> None:
    file.touch()

    assert Sandbox(state=file).signatures() == []


DAMAGES = {
    "cut off": lambda text: text[: len(text) // 2],
    "no JSON": lambda _: "hello",
    "another version": lambda text: text.replace('"version": 1', '"version": 2'),
    "another vendor": lambda text: text.replace('"vendor": "tencent"', '"vendor": "nobody"'),
    "a wrong status": lambda text: text.replace('"vendor_status": null', '"vendor_status": "x"'),
    "a wrong policy": lambda text: text.replace('"review": "manual"', '"review": "soon"'),
    "a wrong switch": lambda text: text.replace('"switches": {}', '"switches": {"x": 1}'),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_is_named_and_left_alone(
    file: Path, sandbox: Sandbox, damage: object
) -> None:
    with sandbox.alone():
        submit(sandbox)
    assert callable(damage)
    damaged = damage(file.read_text())
    assert damaged != file.read_text()
    file.write_text(damaged)

    with pytest.raises(StateFileError) as caught:
        Sandbox(state=file)
    message = str(caught.value)
    assert message.startswith(f"the state file {file} is damaged (")
    assert message.endswith("; restore it, or move it away to begin with an empty desk")
    assert "\n" not in message
    assert file.read_text() == damaged


def change_in_every_way(sandbox: Sandbox, clock: ManualClock) -> None:
    """Submit, decide, rename, withdraw, upload and set switches, each by itself."""
    desk = sandbox.desk
    one: dict[str, Any] = {"fields": {}, "evidence": {}}
    for text in ("甲公司", "乙公司", "丙公司"):
        clock.advance(1)
        desk.submit("yunpian", "default", signature_id=text, text=text, **one)
    desk.resubmit("yunpian", "甲公司", text="新公司", new_id="新公司", **one)
    desk.withdraw("yunpian", "乙公司")
    sandbox.reject("yunpian", "丙公司", "blurred")
    desk.keep(Upload("huawei", "default", "f1", clock.now(), Evidence.of(b"x"), {}))
    desk.next_number("tencent", 7)
    sandbox.switches.set({"tencent.enforce_rate": False, "huawei.rate_limit": 5})
    sandbox.switches.set({"huawei.rate_limit": None})
    sandbox.review_policy = "after:60"


def test_changes_of_a_sandbox_that_was_killed_are_there_in_their_order(file: Path) -> None:
    clock = ManualClock()
    killed = Sandbox(state=file, clock=clock)
    whole = file.stat().st_ino
    change_in_every_way(killed, clock)
    assert file.stat().st_ino == whole, "nothing but lines were added"
    again = Sandbox(state=file, clock=clock)

    assert [each.text for each in again.signatures()] == ["新公司", "丙公司"]
    assert again.desk.state() == killed.desk.state()
    assert again.switches.changed() == killed.switches.changed() == {"tencent.enforce_rate": False}
    again.reset()
    assert Sandbox(state=file, clock=clock).desk.state() == again.desk.state()


def test_a_sandbox_that_has_ended_leaves_one_document(file: Path) -> None:
    clock = ManualClock()
    sandbox = Sandbox(state=file, clock=clock)
    with running(sandbox):
        change_in_every_way(sandbox, clock)
        with pytest.raises(json.JSONDecodeError):
            json.loads(file.read_bytes())

    assert len(json.loads(file.read_bytes())["desk"]["signatures"]) == 2


@pytest.mark.parametrize("rest", ["{", '{"desk": {"signatures": [', "\x00\x00"])
def test_the_end_of_a_file_that_a_killed_save_has_cut_is_passed_over(
    file: Path, sandbox: Sandbox, rest: str
) -> None:
    submit(sandbox)
    with file.open("a") as stream:
        stream.write(rest)

    assert Sandbox(state=file).signatures() == sandbox.signatures()


def test_a_damaged_change_is_named(file: Path, sandbox: Sandbox) -> None:
    submit(sandbox)
    file.write_text(file.read_text().replace('"status":"pending"', '"status":"soon"'))

    with pytest.raises(StateFileError, match=r"is damaged \(desk.signatures\.0\.status: "):
        Sandbox(state=file)


@pytest.mark.parametrize("change", ["replaced", "removed", "cut", "longer"])
def test_a_file_that_somebody_else_has_changed_is_written_as_a_whole(
    file: Path, sandbox: Sandbox, change: str
) -> None:
    submit(sandbox)
    content = file.read_bytes()
    if change in {"replaced", "removed"}:
        file.unlink()
    if change != "removed":
        file.write_bytes({"cut": content[:50], "longer": content + b"{}"}.get(change, content))
    submit(sandbox)

    assert Sandbox(state=file).signatures() == sandbox.signatures()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_many_changes_make_room_again(
    file: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "LONGEST", 3000)
    sandbox = Sandbox(state=file)
    number = submit(sandbox)
    sizes = []
    for _ in range(30):
        sandbox.approve("tencent", number)
        sizes.append(file.stat().st_size)

    assert sizes != sorted(sizes)
    assert Sandbox(state=file).signatures() == sandbox.signatures()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_change_for_which_the_disk_has_no_room_is_not_half_in_the_file(
    file: Path, sandbox: Sandbox
) -> None:
    import resource

    submit(sandbox)
    before, size = sandbox.signatures(), file.stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, limits[1]))
        with pytest.raises(StateFileError, match="can't write the state file"):
            submit(sandbox)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)

    assert file.stat().st_size == size
    assert sandbox.signatures() == Sandbox(state=file).signatures() == before


def test_a_path_that_can_not_be_read_or_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "desk.json"

    with pytest.raises(StateFileError, match=f"can't write the state file {file}: No such file"):
        Sandbox(state=file)
    with pytest.raises(StateFileError, match=f"can't read the state file {tmp_path}: it is not"):
        Sandbox(state=tmp_path)


def test_a_file_that_can_not_be_written_any_more_fails_the_call(
    tmp_path: Path, no_proxy: None
) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    with running(Sandbox(state=folder / "desk.json")) as served:
        shutil.rmtree(folder)
        answer = httpx.post(
            f"{served.url}/_desk/review", json={"policy": "immediate"}, trust_env=False
        )

        assert served.sandbox.review_policy == "manual", "a change that failed has not happened"
        with pytest.raises(StateFileError):
            served.sandbox.switches.set({"tencent.enforce_rate": False})
        assert served.sandbox.switches.changed() == {}

    assert answer.status_code == 500
    assert "can't write the state file" in answer.json()["error"]


def test_a_vendors_call_that_can_not_be_stored_is_told_so(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    with running(Sandbox(state=folder / "desk.json")) as served:
        shutil.rmtree(folder)
        with httpx.Client(base_url=served.url, trust_env=False) as client:
            caller = Tencent(served, client, ManualClock())
            body = json.dumps(Tencent.usual).encode()
            answer = caller.post(body, X_TC_Action="AddSmsSign")

        assert served.sandbox.signatures() == []
    assert answer.status_code == 500
    reason = f"can't write the state file {folder / 'desk.json'}: No such file or directory"
    assert answer.json() == {"error": reason}


def test_nothing_is_left_of_a_save_that_fails(file: Path, sandbox: Sandbox) -> None:
    file.unlink()
    file.mkdir()

    with pytest.raises(StateFileError, match=f"can't write the state file {file}: "):
        submit(sandbox)
    assert list(file.parent.iterdir()) == [file]


def test_the_lock_is_its_owners_only(file: Path, sandbox: Sandbox) -> None:
    with sandbox.alone():
        lock = file.with_name(f".{file.name}.lock")
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600


def test_of_several_damages_the_first_is_named(file: Path, sandbox: Sandbox) -> None:
    submit(sandbox)
    change = file.read_text().replace('"status":"pending"', '"status":"soon"')
    file.write_text(change.replace('"submissions":1', '"submissions":"x"'))

    with pytest.raises(StateFileError, match=r"is damaged \(desk.signatures\.0\.submissions: "):
        Sandbox(state=file)


CHANGES: dict[str, Callable[[Sandbox], object]] = {
    "numbers": lambda sandbox: sandbox.desk.next_number("tencent", 1),
    "switches": lambda sandbox: sandbox.switches.set({"huawei.rate_limit": sandbox.desk.changes}),
    "policy": lambda sandbox: setattr(sandbox, "review_policy", f"after:{sandbox.desk.changes}"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_last_of_several_changes_counts(
    file: Path, sandbox: Sandbox, change: Callable[[Sandbox], object]
) -> None:
    for _ in range(3):
        change(sandbox)
    again = Sandbox(state=file)

    assert again.desk.state() == sandbox.desk.state()
    assert again.switches.changed() == sandbox.switches.changed()


def test_a_change_that_could_not_be_stored_is_in_no_later_save(
    tmp_path: Path, no_proxy: None
) -> None:
    file = tmp_path / "state" / "desk.json"
    file.parent.mkdir()
    with running(Sandbox(state=file)) as served:
        desk = served.sandbox.desk
        one: dict[str, Any] = {"fields": {}, "evidence": {}}
        desk.submit("tencent", "default", signature_id="1", text="甲公司", **one)
        moved = file.parent.rename(tmp_path / "away")
        with pytest.raises(StateFileError):
            desk.submit("tencent", "default", signature_id="2", text="乙公司", **one)
        with pytest.raises(StateFileError):
            desk.withdraw("tencent", "1")
        moved.rename(file.parent)
        desk.submit("tencent", "default", signature_id="3", text="丙公司", **one)
        there = [signature.text for signature in served.sandbox.signatures()]
    kept = [signature.text for signature in Sandbox(state=file).signatures()]
    assert there == kept == ["甲公司", "丙公司"]


def test_a_second_sandbox_does_not_use_the_state_file_of_one_that_is_served(
    tmp_path: Path,
) -> None:
    file = tmp_path / "desk.json"
    (tmp_path / "link.json").symlink_to(file)
    with running(Sandbox(state=file)):
        for name in ("desk.json", "link.json"):
            second = Sandbox(state=tmp_path / name)
            with pytest.raises(StateFileError, match="another sandbox uses"), running(second):
                pass
    with running(Sandbox(state=file)):  # once the first has ended
        pass


def test_the_rest_of_a_killed_save_is_cleared(tmp_path: Path) -> None:
    mine = tmp_path / "desk[1].json"
    strangers = (tmp_path / ".desk[1].json.backup", tmp_path / ".desk1.json.x.draft")
    left = tmp_path / ".desk[1].json.abc.draft"
    for file in (*strangers, left):
        file.touch()
    with running(Sandbox(state=mine)):
        assert not left.exists()
    assert all(file.exists() for file in strangers)
