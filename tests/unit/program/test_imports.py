"""`ResourceOptions(import_=…)`: refused where it is written, with what to write instead.

Cases: each kind of resource that this package has, and each way that the option comes to one: its
own options, merged ones, a Brand's part, a transformation of its own, its parent's or the stack's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pulumi
import pytest
from pulumi import ResourceOptions as Options

from pulumi_smssign import Approval, Brand, tencent
from tests.images import png
from tests.unit.program.declared import declare, inputs_of

IMPORT = Options(import_="730001")


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def brand(opts: Options | None = None, part: Options | None = None) -> Brand:
    facts = {"text": "云杉示例", "licence": "licence.png"}
    arguments: tencent.Arguments = {"opts": part} if part else {}
    return Brand("geek", vendors=["tencent"], facts=facts, tencent=arguments, opts=opts)  # type: ignore[arg-type] # as a program writes it


def importing(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
    return pulumi.ResourceTransformationResult(args.props, Options.merge(args.opts, IMPORT))


class Shop(pulumi.ComponentResource):
    def __init__(self, opts: Options) -> None:
        super().__init__("shop:index:Shop", "shop", None, opts)
        declare(opts=Options(parent=self))


def by_the_stack() -> None:
    pulumi.runtime.register_stack_transformation(importing)
    declare()


SIGNATURES: dict[str, Callable[[], object]] = {
    "own options": lambda: declare(opts=IMPORT),
    "merged": lambda: declare(opts=Options.merge(Options(protect=True), IMPORT)),
    "a part of a Brand": lambda: brand(part=IMPORT),
    "own transformation": lambda: declare(opts=Options(transformations=[importing])),
}


@pytest.mark.parametrize("program", SIGNATURES.values(), ids=SIGNATURES)
def test_import_of_a_signature_is_refused_with_the_adoption(
    program: Callable[[], object],
) -> None:
    with pytest.raises(TypeError) as caught:
        inputs_of(program)
    assert isinstance(caught.value, pulumi.RunError), "Pulumi would show a traceback"
    assert str(caught.value).startswith('import_="730001"')
    assert str(caught.value).endswith(
        ' is not for a Signature: write adopt="730001", an argument of its own, which takes it '
        "over as it is"
    )


def test_the_resource_is_named() -> None:
    for program in (
        lambda: declare(opts=IMPORT),
        lambda: brand(part=IMPORT),
        lambda: brand(IMPORT),
    ):
        with pytest.raises(TypeError, match=r'import_="730001" of `(brand|geek|geek-tencent)` is'):
            inputs_of(program)


def test_import_by_a_transformation_of_a_parent_is_refused_too() -> None:
    def only_signatures(
        args: pulumi.ResourceTransformationArgs,
    ) -> pulumi.ResourceTransformationResult | None:
        return importing(args) if isinstance(args.resource, tencent.Signature) else None

    with pytest.raises(TypeError, match='write adopt="730001"'):
        inputs_of(lambda: Shop(Options(transformations=[only_signatures])))


def test_import_by_a_transformation_of_the_stack_is_refused_too() -> None:
    with pytest.raises(TypeError, match='write adopt="730001"'):
        inputs_of(by_the_stack)


def test_import_beside_get_is_refused_since_get_reads_it_already() -> None:
    with pytest.raises(TypeError, match=r"leave import_ out: Signature\.get reads what id= names"):
        inputs_of(lambda: tencent.Signature.get("seen", "730001", opts=IMPORT))


def test_import_of_a_brand_is_refused_with_its_parts_adoption() -> None:
    with pytest.raises(
        TypeError, match=r'not for a Brand: adopt= is an argument of .*tencent=\{"a'
    ):
        inputs_of(lambda: brand(IMPORT))


def test_import_of_an_approval_is_refused_since_it_is_nothing_at_a_vendor() -> None:
    with pytest.raises(TypeError, match="not for an Approval, which is nothing at a vendor"):
        inputs_of(lambda: Approval("ok", signatures=[declare()], opts=IMPORT))


@pytest.mark.parametrize("opts", [None, Options(), Options(import_=""), Options(import_=None)])
def test_without_an_import_nothing_is_refused(opts: Options | None) -> None:
    inputs = inputs_of(lambda: (declare(opts=opts), brand(opts)))
    assert {"brand", "geek-tencent"} <= inputs.keys()
