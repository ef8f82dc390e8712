"""The facts of a run, as the program tells them with each resource."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pulumi
import pytest
from pulumi import ResourceOptions as Options
from pulumi.runtime import _callbacks

from pulumi_smssign import Approval, Brand, Facts, tencent, yunpian
from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.files import opened
from pulumi_smssign.model.vocabulary import RUN
from pulumi_smssign.program.facts import OptionsSeen
from tests.images import jpeg, png
from tests.unit.program.declared import declare, inputs_of


class Shop(pulumi.ComponentResource):
    """A component of the user's own."""

    def __init__(self, name: str, opts: Options | None = None) -> None:
        super().__init__("shop:index:Shop", name, None, opts)


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def transforms_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK keeps those of all programs in this process."""
    monkeypatch.setattr(_callbacks._CallbackServicer, "_servicers", [])


def brand(opts: Options | None = None, **tencents: Any) -> Brand:  # noqa: ANN401
    return Brand(
        "geek",
        vendors=["tencent"],
        facts={"text": "云杉示例", "licence": "licence.png"},
        tencent={"opts": Options(**tencents)},
        opts=opts,
    )


def retained(program: Callable[[], object], name: str = "brand") -> bool | None:
    """The `retain_on_delete` of a signature as its program sees it."""
    retains: bool | None = inputs_of(program)[name][RUN].get("retains")
    return retains


def setting(value: bool | None) -> Callable[[Any], pulumi.ResourceTransformationResult]:
    """A transformation that sets the option, whatever it was."""

    def transform(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
        opts = Options.merge(args.opts, None)
        opts.retain_on_delete = value
        return pulumi.ResourceTransformationResult(args.props, opts)

    return transform


def untouched(_: pulumi.ResourceTransformArgs) -> None:
    """A transform that changes nothing, which nobody can know beforehand."""


def test_a_resource_tells_where_its_program_stands(directory: Path) -> None:
    assert inputs_of(declare)["brand"][RUN] == {
        "directory": str(directory),
        "preview": False,
        "retains": False,
    }


def test_an_approval_tells_it_too(directory: Path) -> None:
    inputs = inputs_of(lambda: Approval("approved", signatures=[declare()]))
    assert inputs["approved"][RUN]["directory"] == str(directory)


def test_read_signature_tells_no_facts() -> None:
    assert RUN not in inputs_of(lambda: tencent.Signature.get("found", "730001"))["found"]


@pytest.mark.parametrize("given", [True, False])
def test_its_own_option_is_seen(given: bool) -> None:
    assert retained(lambda: declare(opts=Options(retain_on_delete=given))) is given


@pytest.mark.parametrize(
    ("of_the_brand", "own", "seen"),
    [
        (None, None, False),
        (True, None, True),
        (True, False, False),
        (False, True, True),
        (False, None, False),
    ],
)
def test_a_brand_hands_its_option_down_to_what_has_none(
    of_the_brand: bool | None, own: bool | None, seen: bool
) -> None:
    opts = Options(retain_on_delete=of_the_brand)
    assert retained(lambda: brand(opts, retain_on_delete=own), "geek-tencent") is seen


def test_a_signature_hands_it_down_too() -> None:
    def program() -> None:
        declare(opts=Options(parent=declare("parent", Options(retain_on_delete=True))))

    assert retained(program) is True


def test_the_options_of_a_users_component_cannot_be_seen() -> None:
    def program() -> None:
        declare(opts=Options(parent=Shop("shop", Options(retain_on_delete=True))))

    assert retained(program) is None


def test_a_brand_in_a_users_component_cannot_see_them_either() -> None:
    assert retained(lambda: brand(Options(parent=Shop("shop"))), "geek-tencent") is None


@pytest.mark.parametrize("given", [True, False])
def test_an_option_of_its_own_goes_before_that_of_a_users_component(given: bool) -> None:
    def program() -> None:
        declare(opts=Options(parent=Shop("shop"), retain_on_delete=given))

    assert retained(program) is given


@pytest.mark.parametrize(("before", "after"), [(None, True), (True, False), (True, None)])
def test_a_stack_transformation_is_seen(before: bool | None, after: bool | None) -> None:
    def program() -> None:
        pulumi.runtime.register_stack_transformation(setting(after))
        declare(opts=Options(retain_on_delete=before))

    assert retained(program) is bool(after)


def test_a_transformation_of_its_own_and_of_its_brand_are_seen() -> None:
    transformed = Options(transformations=[setting(True)])
    assert retained(lambda: declare(opts=transformed)) is True
    assert retained(lambda: brand(transformed), "geek-tencent") is True


def test_a_transform_of_its_own_may_set_anything() -> None:
    opts = Options(transforms=[untouched], retain_on_delete=False)
    assert retained(lambda: declare(opts=opts)) is None


def test_facts_that_a_transformation_has_copied_say_the_same() -> None:
    def copied(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
        facts: Any = args.props[RUN]
        props = {**args.props, RUN: {**facts}}
        return pulumi.ResourceTransformationResult(props, args.opts)

    opts = Options(transforms=[untouched], transformations=[copied], retain_on_delete=False)
    assert retained(lambda: declare(opts=opts)) is None
    assert retained(lambda: declare(opts=Options(transformations=[copied]))) is False


def test_a_transform_of_a_parent_may_set_anything() -> None:
    def program() -> None:
        shop = Shop("shop", Options(transforms=[untouched]))
        declare(opts=Options(parent=shop, retain_on_delete=False))

    assert retained(program) is None


def test_a_transform_of_the_stack_may_set_anything() -> None:
    def program() -> None:
        pulumi.runtime.register_resource_transform(untouched)
        declare(opts=Options(retain_on_delete=False))

    assert retained(program) is None


def test_nothing_is_seen_with_an_sdk_that_keeps_transforms_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(_callbacks, "_CallbackServicer")
    assert retained(declare) is None


def test_nothing_is_seen_with_an_sdk_that_chooses_providers_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(OptionsSeen, "_get_providers")
    assert retained(declare) is None


# --- what a preview's lint needs

OWNER = "云杉示例有限公司"


def papers() -> object:
    """Signatures with proof files of every kind: one, a list, outputs, one that is missing."""
    yunpian.Signature(
        "club",
        sign="云杉示例",
        website="https://spruce.example",
        licences=["licence.png", "tiny.png"],
        id_card_front=pulumi.Output.from_input("tiny.png"),
        id_card_back="gone.png",
        owner=pulumi.Output.from_input(OWNER),
    )
    return declare()


@pytest.fixture
def tiny(directory: Path) -> None:
    (directory / "tiny.png").write_bytes(jpeg())


@pytest.mark.usefixtures("tiny")
def test_a_preview_is_told_of_the_owner_and_of_the_flaws_of_each_proof_file() -> None:
    facts = inputs_of(papers, preview=True)["club"][RUN]
    assert facts["owner"] == OWNER
    assert set(facts["scans"]) == {"licences[1]", "id_card_front"}
    (flaw,) = facts["scans"]["licences[1]"]
    assert flaw.startswith("has 1 x 1 pixels, and")
    assert inputs_of(papers, preview=True)["brand"][RUN].get("scans") is None


@pytest.mark.usefixtures("tiny")
def test_an_update_is_told_of_neither() -> None:
    assert not inputs_of(papers)["club"][RUN].keys() & {"owner", "scans"}


@pytest.mark.usefixtures("tiny")
def test_the_lint_opens_no_file_again(monkeypatch: pytest.MonkeyPatch) -> None:
    paths: list[object] = []

    def opening(path: str) -> BinaryIO:
        paths.append(path)
        return opened(path)

    monkeypatch.setattr(evidence, "opened", opening)
    inputs_of(papers)
    without_lint, paths[:] = list(paths), []
    inputs_of(papers, preview=True)
    assert paths == without_lint


def test_a_brands_owner_is_each_signatures() -> None:
    def program() -> Brand:
        facts: Facts = {"text": "云杉示例", "licence": "licence.png", "owner": OWNER}
        return Brand("geek", vendors=["tencent"], facts=facts)

    inputs = inputs_of(program, preview=True)["geek-tencent"]
    assert inputs[RUN]["owner"] == OWNER
    assert "owner" not in inputs
