"""What Huawei's side does with signatures in every status."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox, Status
from tests.sandbox.huawei.caller import SIGNATURES, Wire, application

COMPLETED = "REVIEW_PROCESSING_COMPLETED"


def status(wire: Wire, number: str) -> JsonValue:
    return wire.show(number)["status"]


def put(wire: Wire, number: str, **changes: JsonValue) -> str:
    """Updates; gives the error's code, empty on success."""
    answer = wire.send("PUT", f"{SIGNATURES}/{number}", application(**changes))
    return str(answer.json().get("error_code", ""))


def delete(wire: Wire, number: str) -> str:
    """Deletes; gives the error's code, empty on success."""
    answer = wire.send("DELETE", f"{SIGNATURES}/{number}")
    return str(answer.json()["error_code"]) if answer.content else ""


# Update


def test_an_update_replaces_everything_and_is_reviewed_again(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create(apply_desc="first", source_title_content="shop")
    sandbox.reject("huawei", number, "blurred")

    assert put(wire, number, signature_name="极客网络") == ""
    signature = sandbox.signature("huawei", number)
    assert (signature.status, signature.reason, signature.text) == (Status.PENDING, "", "极客网络")
    assert signature.submissions == 2
    assert "apply_desc" not in wire.show(number)


def test_an_update_may_keep_its_own_name(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create()
    sandbox.reject("huawei", number, "blurred")

    assert put(wire, number) == ""


def test_a_bad_update_changes_nothing(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create()
    sandbox.reject("huawei", number, "blurred")

    assert put(wire, number, signature_source=9) == "MSGSMS.0002"
    assert (status(wire, number), wire.show(number)["review_desc"]) == (
        "REVIEW_NOT_PASS",
        "blurred",
    )


def test_an_update_can_not_name_another_app(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create()
    sandbox.reject("huawei", number, "blurred")

    assert put(wire, number, app_id="another") == "MSGSMS.0002"


# States


@pytest.mark.parametrize(
    ("contract", "shown"),
    [
        ("cn", ["REAL_NAME_REGISTRATING", COMPLETED]),
        ("intl", ["PROCESSING", "REVIEW_PASSED"]),
    ],
)
def test_an_approval_may_take_effect_later(
    wire: Wire, sandbox: Sandbox, clock: ManualClock, contract: str, shown: list[str]
) -> None:
    sandbox.switches.set({"huawei.contract": contract, "huawei.approval_delay": 5})
    number = wire.create()
    sandbox.approve("huawei", number)
    before = wire.show(number)
    refused = delete(wire, number)
    clock.advance(5)
    after = wire.show(number)

    assert [before["status"], after["status"]] == shown
    assert ["channel_num" in each for each in (before, after)] == [False, True]
    assert refused == "MSGSMS.0007"


def test_a_channel_number_stays_the_same(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create()
    sandbox.approve("huawei", number)

    assert wire.show(number)["channel_num"] == wire.show(number)["channel_num"]


@pytest.mark.parametrize(
    "shown",
    [
        "REVIEW_PASSED",
        "REVIEW_PASSED_QUALIFICATION_PROCESSING",
        "REVIEW_PASSED_REAL_NAME_REGISTRATING",
        "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL",
    ],
)
def test_an_old_signature_is_an_approved_one(wire: Wire, sandbox: Sandbox, shown: str) -> None:
    number = wire.create()

    assert sandbox.set_status("huawei", number, shown).status is Status.APPROVED
    assert "channel_num" in wire.show(number)


# Activation


@pytest.mark.parametrize(
    ("policy", "then"), [("manual", "PENDING_ACTIVATE"), ("immediate", COMPLETED)]
)
def test_an_activation_is_decided_as_the_policy_says(
    wire: Wire, sandbox: Sandbox, policy: str, then: str
) -> None:
    number = wire.create()
    sandbox.set_status("huawei", number, "TO_BE_ACTIVATED")
    sandbox.review_policy = policy
    answer = wire.send("PUT", f"{SIGNATURES}/{number}/active")

    assert (answer.status_code, answer.content) == (200, b"")
    assert status(wire, number) == then
    assert sandbox.signature("huawei", number).submissions == 1


def test_an_activation_is_decided_after_its_time(
    wire: Wire, sandbox: Sandbox, clock: ManualClock
) -> None:
    number = wire.create()
    sandbox.set_status("huawei", number, "TO_BE_ACTIVATED")
    sandbox.review_policy = "after:60"
    wire.send("PUT", f"{SIGNATURES}/{number}/active")
    before = status(wire, number)
    clock.advance(60)

    assert (before, status(wire, number)) == ("PENDING_ACTIVATE", COMPLETED)
    what = [event.what for event in sandbox.signature("huawei", number).history]
    assert what[-2:] == ["activation requested", "approved"]


def test_a_signature_on_hold_stays_so_when_it_is_to_be_activated(
    wire: Wire, sandbox: Sandbox
) -> None:
    number = wire.create(signature_name="待审科技")
    sandbox.set_status("huawei", number, "TO_BE_ACTIVATED")
    sandbox.review_policy = "immediate"
    wire.send("PUT", f"{SIGNATURES}/{number}/active")

    assert status(wire, number) == "PENDING_ACTIVATE"


# Duplicates


def test_names_are_compared_with_their_case(wire: Wire) -> None:
    wire.create(signature_name="Acme")

    assert wire.create(signature_name="ACME")
    assert wire.code("POST", SIGNATURES, application(signature_name="Acme")) == "MSGSMS.0006"


def test_names_are_each_accounts_own(wire: Wire, other_account: Wire) -> None:
    wire.create()

    assert other_account.create()


def test_a_rejected_one_holds_its_name(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.reject("huawei", wire.create(), "no")

    assert wire.code("POST", SIGNATURES, application()) == "MSGSMS.0006"


def test_a_deleted_one_frees_its_name_at_once(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create()
    sandbox.approve("huawei", number)
    delete(wire, number)

    assert wire.create() != number


# Deletion


def test_a_pending_one_is_deleted_where_the_switch_says_so(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.switches.set({"huawei.delete_pending": "accepted"})

    assert delete(wire, wire.create()) == ""


def test_a_pending_one_is_not_deleted(wire: Wire) -> None:
    answer = wire.send("DELETE", f"{SIGNATURES}/{wire.create()}")

    assert answer.json()["error_code"] == "MSGSMS.0007"
    assert answer.json()["error_detail"] == "status=PENDING_REVIEW"


@pytest.mark.parametrize("code", ["MSGSMS.0005", "MSGSMS.0033"])
def test_the_code_for_what_is_not_there_is_a_switch(
    wire: Wire, other_account: Wire, sandbox: Sandbox, code: str
) -> None:
    sandbox.switches.set({"huawei.missing_code": code})
    number = wire.create()

    assert delete(other_account, number) == code
    assert put(wire, "no-such-id") == code


# Lists


def test_a_lists_name_matches_as_a_part(wire: Wire) -> None:
    wire.create()
    wire.create(signature_name="极客科技二")

    assert wire.names("signature_name=极客科技") == ["极客科技二", "极客科技"]


def test_a_new_signature_is_listed_only_after_the_delay(
    wire: Wire, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.switches.set({"huawei.visibility_delay": 5})
    number = wire.create()
    before = wire.names()
    clock.advance(5)

    assert before == []
    assert status(wire, number) == "PENDING_REVIEW"
    assert wire.names() == ["极客科技"]


def test_times_are_told_and_read_in_utc(wire: Wire, sandbox: Sandbox, clock: ManualClock) -> None:
    at = dt.datetime.fromtimestamp(clock.now(), dt.UTC)
    wire.create()
    clock.advance(10)
    wire.create(signature_name="极客科技二")
    shown = [str(wire.show(each.id)["create_time"]) for each in sandbox.signatures("huawei")]

    assert shown[0] == at.strftime("%Y-%m-%d %H:%M:%S")
    assert wire.names(f"start_time={shown[1]}".replace(" ", "%20")) == ["极客科技二"]
    assert wire.names(f"end_time={shown[0].replace(' ', '%20')}") == []
    assert wire.names(f"end_time={shown[1].replace(' ', '%20')}") == ["极客科技"]


def test_a_page_has_ten_unless_asked_otherwise(wire: Wire) -> None:
    for number in range(11):
        wire.create(signature_name=f"签名{number}")

    assert len(wire.names()) == 10
    assert len(wire.names("limit=500")) == 11


# Drift


def test_drift_is_shown(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create()
    sandbox.change("huawei", number, text="漂移科技", fields={"apply_desc": "elsewhere"})

    shown = wire.show(number)
    assert (shown["signature_name"], shown["apply_desc"]) == ("漂移科技", "elsewhere")
    assert wire.names("signature_name=漂移科技") == ["漂移科技"]


def test_what_vanished_is_gone(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create()
    sandbox.remove("huawei", number)

    assert delete(wire, number) == "MSGSMS.0005"
    assert wire.names() == []
