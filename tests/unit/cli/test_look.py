"""A look at the stack's signatures: each one's standing and next step, without an engine."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pulumi_smssign.cli.inventory.document import document_of
from pulumi_smssign.cli.inventory.look import look, survey
from pulumi_smssign.cli.inventory.next_step import next_step
from pulumi_smssign.cli.inventory.signatures import Role
from pulumi_smssign.cli.inventory.standing import Outcome, Standing, outcome_of
from pulumi_smssign.cli.inventory.step import Move
from pulumi_smssign.cli.status import row_of
from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.model.durations import now
from pulumi_smssign.model.errors import UnavailableError
from pulumi_smssign.model.filing import (
    NOT_TOLD,
    CarrierFiling,
    Filing,
    FilingState,
    Qualification,
)
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from tests.unit.cli.one_account import ACCOUNT, OneAccount, api, recorded, resource, standing
from tests.unit.desk import FakeApi

STAYS = 'stays in the account (it is APPROVED, and its deletion_policy is "retain")'


def test_secret_text_is_shown_nowhere() -> None:
    (only,) = look(OneAccount(api()), recorded(resource(text="[secret]")))
    assert only.signature.handle == Handle("730001", "", "mainland")
    assert "极客科技" not in json.dumps(document_of(only), ensure_ascii=False)
    assert only.text == "[secret]"


def test_secret_reason_is_shown_nowhere() -> None:
    account = OneAccount(api(Status.REJECTED, reason="the name of a person"))
    (only,) = look(account, recorded(resource(reason="[secret]")))
    assert "person" not in json.dumps(document_of(only))
    assert str(next_step(only)) == "mend: [secret]"


def test_reason_hides_a_persons_numbers_and_steers_no_terminal() -> None:
    rejected = standing(Status.REJECTED, reason="法人 11010519491231002X\n\x1b[31m不符 13800138000")
    assert rejected.reason == "法人 [secret] [31m不符 [secret]"


def test_outcome_is_that_of_the_worst_signature() -> None:
    approved, pending, lost = map(standing, (Status.APPROVED, Status.PENDING, Status.REJECTED))
    broken = replace(approved, verdict=None)
    assert outcome_of([approved]) is Outcome.APPROVED
    assert outcome_of([approved, pending]) is Outcome.PENDING
    assert outcome_of([approved, pending, lost]) is Outcome.LOST
    assert outcome_of([lost, broken]) is Outcome.ERROR


def test_stack_without_signatures_is_not_approved() -> None:
    """A first run that failed has made nothing, and no gate may open for it."""
    assert outcome_of([]) is Outcome.EMPTY


@pytest.mark.parametrize(
    ("edit", "outcome"),
    [
        (None, Outcome.APPROVED),
        (Status.PENDING, Outcome.PENDING),
        (Status.REJECTED, Outcome.APPROVED),
    ],
)
def test_signature_in_use_is_waited_for_while_its_edit_is_in_review(
    edit: Status | None, outcome: Outcome
) -> None:
    assert standing(Status.APPROVED, edit=edit).outcome is outcome


@pytest.mark.parametrize(
    ("role", "outcome"),
    [
        ("managed", Outcome.LOST),
        ("read", Outcome.LOST),
        ("predecessor", Outcome.EMPTY),
        ("leaving", Outcome.EMPTY),
        ("unmanaged", Outcome.EMPTY),
    ],
)
def test_signature_counts_where_the_stack_depends_on_it(role: Role, outcome: Outcome) -> None:
    rejected = standing(Status.REJECTED)
    shown = replace(rejected, signature=replace(rejected.signature, role=role))
    assert outcome_of([shown]) is outcome


def test_predecessor_does_not_count_for_the_outcome() -> None:
    predecessor = {"id": "1", "text": "旧名", "account": "default", "scope": "mainland"}
    account = OneAccount(api(Status.PENDING))
    standings = look(account, recorded(resource(predecessors=[predecessor])))
    assert [each.status for each in standings] == ["PENDING", "GONE"]
    assert outcome_of(standings) is Outcome.PENDING
    assert str(next_step(standings[1])) == "nothing: the vendor no longer has it"


def renamed(
    successor: Status, old: Status = Status.APPROVED, retained: str = "", **outputs: object
) -> Standing:
    """The predecessor 730001 of a resource that has 730002 now."""
    account = api(old)
    account.held["730002"] = replace(api(successor).held["730001"], id="730002", text="极客新名")
    predecessor = {"id": "730001", "text": "极客科技", "scope": "mainland", "retained": retained}
    new = {**resource(text="极客新名", predecessors=[predecessor], **outputs), "id": "730002"}
    _, old_standing = look(OneAccount(account), recorded(new))
    return old_standing


@pytest.mark.parametrize(
    ("successor", "policy", "line"),
    [
        (
            Status.PENDING,
            "retain",
            "nothing: in use until its successor is approved, then it stays in the account",
        ),
        (
            Status.PENDING,
            "delete",
            "nothing: in use until its successor is approved, then it is deleted",
        ),
        (Status.APPROVED, "retain", f"nothing: it {STAYS}"),
        (
            Status.APPROVED,
            "delete",
            "nothing: the next pulumi up deletes it (its successor is approved)",
        ),
    ],
)
def test_next_step_of_an_approved_predecessor_is_its_fate(
    successor: Status, policy: str, line: str
) -> None:
    assert str(next_step(renamed(successor, deletion_policy=policy))) == line


@pytest.mark.parametrize(
    ("successor", "old", "line"),
    [
        (Status.PENDING, Status.APPROVED, "in use until its successor is approved, then it stays"),
        (Status.APPROVED, Status.APPROVED, "it stays in the account (it is APPROVED, and retained"),
        (Status.PENDING, Status.REJECTED, "it stays in the account (it is REJECTED, and retained"),
    ],
)
def test_retained_predecessor_stays_whatever_the_policy_says(
    successor: Status, old: Status, line: str
) -> None:
    predecessor = renamed(successor, old, retained="retained", deletion_policy="delete")
    assert str(next_step(predecessor)).startswith(f"nothing: {line}")


def test_predecessor_that_was_never_approved_is_deleted_by_the_next_run() -> None:
    predecessor = renamed(Status.PENDING, Status.REJECTED)
    line = "nothing: the next pulumi up deletes it (it is REJECTED)"
    assert str(next_step(predecessor)) == line


def test_predecessor_that_its_vendor_deletes_after_the_verdict_only_stays_for_now() -> None:
    predecessor = renamed(Status.PENDING, Status.PENDING, vendor="huawei")
    line = "nothing: it stays for now (huawei deletes it after the verdict only)"
    assert str(next_step(predecessor)) == line


@pytest.mark.parametrize(
    ("policy", "line"),
    [
        ("delete", 'the next pulumi up deletes it (its deletion_policy is "delete")'),
        ("retain", STAYS),
    ],
)
def test_next_step_of_a_leaving_signature_is_its_fate(policy: str, line: str) -> None:
    leaving = {**resource(deletion_policy=policy), "delete": True}
    (only,) = look(OneAccount(api()), recorded(leaving))
    assert only.signature.role == "leaving"
    assert str(next_step(only)).endswith(line)


@pytest.mark.parametrize(
    ("status", "policy", "line"),
    [
        (Status.PENDING, "delete", "it stays in the account (its successor is not approved yet)"),
        (Status.APPROVED, "delete", "the next pulumi up deletes it (its successor is approved)"),
        (Status.APPROVED, "retain", f"it {STAYS}"),
    ],
)
def test_fate_of_a_leaving_signature_hangs_on_its_successors_review_and_policy(
    status: Status, policy: str, line: str
) -> None:
    account = api()
    account.held["730002"] = replace(api(status).held["730001"], id="730002")
    leaving = {**resource(deletion_policy="delete"), "delete": True}
    new = {**resource(deletion_policy=policy), "id": "730002"}
    _, old = look(OneAccount(account), recorded(new, leaving))
    assert str(next_step(old)) == f"nothing: {line}"


@pytest.mark.parametrize(
    ("options", "outputs", "status", "expected"),
    [
        ({}, {"deletion_policy": "delete"}, Status.APPROVED, True),
        ({}, {"deletion_policy": "delete"}, Status.PENDING, False),
        ({}, {"deletion_policy": "delete", "shared": True}, Status.APPROVED, False),
        ({}, {"deletion_policy": "retain"}, Status.APPROVED, False),
        ({}, {}, Status.APPROVED, False),
        ({"protect": True}, {"deletion_policy": "delete"}, Status.APPROVED, False),
        ({"retainOnDelete": True}, {"deletion_policy": "delete"}, Status.APPROVED, False),
        ({"external": True}, {"deletion_policy": "delete"}, Status.APPROVED, False),
    ],
)
def test_approved_signature_that_is_deleted_when_dropped_is_a_finding(
    options: dict[str, object], outputs: dict[str, object], status: Status, expected: bool
) -> None:
    signatures = recorded({**resource(**outputs), **options})
    (looked_at,) = look(OneAccount(api(status)), signatures)
    assert looked_at.is_deleted_when_dropped is expected
    (surveyed,) = survey(OneAccount(api(status)), [ACCOUNT], signatures).standings
    warnings = [finding for finding in surveyed.findings if "pulumi destroy, deletes it" in finding]
    assert bool(warnings) is expected


def test_document_has_the_policy_and_whether_it_is_shared() -> None:
    signatures = recorded(resource(deletion_policy="delete", shared=True))
    (only,) = look(OneAccount(api()), signatures)
    document = document_of(only)
    assert (document["deletion_policy"], document["shared"]) == ("delete", True)


def test_document_has_what_the_review_says_and_nothing_of_one_that_is_gone() -> None:
    review = {"vendor_status", "filing", "qualification", "deliverable", "edit_status"}
    in_use = document_of(standing(Status.APPROVED, edit=Status.PENDING))
    (lost,) = look(OneAccount(FakeApi()), recorded(resource()))
    gone = document_of(lost)
    assert (in_use["vendor_status"], in_use["edit_status"]) == ("0", "PENDING")
    assert in_use["deliverable"] in {"yes", "unknown"}
    assert isinstance(in_use["filing"], dict)
    assert isinstance(in_use["qualification"], dict)
    assert {name: gone[name] for name in review} == {
        "vendor_status": "",
        "filing": None,
        "qualification": None,
        "deliverable": "no",
        "edit_status": "",
    }


def test_signature_that_the_vendor_no_longer_has_is_lost_and_submitted_again() -> None:
    (only,) = look(OneAccount(FakeApi()), recorded(resource()))
    assert (only.status, only.outcome) == ("GONE", Outcome.LOST)
    assert str(next_step(only)) == "submit again: pulumi up --refresh"


def test_signature_that_was_accepted_a_moment_ago_is_waited_for() -> None:
    (only,) = look(OneAccount(FakeApi()), recorded(resource(unseen=True, accepted_at=now())))
    assert (only.status, only.outcome) == ("PENDING", Outcome.PENDING)
    assert only.waiting_since == only.signature.state.accepted_at


def test_signature_of_another_account_is_never_called_gone() -> None:
    (only,) = look(OneAccount(FakeApi(), "account-b"), recorded(resource(origin="account-a")))
    assert only.status == "?"
    assert "made in another account" in only.trouble
    assert only.outcome is Outcome.ERROR


def test_account_that_can_not_be_asked_raises_nothing_and_is_an_error() -> None:
    account = OneAccount(FakeApi(trouble=UnavailableError("no answer")))
    (only,) = look(account, recorded(resource()))
    assert (only.status, only.trouble, only.outcome) == ("?", "no answer", Outcome.ERROR)
    assert str(next_step(only)) == "look at the error: the account couldn't be asked"


def test_difference_between_vendor_and_state_is_named() -> None:
    assert standing(Status.APPROVED).differences == ("status",)
    assert standing(Status.PENDING).differences == ()


@pytest.mark.parametrize(
    ("status", "filing", "expected"),
    [
        (Status.APPROVED, FilingState.FILED, ()),
        (Status.APPROVED, FilingState.FILING, ()),
        (Status.APPROVED, FilingState.LAPSED, ("filing",)),
        (Status.REJECTED, FilingState.NONE, ("status",)),
    ],
)
def test_difference_is_shown_until_it_is_a_good_end(
    status: Status, filing: FilingState, expected: tuple[str, ...]
) -> None:
    account = OneAccount(api(status, filing=Filing(filing)))
    (only,) = look(account, recorded(resource(filing={"state": "none"})))
    assert only.shown_differences == expected
    row = row_of(only, {})
    assert ("(state: PENDING)" in row.status) is ("status" in expected)
    assert ("(state: none)" in row.filing) is ("filing" in expected)


@pytest.mark.parametrize(
    ("made", "asked", "trouble"),
    [
        (
            "account-a",
            "account-b",
            (
                "Tencent Cloud has no 730001 in the account that this configuration leads to: it "
                "was made in another account"
            ),
        ),
        (
            "sandbox-a",
            "account-a",
            "730001 was made in the sandbox, and this configuration leads to Tencent Cloud itself",
        ),
        (
            "account-a",
            "sandbox-a",
            "730001 was made at Tencent Cloud itself, and this configuration leads to the sandbox",
        ),
    ],
)
def test_signature_of_another_place_is_named_with_its_place(
    made: str, asked: str, trouble: str
) -> None:
    (only,) = look(OneAccount(FakeApi(), asked), recorded(resource(origin=made)))
    assert (only.verdict, only.trouble) == (None, trouble)
    assert (next_step(only).move, str(next_step(only))) == (
        Move.LOOK,
        "look at the configuration",
    )


@pytest.mark.parametrize(
    ("made", "asked", "status"),
    [
        ("account-a", "account-b", "PENDING"),
        ("account-a", "account-a", "PENDING"),
        ("sandbox-a", "account-a", "?"),
        ("", "account-a", "PENDING"),
    ],
)
def test_signature_that_is_too_new_is_waited_for_on_its_own_side(
    made: str, asked: str, status: str
) -> None:
    new = resource(origin=made, unseen=True, accepted_at=now())
    (only,) = look(OneAccount(FakeApi(), asked), recorded(new))
    assert only.status == status


@pytest.mark.parametrize(
    ("made", "asked"), [("account-a", "account-b"), ("", "sandbox-a"), ("sandbox-a", "sandbox-a")]
)
def test_signature_that_the_account_has_is_shown_whoever_made_it(made: str, asked: str) -> None:
    (only,) = look(OneAccount(api(), asked), recorded(resource(origin=made)))
    assert (only.status, only.trouble) == ("APPROVED", "")


def test_each_word_of_the_vendors_is_on_one_line_and_a_secret_reason_is_no_carriers_either() -> (
    None
):
    def word(text: str) -> str:
        return f"{text}\n\x1b[31m"

    carriers = {word("mobile"): CarrierFiling(FilingState.FAILED, word("at"), [word("why")])}
    filing = Filing(FilingState.FAILED, carriers, word("since"), [word("because")])
    details: dict[str, Any] = {
        "text": word("极客"),
        "reason": word("reason"),
        "remark": word("remark"),
        "filing": filing,
        "qualification": Qualification(word("7"), word("papers")),
    }
    account = api(Status.REJECTED)
    account.held["730001"] = replace(account.held["730001"], **details)
    (shown,) = look(OneAccount(account), recorded(resource()))
    (hidden,) = look(OneAccount(account), recorded(resource(reason="[secret]")))
    for each, reasons in ((shown, ("because [31m",)), (hidden, ())):
        review = each.review
        assert review is not None
        assert (review.text, review.remark) == ("极客 [31m", "remark [31m")
        assert (review.qualification.id, review.qualification.name) == ("7 [31m", "papers [31m")
        (name, carrier), *_ = review.filing.carriers.items()
        assert (name, carrier.since, review.filing.since) == (
            "mobile [31m",
            "at [31m",
            "since [31m",
        )
        assert tuple(review.filing.reasons) == reasons
        assert tuple(carrier.reasons) == (("why [31m",) if reasons else ())
    assert (shown.reason, hidden.reason) == ("reason [31m", "[secret]")
    (without,) = look(OneAccount(api()), recorded(resource(reason="[secret]")))
    assert without.reason == ""


def test_accounts_are_asked_by_themselves_and_the_order_is_the_stacks() -> None:
    account = api()
    for number in ("2", "3"):
        account.held[number] = replace(account.held["730001"], id=number)
    resources = [
        {**resource(account=name), "id": id_, "urn": f"urn:pulumi:dev::shop::x::{id_}"}
        for id_, name in (("730001", "default"), ("2", "shop"), ("3", "default"))
    ]
    standings = look(OneAccount(account), recorded(*resources))
    assert [(each.id, each.signature.account) for each in standings] == [
        ("730001", "default"),
        ("2", "shop"),
        ("3", "default"),
    ]
    assert account.calls == ["reviews", "reviews"]


PAPERS = {"id": "2000417", "name": "", "state": "unknown"}


FILING = Filing.of({"mobile": CarrierFiling(FilingState.LAPSED, "2026-12-01", ["words"])})


@pytest.mark.parametrize(
    ("status", "filing", "calls"),
    [
        (Status.PENDING, NOT_TOLD.as_output(), ["page"]),
        (Status.REJECTED, FILING.as_output(), ["page"]),
        (Status.PENDING, {"state": "?", "carriers": {"mobile": None}, "reasons": [1]}, ["page"]),
        (Status.APPROVED, NOT_TOLD.as_output(), ["reviews"]),
    ],
)
def test_open_ones_that_a_list_shows_as_state_has_them_are_not_asked_for(
    monkeypatch: pytest.MonkeyPatch, status: Status, filing: dict[str, object], calls: list[str]
) -> None:
    """At a vendor whose lists tell less than a question for each, as a refresh does."""
    account = _of_lists(monkeypatch, status)
    account.held["2"] = replace(account.held["730001"], id="2")
    one = resource(status=str(status), filing=filing, qualification=PAPERS)
    other = {**one, "id": "2", "urn": f"{one['urn']}-2"}
    standings = look(OneAccount(account), recorded(one, other))
    assert account.calls == calls
    for document in map(document_of, standings):
        assert document["status"] == str(status)
        if calls == ["page"]:
            assert document["filing"] == Filing.of_output(filing).as_output()
            assert document["qualification"] == PAPERS


def test_a_single_one_is_asked_for_without_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    account = _of_lists(monkeypatch, Status.PENDING)
    look(OneAccount(account), recorded(resource()))
    assert account.calls == ["reviews"]


def _of_lists(monkeypatch: pytest.MonkeyPatch, status: Status) -> FakeApi:
    """An account whose lists tell less of each, and show it as it was."""
    account = api(status)
    account.capabilities = Capabilities(lists_all=False)
    monkeypatch.setattr(account, "is_unmoved", lambda *_: True, raising=False)
    return account
