"""What state tells, what moved, and the lines that adopt: the parts that ask nobody."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.cli.inventory import adoption, moves
from pulumi_smssign.cli.inventory.held import Held, held_by
from pulumi_smssign.cli.inventory.look import look, survey
from pulumi_smssign.cli.inventory.stack import Settings, Stack, account_of, open_stack
from pulumi_smssign.cli.inventory.standing import Outcome, Standing, outcome_of
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.core.verdicts import Target, Verdict
from pulumi_smssign.model.durations import now
from pulumi_smssign.model.errors import InputError, SmsSignError, UnavailableError
from pulumi_smssign.model.filing import CarrierFiling, Filing, FilingState, Qualification
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from tests.unit.desk import FakeApi

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/smssign:TencentSignature::brand"


STAYS = 'stays in the account (it is APPROVED, and its deletion_policy is "retain")'


def resource(**outputs: object) -> dict[str, Any]:
    props = {
        "vendor": "tencent",
        "account": "default",
        "text": "极客科技",
        "scope": "mainland",
        "status": "PENDING",
        **outputs,
    }
    kind = "pulumi-python:dynamic/smssign:TencentSignature"
    inputs = {"predecessors": props.pop("predecessors", [])}
    return {"urn": URN, "type": kind, "id": "730001", "inputs": inputs, "outputs": props}


def held(*resources: dict[str, Any]) -> list[Held]:
    return held_by(resources)


class OneAccount(Accounts):
    """Accounts that all lead to one vendor in memory."""

    def __init__(self, api: FakeApi, side: str = "") -> None:
        super().__init__(Settings({}))
        self._api, self._side = api, side

    def api(self, vendor: str, account: str) -> Any:  # noqa: ANN401
        return self._api

    def origin(self, vendor: str, account: str) -> str:
        return self._side


def api(status: Status = Status.APPROVED, **more: Any) -> FakeApi:  # noqa: ANN401
    raw = {Status.APPROVED: "0", Status.REJECTED: "-1", Status.PENDING: "1"}[status]
    return FakeApi({"730001": Review("730001", "极客科技", status, raw, **more)})


def standing(status: Status = Status.APPROVED, **more: Any) -> Standing:  # noqa: ANN401
    (one,) = look(OneAccount(api(status, **more)), held(resource()))
    return one


def test_state_tells_of_predecessors_of_what_is_read_and_of_what_is_to_go() -> None:
    old = {"id": "730000", "text": "旧名", "account": "default", "scope": "mainland"}
    found = held(
        resource(predecessors=[old]),
        {**resource(), "external": True},
        {**resource(), "id": "729999", "delete": True},
        {"urn": URN, "type": "pulumi:pulumi:Stack", "outputs": {}},
    )
    assert [(one.role, one.handle.id) for one in found] == [
        ("managed", "730001"),
        ("predecessor", "730000"),
        ("read", "730001"),
        ("leaving", "729999"),
    ]


@pytest.mark.parametrize(
    "other", ["urn:pulumi:dev::shop::pulumi-python:dynamic/smssign:TencentSignature::old", URN]
)
@pytest.mark.parametrize("id_", ["730000", "730001"])
def test_what_a_run_was_to_delete_and_a_resource_still_has_is_told_of_once(
    id_: str, other: str
) -> None:
    """The engine keeps both when a run fails between the new one and the old one's end."""
    old = {"id": "730000", "text": "极客科技", "account": "default", "scope": "mainland"}
    replaced = {**resource(), "urn": other, "id": id_, "delete": True}
    found = held(resource(predecessors=[old]), replaced)
    assert [(one.role, one.handle.id) for one in found] == [
        ("managed", "730001"),
        ("predecessor", "730000"),
    ]


def test_a_name_with_colons_in_it_is_the_whole_name() -> None:
    (one,) = held({**resource(), "urn": f"{URN}::codes"})
    assert one.name == "brand::codes"


def test_a_state_without_a_policy_says_retain() -> None:
    (one,) = held(resource())
    assert (one.deletion_policy, one.is_shared, one.kept) == ("retain", False, "")


def test_delete_does_not_hold_for_what_was_taken_over_unasked() -> None:
    own, shared = held(
        resource(deletion_policy="delete"), resource(deletion_policy="delete", shared=True)
    )
    assert (own.deletion_policy, own.kept) == ("delete", "")
    assert (shared.deletion_policy, shared.is_shared) == ("delete", True)
    assert "taken over unasked" in shared.kept


def test_a_predecessors_text_is_secret_where_the_resources_is() -> None:
    old = {"id": "730000", "text": "旧名"}
    found = held(resource(hides=["text"], predecessors=[old]))
    assert [one.hides("text") for one in found] == [True, True]


def test_a_text_that_the_program_keeps_to_itself_is_shown_nowhere() -> None:
    one = look(OneAccount(api()), held(resource(text="[secret]")))[0]
    assert one.held.handle == Handle("730001", "", "mainland")
    assert "极客科技" not in json.dumps(one.as_document(), ensure_ascii=False)
    assert one.text == "[secret]"


def test_outcomes_are_told_by_the_worst() -> None:
    approved, pending, lost = map(standing, (Status.APPROVED, Status.PENDING, Status.REJECTED))
    broken = replace(approved, verdict=None)
    assert outcome_of([]) is Outcome.APPROVED
    assert outcome_of([approved]) is Outcome.APPROVED
    assert outcome_of([approved, pending]) is Outcome.PENDING
    assert outcome_of([approved, pending, lost]) is Outcome.LOST
    assert outcome_of([lost, broken]) is Outcome.ERROR


def test_what_is_on_its_way_out_does_not_count() -> None:
    old = {"id": "1", "text": "旧名", "account": "default", "scope": "mainland"}
    found = look(OneAccount(api()), held(resource(predecessors=[old])))
    assert [one.status for one in found] == ["APPROVED", "GONE"]
    assert outcome_of(found) is Outcome.APPROVED
    assert str(found[1].step) == "nothing: the vendor no longer has it"


def replaced(
    successor: Status, old: Status = Status.APPROVED, retained: str = "", **outputs: object
) -> list[Standing]:
    """A resource that has 730002 now and remembers 730001."""
    account = api(old)
    account.held["730002"] = replace(api(successor).held["730001"], id="730002", text="极客新名")
    predecessor = {"id": "730001", "text": "极客科技", "scope": "mainland", "retained": retained}
    new = {**resource(text="极客新名", predecessors=[predecessor], **outputs), "id": "730002"}
    return look(OneAccount(account), held(new))


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
        (
            Status.APPROVED,
            "retain",
            f"nothing: it {STAYS}",
        ),
        (
            Status.APPROVED,
            "delete",
            "nothing: the next pulumi up deletes it (its successor is approved)",
        ),
    ],
)
def test_the_next_step_of_an_approved_predecessor_is_its_fate(
    successor: Status, policy: str, line: str
) -> None:
    _, old = replaced(successor, deletion_policy=policy)
    assert str(old.step) == line


@pytest.mark.parametrize(
    ("successor", "old", "line"),
    [
        (Status.PENDING, Status.APPROVED, "in use until its successor is approved, then it stays"),
        (Status.APPROVED, Status.APPROVED, "it stays in the account (it is APPROVED, and retained"),
        (Status.PENDING, Status.REJECTED, "it stays in the account (it is REJECTED, and retained"),
    ],
)
def test_a_predecessor_that_is_kept_stays_whatever_the_policy_says(
    successor: Status, old: Status, line: str
) -> None:
    _, kept = replaced(successor, old, retained="retained", deletion_policy="delete")
    assert str(kept.step).startswith(f"nothing: {line}")


def test_a_predecessor_that_was_never_approved_is_deleted_by_the_next_run() -> None:
    _, old = replaced(Status.PENDING, Status.REJECTED)
    assert str(old.step) == "nothing: the next pulumi up deletes it (it is REJECTED)"


def test_a_predecessor_that_its_vendor_deletes_after_the_verdict_only_stays_for_now() -> None:
    _, old = replaced(Status.PENDING, Status.PENDING, vendor="huawei")
    assert str(old.step) == ("nothing: it stays for now (huawei deletes it after the verdict only)")


@pytest.mark.parametrize(
    ("policy", "line"),
    [
        ("delete", 'the next pulumi up deletes it (its deletion_policy is "delete")'),
        ("retain", STAYS),
    ],
)
def test_what_a_run_is_still_to_delete_says_its_fate(policy: str, line: str) -> None:
    leaving = {**resource(deletion_policy=policy), "delete": True}
    (one,) = look(OneAccount(api()), held(leaving))
    assert one.held.role == "leaving"
    assert str(one.step).endswith(line)


@pytest.mark.parametrize(
    ("status", "policy", "line"),
    [
        (Status.PENDING, "delete", "it stays in the account (its successor is not approved yet)"),
        (Status.APPROVED, "delete", "the next pulumi up deletes it (its successor is approved)"),
        (Status.APPROVED, "retain", f"it {STAYS}"),
    ],
)
def test_what_a_run_is_still_to_delete_goes_by_its_successors_review_and_policy_too(
    status: Status, policy: str, line: str
) -> None:
    account = api()
    account.held["730002"] = replace(api(status).held["730001"], id="730002")
    leaving = {**resource(deletion_policy="delete"), "delete": True}
    new = {**resource(deletion_policy=policy), "id": "730002"}
    _, old = look(OneAccount(account), held(new, leaving))
    assert str(old.step) == f"nothing: {line}"


@pytest.mark.parametrize(
    ("more", "outputs", "status", "expected"),
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
def test_an_approved_one_that_a_dropped_line_deletes_is_named(
    more: dict[str, object], outputs: dict[str, object], status: Status, expected: bool
) -> None:
    (one,) = look(OneAccount(api(status)), held({**resource(**outputs), **more}))
    assert one.may_go is expected
    (found,) = survey(
        OneAccount(api(status)), [("tencent", "default")], held({**resource(**outputs), **more})
    ).found
    assert any("a dropped line or a destroy deletes it" in text for text in found.findings) is (
        expected
    )


def test_a_document_has_the_policy_and_whether_it_is_shared() -> None:
    (one,) = look(OneAccount(api()), held(resource(deletion_policy="delete", shared=True)))
    document = one.as_document()
    assert (document["deletion_policy"], document["shared"]) == ("delete", True)


def test_one_that_the_vendor_no_longer_has_is_lost_and_submitted_again() -> None:
    (one,) = look(OneAccount(FakeApi()), held(resource()))
    assert (one.status, one.outcome) == ("GONE", Outcome.LOST)
    assert str(one.step) == "submit again: pulumi up --refresh"


def test_one_that_was_accepted_a_moment_ago_is_waited_for() -> None:
    (one,) = look(OneAccount(FakeApi()), held(resource(unseen=True, accepted_at=now())))
    assert (one.status, one.outcome) == ("PENDING", Outcome.PENDING)
    assert one.waiting_since == one.held.accepted_at


def test_one_of_another_account_is_never_called_gone() -> None:
    (one,) = look(OneAccount(FakeApi(), "account-b"), held(resource(origin="account-a")))
    assert one.status == "?"
    assert "made in another account" in one.trouble
    assert one.outcome is Outcome.ERROR


def test_an_account_that_can_not_be_asked_is_told_and_raises_nothing() -> None:
    (one,) = look(OneAccount(FakeApi(trouble=UnavailableError("no answer"))), held(resource()))
    assert (one.status, one.trouble, one.outcome) == ("?", "no answer", Outcome.ERROR)


def test_state_stands_beside_what_differs() -> None:
    assert standing(Status.APPROVED).differs == ("status",)
    assert standing(Status.PENDING).differs == ()


def test_reviewers_words_that_the_program_keeps_to_itself_are_shown_nowhere() -> None:
    api_ = api(Status.REJECTED, reason="the name of a person")
    (one,) = look(OneAccount(api_), held(resource(reason="[secret]")))
    assert "person" not in json.dumps(one.as_document())
    assert str(one.step) == "mend: [secret]"


def test_what_a_reviewer_quotes_of_a_person_is_hidden_and_steers_no_terminal() -> None:
    one = standing(Status.REJECTED, reason="法人 11010519491231002X\n\x1b[31m不符 13800138000")
    assert one.reason == "法人 [secret] [31m不符 [secret]"


def test_a_survey_finds_what_is_not_managed_and_tells_no_reason_that_is_kept() -> None:
    carriers = {
        "mobile": CarrierFiling(FilingState.LAPSED, reasons=["NO_SEND_RECORD"]),
        "unicom": CarrierFiling(FilingState.FILED),
    }
    account = api(filing=Filing.of(carriers), qualification=Qualification("7"))
    account.held["9"] = replace(account.held["730001"], id="9", text="另一个")
    mine = held(resource(reason="[secret]"))
    found = survey(OneAccount(account), [("tencent", "default")], mine)
    findings = {one.id: one.findings for one in found.found}
    assert findings == {
        "730001": ("filing lapsed at mobile",),
        "9": ("beside the stack", "filing lapsed at mobile (NO_SEND_RECORD)"),
    }
    assert found.is_whole


def test_where_the_text_is_the_identity_a_resource_is_told_by_it_and_the_id_is_the_vendors() -> (
    None
):
    review = replace(api().held["730001"], id="极客科技")
    account = OneAccount(FakeApi({"极客科技": review}))
    for vendor, is_managed in (("yunpian", True), ("tencent", False)):
        (one,) = survey(account, [(vendor, "default")], held(resource(vendor=vendor))).found
        assert (one.held.is_managed, one.id) == (is_managed, "极客科技")


def test_what_is_only_read_stands_beside_the_stack_unless_a_resource_manages_it_too() -> None:
    read = {**resource(), "external": True}
    account, there = OneAccount(api(qualification=Qualification("7"))), [("tencent", "default")]
    (one,) = survey(account, there, held(read)).found
    assert (one.held.is_managed, one.findings) == (False, ("beside the stack (read by brand)",))
    (one,) = survey(account, there, held(resource(), read)).found
    assert (one.held.is_managed, one.findings) == (True, ())


@pytest.mark.parametrize(
    ("trouble", "is_whole"),
    [(UnavailableError("no answer"), False), (InputError("no list"), False)],
)
def test_an_account_that_was_not_asked_makes_a_survey_less_than_whole(
    trouble: SmsSignError, is_whole: bool
) -> None:
    found = survey(OneAccount(FakeApi(trouble=trouble)), [("tencent", "default")], [])
    assert (found.found, found.asked, found.is_whole) == ((), (), is_whole)
    assert bool(found.unlisted) is isinstance(trouble, InputError)


def test_the_first_look_moves_everything_and_the_same_again_nothing(tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    one = standing()
    assert moves.compare(moves.read(file), [one]).moved == (one,)
    moves.write(file, moves.Earlier(), [one])
    assert file.stat().st_mode & 0o777 == 0o600
    assert "极客科技" not in file.read_text("utf-8")
    assert moves.compare(moves.read(file), [one]).is_none
    assert list(tmp_path.iterdir()) == [file]


def test_a_move_tells_what_was_and_one_that_left_is_named(tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    moves.write(file, moves.Earlier(), [standing(Status.PENDING)])
    news = moves.compare(moves.read(file), [standing(Status.REJECTED, reason="no")])
    assert [one.status for one in news.moved] == ["REJECTED"]
    assert list(news.was.values()) == ["PENDING"]
    (left,) = moves.compare(moves.read(file), []).left
    assert (left.name, left.status) == ("brand", "PENDING")


def test_what_could_not_be_asked_for_is_remembered_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    seen = standing(Status.PENDING)
    moves.write(file, moves.Earlier(), [seen])
    broken = replace(seen, verdict=None, trouble="no answer")
    news = moves.compare(moves.read(file), [broken])
    assert news.moved == (broken,)
    moves.write(file, moves.read(file), [broken])
    assert moves.compare(moves.read(file), [seen]).is_none


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 2}', "\x00"])
def test_a_file_that_is_something_else_is_named_and_left(tmp_path: Path, content: str) -> None:
    file = tmp_path / "last.json"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match="is not one that `smssign status --changed` wrote"):
        moves.read(file)
    assert file.read_text("utf-8") == content


def test_a_file_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "no").write_text("a file", "utf-8")
    with pytest.raises(InputError, match="can't be written"):
        moves.write(tmp_path / "no" / "last.json", moves.Earlier(), [])


def test_accounts_are_those_of_configuration_environment_and_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for vendor in VENDORS:
        for name in named(vendor).credentials.environment.values():
            monkeypatch.delenv(name, raising=False)
    settings = Settings(
        {"smssign:tencent-shop": "{}", "smssign:sandbx": "x", "smssign:adopt": "existing"}
    )
    assert Stack(Path(), settings=settings).accounts_there == [("tencent", "shop")]
    monkeypatch.setenv("YUNPIAN_APIKEY", "k")
    assert Stack(Path(), settings=settings, resources=(resource(),)).accounts_there == [
        ("tencent", "default"),
        ("tencent", "shop"),
        ("yunpian", "default"),
    ]
    sandbox = Stack(Path(), settings=Settings({"smssign:sandbox": "http://127.0.0.1:8725"}))
    assert [vendor for vendor, _ in sandbox.accounts_there] == list(VENDORS)


@pytest.mark.parametrize(
    ("key", "account"),
    [
        ("smssign:tencent", ("tencent", "default")),
        ("smssign:huawei-a-b", ("huawei", "a-b")),
        ("smssign:tencent-", None),
        ("smssign:sandbx", None),
        ("smssign:Tencent", None),
    ],
)
def test_a_key_is_an_accounts_or_nobodys(key: str, account: tuple[str, str] | None) -> None:
    assert account_of(key) == account


REPORTED: dict[str, dict[str, object]] = {
    "alibaba": {"sign_name": "极客科技", "qualification_id": 7, "third_party": False},
    "huawei": {
        "signature_name": "极客科技",
        "signature_type": "NOTIFY_TYPE",
        "signature_source": 0,
        "is_involved_third": False,
        "app_id": "5d0c",
        "qualification_id": "Q-1",
    },
    "tencent": {"sign_name": "极客科技", "international": False, "qualification_id": 7},
    "ucloud": {"sig_content": "极客科技"},
    "yunpian": {"sign": "极客科技", "is_only_global": False, "industry_type": "其它"},
}


def reported_by(vendor: str) -> dict[str, object]:
    """What a vendor reports of a signature: its text, unless more is known of it here."""
    return REPORTED.get(vendor, {named(vendor).application.text_field: "极客科技"})


def found_at(
    vendor: str,
    text: str = "极客科技",
    id_: str = "730001",
    account: str = "default",
    **changes: object,
) -> Standing:
    """A signature that the account has, and no resource of the stack."""
    reported = {**reported_by(vendor), **changes}
    handle = Handle(id_, text)
    review = Review(id_, text, Status.APPROVED, "0", reported=reported)
    verdict = Verdict(Target("", vendor, account, handle), review)
    return Standing(named(vendor), Held("", "", vendor, account, handle, "beside"), verdict)


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_lines_are_python_and_name_what_is_left_to_do(vendor: str) -> None:
    lines = adoption.lines(found_at(vendor, account="shop"), "brand")
    (call,) = ast.parse(lines).body
    assert isinstance(call, ast.Expr)
    assert 'adopt="730001"' in lines
    assert 'account="shop"' in lines
    assert max(map(len, lines.splitlines())) <= 100
    required = [
        n for n, field in named(vendor).application.model_fields.items() if field.is_required()
    ]
    for name in required:
        (line,) = (line for line in lines.splitlines() if line.strip().startswith(f"{name}="))
        assert ("# TODO" in line) is (name not in reported_by(vendor))
    assert adoption.objections(found_at(vendor)) == ()


@pytest.mark.parametrize(
    "hostile", ["'); import os\n#", '"); import os\n#', "\\", "'\"", "\u202e\r\x85"]
)
def test_no_text_of_a_vendor_becomes_code(hostile: str) -> None:
    one = found_at("tencent", hostile, hostile, sign_name=hostile)
    (name,) = adoption.resource_names([one])
    lines = adoption.lines(one, name)
    (statement,) = ast.parse(lines).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    written = {keyword.arg: keyword.value for keyword in statement.value.keywords}
    assert ast.literal_eval(written["adopt"]) == hostile
    plan = adoption.gapless_plan(one, name)
    assert all(line.startswith("#") for line in plan.splitlines())


def test_what_a_program_can_not_declare_any_more_is_said() -> None:
    (problem,) = adoption.objections(found_at("huawei", signature_source=1))
    assert problem.property == "signature_source"


def test_names_of_resources_are_unique_at_their_vendor() -> None:
    one, two, other = found_at("huawei"), found_at("huawei", id_="730002"), found_at("tencent")
    names = adoption.resource_names([one, two, other])
    assert names == ["极客科技-730001", "极客科技-730002", "极客科技"]
    taken = replace(one.held, name="极客科技")
    assert adoption.resource_names([one, other], [taken]) == ["极客科技-730001", "极客科技"]
    again = replace(taken, name="极客科技-730001")
    assert adoption.resource_names([one], [taken, again]) == ["极客科技-730001-2"]


def test_the_plan_leaves_out_the_kind_of_name_that_has_to_go() -> None:
    one = found_at("huawei", signature_source=2)
    managed = replace(one, held=replace(one.held, name="brand", role="managed"))
    plan = adoption.gapless_plan(managed, "brand-new")
    program = "\n".join(
        line.removeprefix("#    ") for line in plan.splitlines() if line.startswith("#    ")
    )
    ast.parse(program)
    assert "SignatureSource.ENTERPRISE,  # TODO" in program
    assert "the resource 'brand'" in plan
    assert 'new = huawei.Signature(\n    "brand-new",' in program
    assert "names of apps are filed no more since 2026-05-01" in plan


def test_a_folder_without_a_project_is_the_environment_alone(tmp_path: Path) -> None:
    stack = open_stack(tmp_path, None, needed=False)
    assert stack == Stack(tmp_path)
