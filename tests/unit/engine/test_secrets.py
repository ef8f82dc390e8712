"""Secrets: every hook registers them, from whichever properties it is given."""

from __future__ import annotations

import pytest
from pulumi import UNKNOWN
from pulumi.dynamic import CheckResult, CreateResult, DiffResult

from pulumi_smssign.core import secrets
from pulumi_smssign.core.outputs import outputs_of
from pulumi_smssign.core.predecessors import PREDECESSORS
from pulumi_smssign.core.registry import named
from pulumi_smssign.engine.boundary import hook
from pulumi_smssign.model.filing import Filing, FilingState, Qualification
from pulumi_smssign.model.redaction import hide
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status
from tests.unit.engine.stage import Bag

SEAL = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


class Hooks:
    """A provider's hooks of which only the arguments matter."""

    @hook
    def diff(
        self, _urn: str, _id: str, _olds: dict[str, object], _news: dict[str, object]
    ) -> DiffResult:
        return DiffResult(changes=False)


def test_a_hook_hides_what_is_held_before_and_after_a_change() -> None:
    olds = {"vendor": "yunpian", "id_card_name": "虚构甲", "agent_mobile": "13800000011"}
    news = {"vendor": "yunpian", "id_card_name": "虚构乙", "agent_mobile": "13800000012"}
    Hooks().diff("urn:brand", "7", olds, news)
    assert hide("虚构甲 138-0000-0011") == hide("虚构乙 138-0000-0012") == "[secret] [secret]"


def test_the_urls_of_papers_at_ucloud_are_held_in_confidence() -> None:
    secrets.keep({"vendor": "ucloud", "document": "https://x.example/1?sig=invented"})
    assert hide("see https:\\/\\/x.example\\/1?sig=invented") == "see [secret]"


def test_an_approval_hides_what_its_signatures_hold() -> None:
    secrets.keep({"in_confidence": ["虚构丙", ["https://x.example/two", None]]})
    assert hide("虚构丙 https://x.example/two") == "[secret] [secret]"


def test_a_text_is_hidden_where_the_program_calls_it_secret() -> None:
    secrets.keep(
        {"vendor": "tencent", "text": "虚构云一", "sign_name": "虚构云二", "hides": ["text"]}
    )
    secrets.keep({"vendor": "tencent", "text": "虚构云三", "hides": ["reason"]})
    secrets.keep({"signatures": [{"text": "虚构云四", "hides": ["text"]}, {"text": "虚构云五"}]})
    assert hide("虚构云一 虚构云二 虚构云四") == "[secret] [secret] [secret]"
    assert hide("虚构云三 虚构云五") == "虚构云三 虚构云五"


def test_properties_of_another_shape_are_passed_over() -> None:
    unknown: dict[str, object] = dict.fromkeys(
        ("vendor", "signatures", "hides", "in_confidence"), UNKNOWN
    )
    shapes: tuple[dict[str, object], ...] = (
        {}, {"vendor": 7}, {"vendor": "nobody"}, {"signatures": "?"}, {"signatures": [7]}, unknown,
    )  # fmt: skip
    for odd in shapes:
        secrets.keep(odd)
        assert secrets.hides(odd) == frozenset()


def test_words_are_hidden_where_the_program_calls_an_output_secret() -> None:
    props = {"hides": ["reason"]}
    assert secrets.unless_secret("no", "filing", "reason", of=props) == "[secret]"
    assert secrets.unless_secret("no", "filing", of=props) == "no"
    assert secrets.unless_secret("", "reason", of=props) == ""


def test_no_output_tells_what_is_held_in_confidence() -> None:
    secrets.keep({"vendor": "yunpian", "id_card_name": "虚构丁"})
    review = Review(
        "1",
        "极客",
        Status.REJECTED,
        "bad",
        reason="虚构丁\n13800000013",
        outputs={"urge_desc": "虚构丁", "extend": ["%E8%99%9A%E6%9E%84%E4%B8%81"], "vip": True},
        filing=Filing(FilingState.FAILED, reasons=["虚构丁"]),
        qualification=Qualification("7", "虚构丁"),
    )
    outputs = outputs_of(review)
    assert outputs["reason"] == "[secret] [secret]"
    assert outputs["urge_desc"] == "[secret]"
    assert outputs["extend"] == ["[secret]"]
    assert outputs["vip"] is True
    assert outputs["filing"]["reasons"] == ["[secret]"]
    assert outputs["qualification"]["name"] == "[secret]"


def test_a_mirror_of_a_secret_input_is_sealed_in_what_a_hook_returns() -> None:
    sealed = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
    result = CreateResult(
        "1",
        {
            "vendor": "alibaba",
            "hides": ["qualification_id", "sign_name"],
            "sign_name": "虚构云六",
            "review": {"text": "虚构云六", "qualification": {"id": "7"}, "status": "PENDING"},
        },
    )
    assert result.outs is not None
    kept = {name: result.outs[name] for name in ("vendor", "hides", "sign_name")}
    assert secrets.sealed(result).outs == {
        **kept,
        "review": {
            "text": {**sealed, "value": "虚构云六"},
            "qualification": {**sealed, "value": {"id": "7"}},
            "status": "PENDING",
        },
    }


def test_a_secret_that_mirrors_nothing_seals_nothing() -> None:
    review = {"text": "虚构云七"}
    outs = {"vendor": "tencent", "hides": ["remark"], "review": review, "__predecessors": []}
    assert secrets.sealed(CreateResult("1", dict(outs))).outs == outs


def test_predecessor_whose_text_is_sealed_keeps_the_rest_of_what_is_known_of_it() -> None:
    hidden = {"id": "7", "text": "虚构云六", "account": "shop", "hidden": True}
    shown = {"id": "8", "text": "虚构云七", "account": "shop"}
    outs = secrets.sealed(CreateResult("9", {PREDECESSORS: [hidden, shown]})).outs
    first, second = (outs or {})[PREDECESSORS]
    assert {**first, "text": first["text"]["value"]} == hidden
    assert first["text"] != hidden["text"]
    assert second == shown


def test_a_secret_text_that_is_the_resources_id_is_doubted() -> None:
    props = {"vendor": "alibaba", "hides": ["text"]}
    (doubt,) = secrets.clear_ids(named("alibaba"), props)
    assert (doubt.property, doubt.reason) == (
        "sign_name",
        (
            "is a secret, but alibaba knows a signature by its text: that is the resource's id, "
            "which Pulumi keeps in state and prints in clear"
        ),
    )
    assert list(secrets.clear_ids(named("alibaba"), {"vendor": "alibaba"})) == []
    assert list(secrets.clear_ids(named("tencent"), {"vendor": "tencent", "hides": ["text"]})) == []


@pytest.mark.parametrize(
    ("props", "hidden"),
    [
        ({"vendor": "tencent", "hides": ["text"]}, {"text", "sign_name"}),
        ({"vendor": "tencent", "hides": ["sign_name"]}, {"text", "sign_name"}),
        (
            {"vendor": "alibaba", "hides": ["qualification"]},
            {"qualification", "qualification_id"},
        ),
        ({"vendor": "tencent", "hides": ["reason", "remark"]}, {"reason", "remark"}),
        ({"vendor": "nobody", "hides": ["text"]}, {"text"}),
        ({"hides": ["review"]}, {"review", "text", "reason", "filing", "qualification"}),
        ({"hides": "reason"}, {"reason"}),
    ],
)
def test_a_secret_is_one_under_each_name_that_shows_it(props: Bag, hidden: set[str]) -> None:
    assert secrets.hides(props) == hidden


def test_an_approval_of_a_secret_signature_has_its_reviews_sealed_in_inputs_and_outputs() -> None:
    props = {"signatures": [{"hides": ["reason"]}, {"name": "b"}], "reviews": [{"reason": "no"}]}
    for result in (CheckResult(dict(props), []), CreateResult("1", dict(props))):
        sealed = secrets.sealed(result)
        kept = sealed.inputs if isinstance(sealed, CheckResult) else sealed.outs
        assert kept == {**props, "reviews": {**SEAL, "value": [{"reason": "no"}]}}
    open_ones = {**props, "signatures": [{"name": "b"}]}
    assert secrets.sealed(CreateResult("1", dict(open_ones))).outs == open_ones


def test_nothing_is_sealed_that_says_nothing() -> None:
    review = {"text": "", "qualification": {"id": "7"}}
    outs = {"vendor": "tencent", "hides": ["text"], "review": review}
    assert secrets.sealed(CreateResult("1", dict(outs))).outs == outs


def test_the_text_of_a_hidden_predecessor_is_held_in_confidence() -> None:
    secrets.keep(
        {PREDECESSORS: [{"text": "虚构云八", "hidden": True}, {"text": "虚构云九", "id": "9"}]}
    )
    assert hide("虚构云八 虚构云九") == "[secret] 虚构云九"
