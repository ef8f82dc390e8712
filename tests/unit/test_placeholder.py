"""`TODO`: what a person has still to write is refused by its property's name, before any call."""

from __future__ import annotations

import pytest

import pulumi_smssign
from pulumi_smssign import TODO
from pulumi_smssign.contract.application import choices, examine
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.signature import _described


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("many", [False, True], ids=["alone", "in a list"])
def test_placeholder_is_refused_under_each_property(vendor: str, *, many: bool) -> None:
    model = named(vendor).application
    inputs = dict.fromkeys(model.model_fields, [TODO] if many else TODO)
    problems = examine(model, inputs, frozenset(), new=True).problems
    reasons = {problem.property: problem.reason for problem in problems}
    assert reasons.keys() == model.model_fields.keys()
    assert all(reason.startswith("is still TODO: write ") for reason in reasons.values())
    assert len(problems) == len(reasons)
    for name, choice in choices(model).items():
        assert all(f"({member.name})" in reasons[name] for member in choice)


@pytest.mark.parametrize("value", [TODO, [TODO]])
def test_placeholder_of_a_proof_file_is_no_path(value: object) -> None:
    assert _described("licences", value) == value


def test_placeholder_is_no_text_that_a_signature_may_have() -> None:
    """A signature may be called TODO."""
    model = named("tencent").application
    assert TODO != "TODO"
    problems = examine(model, {"sign_name": "TODO"}, frozenset()).problems
    assert "sign_name" not in {problem.property for problem in problems}


def test_constructors_take_the_placeholder(monkeypatch: pytest.MonkeyPatch) -> None:
    for vendor in VENDORS:
        resource = getattr(pulumi_smssign, vendor).Signature
        declared: dict[str, object] = {}
        monkeypatch.setattr(
            "pulumi.dynamic.Resource.__init__",
            lambda _self, _provider, _name, properties, _opts, into=declared: into.update(
                properties
            ),
        )
        resource("brand", **dict.fromkeys(resource._interface().fields, TODO))
        assert {name for name in resource._interface().fields if name not in declared} == set()
