"""What Alibaba Cloud's side does with signatures in every status, and under every switch."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_smssign.sandbox import ManualClock, Sandbox, Status
from tests.sandbox.alibaba.caller import (
    DELETE,
    GET,
    NAME,
    UPDATE,
    Alibaba,
    application,
    approved,
    update,
)

# Statuses


@pytest.mark.parametrize(
    ("raw", "status", "word"),
    [
        ("0", Status.PENDING, "AUDIT_STATE_INIT"),
        ("1", Status.APPROVED, "AUDIT_STATE_PASS"),
        ("2", Status.REJECTED, "AUDIT_STATE_NOT_PASS"),
        ("10", Status.OTHER, "AUDIT_STATE_CANCEL"),
        ("7", Status.OTHER, "AUDIT_STATE_7"),
    ],
)
def test_every_status_can_be_set_and_is_shown(
    alibaba: Alibaba, sandbox: Sandbox, raw: str, status: Status, word: str
) -> None:
    alibaba.create()
    view = sandbox.set_status("alibaba", NAME, raw, "words")
    (item,) = alibaba.items()

    assert (view.status, view.vendor_status) == (status, raw)
    assert alibaba.get()["SignStatus"] == int(raw)
    assert item["AuditStatus"] == word


def test_a_status_that_is_no_integer_can_not_be_set(alibaba: Alibaba, sandbox: Sandbox) -> None:
    alibaba.create()

    with pytest.raises(ValueError, match="a status of Alibaba Cloud is an integer"):
        sandbox.set_status("alibaba", NAME, "approved")


def test_a_rejection_is_shown_with_its_words_and_date(alibaba: Alibaba, sandbox: Sandbox) -> None:
    alibaba.create()
    sandbox.reject("alibaba", NAME, "资质不清晰")
    audit, reason = alibaba.get()["AuditInfo"], alibaba.items()[0]["Reason"]

    assert isinstance(audit, dict)
    assert isinstance(reason, dict)
    assert audit["RejectInfo"] == reason["RejectInfo"] == "资质不清晰"
    assert audit["AuditDate"] == reason["RejectDate"] != ""


def test_an_approval_leaves_no_reason(alibaba: Alibaba, sandbox: Sandbox) -> None:
    approved(alibaba, sandbox)

    assert alibaba.items()[0]["Reason"] == {
        "RejectInfo": "",
        "RejectSubInfo": "",
        "RejectDate": "",
    }


# Update


@pytest.mark.parametrize(
    ("setting", "taken"),
    [("1,2", {"1", "2"}), ("2", {"2"})],
)
@pytest.mark.parametrize("raw", ["0", "1", "2", "10"])
def test_an_update_is_taken_in_some_statuses(
    alibaba: Alibaba, sandbox: Sandbox, setting: str, taken: set[str], raw: str
) -> None:
    sandbox.switches.set({"alibaba.update_statuses": setting})
    alibaba.create()
    sandbox.set_status("alibaba", NAME, raw)
    code = update(alibaba)

    assert code == ("OK" if raw in taken else "isv.ERROR_SIGN_NOT_MODIFY")


def test_an_update_is_reviewed_again(alibaba: Alibaba, sandbox: Sandbox) -> None:
    approved(alibaba, sandbox, MoreData='["1/a.png"]')
    before = alibaba.get()
    answer = alibaba.call(UPDATE, **application(Remark="edited", MoreData='["1/b.png"]'))
    after = alibaba.get()

    assert (before["SignStatus"], after["SignStatus"]) == (1, 0)
    assert before["OrderId"] != answer["OrderId"] == after["OrderId"]
    assert (after["Remark"], after["FileUrlList"]) == ("edited", ["1/b.png"])
    assert sandbox.signature("alibaba", NAME).submissions == 2


def test_an_update_selects_by_the_text(alibaba: Alibaba) -> None:
    alibaba.create()

    assert update(alibaba, SignName="极客云科") == "SignatureNotFound"


def test_another_accounts_signature_is_not_there(alibaba: Alibaba, other_account: Alibaba) -> None:
    alibaba.create()

    assert other_account.code(GET, SignName=NAME) == "SignatureNotFound"
    assert update(other_account) == "SignatureNotFound"
    assert other_account.code(DELETE, SignName=NAME) == "SignatureNotFound"
    assert other_account.items() == []


def test_what_an_update_leaves_out_is_reset(alibaba: Alibaba, sandbox: Sandbox) -> None:
    approved(alibaba, sandbox, Remark="logins", MoreData='["1/a.png"]')
    update(alibaba)
    shown = alibaba.get()

    assert (shown["Remark"], shown["FileUrlList"]) == ("", [])


def test_a_flawed_update_changes_nothing(alibaba: Alibaba, sandbox: Sandbox) -> None:
    approved(alibaba, sandbox)

    assert update(alibaba, QualificationId=1404) == "QualificationNotFound"
    assert alibaba.get()["SignStatus"] == 1


# Delete


@pytest.mark.parametrize(
    ("raw", "code"),
    [("0", "isv.ERROR_SIGN_NOT_DELETE"), ("1", "OK"), ("2", "OK"), ("10", "OK")],
)
def test_a_deletion_waits_for_the_review(
    alibaba: Alibaba, sandbox: Sandbox, raw: str, code: str
) -> None:
    alibaba.create()
    sandbox.set_status("alibaba", NAME, raw)
    answer = alibaba.call(DELETE, SignName=NAME)

    assert answer["Code"] == code
    assert len(sandbox.signatures("alibaba")) == (code != "OK")


def test_what_is_not_there_is_not_deleted(alibaba: Alibaba) -> None:
    answer = alibaba.send(DELETE, {"SignName": NAME})

    assert (answer.status_code, answer.json()["Code"]) == (404, "SignatureNotFound")


@pytest.mark.parametrize("action", [GET, DELETE])
def test_a_text_is_needed(alibaba: Alibaba, action: str) -> None:
    assert alibaba.code(action) == "MissingSignName"


# The account, the policy, the state file


def test_the_policy_approves_in_time(
    alibaba: Alibaba, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.review_policy = "after:20"
    alibaba.create()
    before = alibaba.get()["SignStatus"]
    clock.advance(20)

    assert (before, alibaba.get()["SignStatus"]) == (0, 1)


def test_the_state_file_keeps_signatures_and_what_was_approved(
    alibaba: Alibaba, sandbox: Sandbox, tmp_path: Path
) -> None:
    approved(alibaba, sandbox, Remark="old")
    update(alibaba, Remark="new")
    kept = Sandbox(state=tmp_path / "desk.json")
    kept.desk.restore(sandbox.desk.state())
    kept.switches.set({"alibaba.reads_show": "last-approved"})
    again = Sandbox(state=tmp_path / "desk.json")

    assert again.signature("alibaba", NAME).vendor_status == "1"
    assert again.signature("alibaba", NAME).fields["Remark"] == "new"
