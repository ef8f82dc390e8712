"""Check and Diff: problems, claims, the policy, and when the vendor is asked at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pulumi
import pytest

from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.vocabulary import TODO
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN
from tests.unit.engine.stage import OTHER, Bag, Held, Stage, at

Lines = Callable[[], list[str]]


# --- check


def test_a_check_names_every_problem_and_repeats_no_value(stage: Stage) -> None:
    news = stage.arguments("【极客】", sign_type=77, remark=3, colour="red")
    problems = stage.plugin().problems(news)
    assert {problem.partition(":")[0] for problem in problems} == {
        "sign_name",
        "sign_type",
        "remark",
        "colour",
    }
    assert not any("极客" in problem or "red" in problem for problem in problems)
    assert stage.api.calls == []


def test_placeholders_are_problems_before_any_call(stage: Stage) -> None:
    news = stage.arguments(sign_type=TODO, proof_image=TODO, adopt="730001")
    problems = stage.plugin().problems(news)
    assert {problem.partition(": write")[0] for problem in problems} == {
        "sign_type: is still TODO",
        "proof_image: is still TODO",
    }
    assert stage.api.calls == []


@pytest.mark.parametrize(
    "policy", ["keep", 7, True, pulumi.UNKNOWN], ids=["text", "number", "bool", "unknown"]
)
def test_a_policy_that_a_transform_has_spoiled_is_a_problem(stage: Stage, policy: object) -> None:
    problems = stage.plugin().problems({**stage.arguments(), "deletion_policy": policy})
    assert problems == [
        'deletion_policy: must be "retain" or "delete", a plain value that is known before the run'
    ]


@pytest.mark.parametrize(
    ("settings", "policy"),
    [
        ({}, "retain"),
        ({"smssign:sandbox": "http://127.0.0.1:9"}, "delete"),
        ({"smssign:sandbox": "http://127.0.0.1:9", "smssign:deletionPolicy": "retain"}, "retain"),
        ({"smssign:deletionPolicy": "delete"}, "delete"),
    ],
    ids=["at a vendor", "in the sandbox", "the stack says retain", "the stack says delete"],
)
def test_a_policy_that_is_left_out_is_the_stacks_or_the_sides(
    stage: Stage, settings: dict[str, str], policy: str
) -> None:
    stage.office.settings.values.update(settings)
    assert stage.plugin().check(stage.arguments())["deletion_policy"] == policy
    inputs = stage.arguments(deletion_policy="delete")
    assert stage.plugin().check(inputs)["deletion_policy"] == "delete"


@at(UCLOUD)
def test_a_new_application_has_to_be_complete_and_an_adopted_signature_has_not(
    stage: Stage,
) -> None:
    for_others = {"sig_purpose": 1, "proxy_doc": "https://papers.example/1"}
    (problem,) = stage.plugin().problems(stage.arguments("极客科技", 0, **for_others))
    assert problem.startswith("proxy_file: is missing")
    assert stage.plugin().problems(stage.arguments("极客科技", 0, **for_others, adopt="7")) == []
    stage.declared()
    assert stage.plugin().problems(stage.arguments("极客科技", 0, **for_others, adopt="1")) == []


def test_proof_files_are_read_from_the_programs_own_folder(stage: Stage) -> None:
    """Wherever the plugin stands; so a create, a change and a replacement find them."""

    def news(picture: int, text: str = "极客科技") -> Bag:
        props = stage.arguments(text, picture)
        props["proof_image"]["path"] = f"p{picture}.png"
        return props

    held = stage.plugin().up(news(0))
    held = stage.plugin().up(news(1), held)
    stage.decide(held, "0")
    new = stage.plugin().up(news(2, "新名"), held)
    assert (new.id, stage.api.calls.count("resubmit")) == ("2", 1)


@pytest.mark.parametrize(("preview", "call"), [(True, "page"), (False, "reviews")])
def test_a_preview_takes_a_list_of_a_moment_ago_and_a_deed_a_live_look(
    stage: Stage, preview: bool, call: str
) -> None:
    held = stage.declared()
    plugin = stage.plugin(preview=preview)
    inputs = plugin.check(stage.arguments(picture=1), held)
    stage.api.calls.clear()
    assert plugin.diff(inputs, held).changes
    assert stage.api.calls == [call]


def test_a_text_that_is_wanted_back_is_remembered_though_it_would_be_forgotten(
    stage: Stage,
) -> None:
    old = stage.approved()
    new = stage.plugin().up(stage.arguments("新名"), old)
    stage.decide(new, "0")
    assert "__predecessors" not in stage.plugin().check(stage.arguments("新名"), new)
    assert stage.plugin().up(stage.arguments(), new).id == old.id


def test_facts_of_the_run_are_no_input(stage: Stage) -> None:
    assert "__run" not in stage.plugin().check(stage.arguments())


@at(TENCENT, YUNPIAN)
def test_two_resources_can_not_declare_one_text(stage: Stage) -> None:
    plugin = stage.plugin()
    plugin.check(stage.arguments(), urn=OTHER)
    with pytest.raises(InputError, match=r"`brand` has the same text as `other`: 【极客科技】 at"):
        plugin.check(stage.arguments())


def test_two_texts_that_look_alike_are_warned_of(stage: Stage, lines: Lines) -> None:
    plugin = stage.plugin()
    plugin.check(stage.arguments("极客A"), urn=OTHER)
    assert lines() == []
    plugin.check(stage.arguments("极客Ａ"))
    (line,) = lines()
    assert line.startswith("brand: `brand` looks like")
    assert "`brand` looks like `other`, whose text has other characters (U+FF21 " in line


def test_two_names_of_one_key_are_one_account_and_two_keys_are_not(stage: Stage) -> None:
    stage.office.keys["twin"] = "default"
    plugin = stage.plugin()
    plugin.check(stage.arguments(), urn=OTHER)
    plugin.check(stage.arguments(account="third"), urn=OTHER + "3")
    with pytest.raises(InputError, match="has the same text"):
        plugin.check(stage.arguments(account="twin"))


def test_a_text_that_is_not_known_yet_is_claimed_by_nobody(stage: Stage) -> None:
    plugin = stage.plugin(preview=True)
    for urn in (OTHER, OTHER + "2"):
        plugin.check({**stage.arguments(), "sign_name": pulumi.UNKNOWN}, urn=urn)
    plugin.check(stage.arguments())
    assert stage.api.calls.count("find") == 0


def test_keys_that_the_sandbox_makes_useless_are_warned_of_once(stage: Stage, lines: Lines) -> None:
    stage.office.settings.values.update(
        {"smssign:sandbox": "http://127.0.0.1:9", "smssign:tencent": '{"region": "x"}'}
    )
    plugin = stage.plugin()
    plugin.check(stage.arguments())
    plugin.check(stage.arguments("别的"), urn=OTHER)
    (line,) = lines()
    assert "the keys of smssign:tencent are not used" in line


def test_oddities_of_an_account_are_said_by_check_and_by_get(
    stage: Stage, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    existing = stage.approved()
    monkeypatch.setattr(Accounts, "warnings", lambda *_: ["the host is odd"])
    stage.plugin().check(stage.arguments("别的"), urn=OTHER)
    stage.plugin().get(existing.id, urn=OTHER)
    assert sum("the host is odd" in line for line in lines()) == 2


@at(ALIBABA)
def test_doubts_are_warnings_of_what_is_new_or_changed(stage: Stage, lines: Lines) -> None:
    news = stage.arguments("极客测试")
    held = stage.plugin().up(news)
    assert any("sign_name" in line for line in lines())
    stage.plugin().check(news, held)
    assert lines() == []
    stage.plugin().check(stage.arguments("极客测试", qualification_id=9), held)
    assert any("sign_name" in line for line in lines())


def test_what_reviewers_refuse_is_warned_of_in_a_preview_alone(stage: Stage, lines: Lines) -> None:
    """And of what is new or changed; owner and flaws are no inputs, so no state has them."""

    def check(preview: bool, news: Bag, held: Held | None = None) -> list[str]:
        plugin = stage.plugin(preview=preview)
        plugin.facts |= {"owner": "云杉示例有限公司", "scans": {"proof_image": ["is turned"]}}
        inputs = plugin.check(news, held)
        assert not inputs.keys() & {"owner", "scans", "__run"}
        return [line.partition("brand: ")[2] for line in lines()]

    news = stage.arguments("极客科技")
    held = stage.plugin().up(news)
    (name, scan) = check(True, news)
    assert name.startswith("sign_name: is no part of owner: UCloud's audit standard (2026-05-09)")
    assert scan == "proof_image: the picture is turned"
    assert check(False, news) == []
    assert check(True, news, held) == []
    assert len(check(True, stage.arguments("极客科技", picture=1), held)) == 2


def test_an_adoption_that_state_has_is_no_claim_any_more(stage: Stage) -> None:
    existing = stage.approved()
    held = stage.plugin().up(stage.arguments(adopt=existing.id), urn=OTHER)
    plugin = stage.plugin()
    plugin.check(stage.arguments(adopt=existing.id), held, urn=OTHER)
    assert plugin.run.owners.seen(OTHER).adopts is None


def test_a_resource_that_adopts_what_another_holds_and_keeps_is_refused(stage: Stage) -> None:
    """Whichever comes first; in the run that drops the other it passes over."""
    held = stage.approved()
    news = stage.arguments("别的", adopt=held.id)
    plugin = stage.plugin()
    plugin.up(stage.arguments(), held)
    plugin.get(held.id, urn=held.urn, scope="mainland", international=False)
    with pytest.raises(InputError, match="a signature has one owner"):
        plugin.check(news, urn=OTHER)


# --- diff


def test_a_second_up_is_no_change_and_no_call(stage: Stage) -> None:
    held = stage.declared()
    stage.api.calls.clear()
    plugin = stage.plugin()
    assert not plugin.look(stage.arguments(), held).changes
    assert stage.api.calls == []
    assert plugin.run.owners.owner(plugin.ref(held)) == held.urn


def test_the_same_file_under_another_path_is_no_change(stage: Stage) -> None:
    held = stage.declared()
    picture = (stage.folder / "p0.png").read_bytes()
    (stage.folder / "p1.png").write_bytes(picture)
    assert not stage.plugin().look(stage.arguments(picture=1), held).changes


def test_a_replacement_names_what_is_the_reason(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete")
    news = stage.arguments("新名", 1, deletion_policy="delete")
    result = stage.plugin().look(news, held)
    assert result.changes is True
    assert result.replaces == ["proof_image", "sign_name"]
    assert result.delete_before_replace is False
    result = stage.plugin().look(stage.arguments(picture=1, deletion_policy="delete"), held)
    assert (result.replaces, result.delete_before_replace) == (["proof_image"], True)


def test_one_that_another_is_adopted_for_is_replaced_by_reason_of_that(stage: Stage) -> None:
    held = stage.approved()
    stage.api.held["7"] = replace(stage.api.held[held.id], id="7")
    assert stage.plugin().look(stage.arguments(adopt="7"), held).replaces == ["adopt"]


def test_a_change_that_would_delete_an_approved_one_is_refused_in_the_preview(stage: Stage) -> None:
    held = stage.approved()
    with pytest.raises(InputError, match="would delete it first"):
        stage.plugin(preview=True).look(stage.arguments(picture=1), held)


def test_with_delete_a_change_that_deletes_an_approved_one_is_said_in_the_preview(
    stage: Stage, lines: Lines
) -> None:
    held = stage.approved(deletion_policy="delete")
    news = stage.arguments(picture=1, deletion_policy="delete")
    lines()
    assert stage.plugin(preview=True).look(news, held).delete_before_replace
    assert any("WILL BE DELETED FIRST" in line for line in lines())
    stage.plugin().look(news, held)
    assert lines() == []


def test_a_deletion_that_comes_with_an_approval_is_said_in_the_preview(
    stage: Stage, lines: Lines
) -> None:
    old = stage.approved(deletion_policy="delete")
    news = stage.arguments("新名", deletion_policy="delete")
    new = stage.plugin().up(news, old)
    stage.decide(new, "0")
    lines()
    assert stage.plugin(preview=True).look(news, new).changes
    assert lines() == ["brand: 【极客科技】 (1) will be deleted: its successor is approved."]


def drifted(held: Held, **outputs: object) -> tuple[Bag, Held]:
    return held.inputs, held.with_outputs(**outputs)


def test_a_refresh_shows_the_drift_and_decides_nothing(stage: Stage) -> None:
    """It checks nothing before its Diff."""
    held = stage.approved()
    plugin = stage.plugin()
    stage.api.calls.clear()
    assert plugin.diff(*drifted(held, document_type=0.0)).changes
    assert not plugin.diff(*drifted(held)).changes
    assert stage.api.calls == []
    assert plugin.run.owners.owner(plugin.ref(held)) == ""


def test_a_question_with_unknown_inputs_decides_nothing(stage: Stage) -> None:
    """The engine asks so for the dependents of a resource that is deleted first."""
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    inputs = plugin.check(stage.arguments(deletion_policy="delete"), held)
    result = plugin.diff({**inputs, "proof_image": pulumi.UNKNOWN}, held)
    assert (result.changes, result.replaces) == (True, None)
    assert plugin.run.owners.seen(held.urn).diffed is None


def test_a_diff_that_replaces_holds_nothing(stage: Stage) -> None:
    held = stage.approved()
    plugin = stage.plugin()
    plugin.look(stage.arguments("新名"), held)
    assert plugin.run.owners.owner(plugin.ref(held)) == ""


@at(HUAWEI)
def test_a_change_of_what_the_vendor_has_already_is_recorded(stage: Stage) -> None:
    """Attached in the console, then written in the program."""
    held = stage.approved()
    review = stage.api.held[held.id]
    attached = {**review.reported, "qualification_id": "Q-9"}
    stage.api.held[held.id] = replace(review, reported=attached)
    after = stage.plugin().up(stage.arguments(qualification_id="Q-9"), held)
    assert after.outputs["qualification_id"] == "Q-9"
    assert stage.api.writes == 1


# --- the journal is settled


@at(TENCENT, ALIBABA)
def test_an_entry_of_what_state_has_is_cleared_by_the_next_run(stage: Stage) -> None:
    """The engine was gone when it was asked, and its state came to be written all the same."""
    held = stage.plugin(is_alive=lambda: False).up(stage.arguments())
    assert len(stage.journal.entries()) == 1
    stage.plugin().look(stage.arguments(), held)
    assert stage.journal.entries() == ()


def test_an_entry_of_a_change_that_state_has_is_cleared_by_the_next_run(stage: Stage) -> None:
    held = stage.declared()
    new = stage.plugin(is_alive=lambda: False).up(stage.arguments(picture=1), held)
    stage.plugin().look(stage.arguments(picture=2), new)
    assert len(stage.journal.entries()) == 1
    stage.plugin().look(stage.arguments(picture=1), new)
    assert stage.journal.entries() == ()


def test_an_entry_of_a_later_submission_of_the_same_text_is_kept(stage: Stage) -> None:
    """A replacement that deletes first was cut off: state still has what was deleted."""
    held = stage.declared()
    stage.plugin().delete(held)
    stage.plugin(is_alive=lambda: False).up(stage.arguments())
    plugin = stage.plugin()
    plugin.look(stage.arguments(), held)
    (entry,) = stage.journal.entries()
    assert entry.id != held.id


# --- a sixth vendor


@pytest.mark.usefixtures("sixth")
def test_a_vendor_without_a_look_up_has_predecessors_too(stage: Stage) -> None:
    def example(name: str) -> Bag:
        usual = {"vendor": "example", "account": "default", "__provider": "x"}
        return {**usual, "name": name, "deletion_policy": "delete"}

    api = stage.office.api("example", "default")
    api.capabilities = Capabilities(finds=False)
    old = stage.plugin().up(example("极客"))
    api.decide(old.id, "good")
    new = stage.plugin().up(example("新名"), old)
    again = stage.plugin().up(example("新名"), new)
    assert [predecessor["id"] for predecessor in again.inputs["__predecessors"]] == [old.id]
    api.decide(new.id, "good")
    stage.plugin().up(example("新名"), again)
    assert set(api.held) == {new.id}
