"""Arguments that are a choice: what was chosen wrongly is named, with what there is."""

from __future__ import annotations

import pytest

import pulumi_smssign
from pulumi_smssign import huawei, tencent, ucloud
from pulumi_smssign.contract.application import Application, choices, examine
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.huawei.resource import _yes_or_no

WITHDRAWN = tuple(map(huawei.SignatureSource, (1, 3, 4)))
"""Members that their vendor takes no more, and that are advised to nobody."""


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_program_knows_the_choices_of_the_application(vendor: str) -> None:
    resource = getattr(pulumi_smssign, vendor).Signature
    model: type[Application] = named(vendor).application
    assert dict(resource._interface().choices) == dict(choices(model))


@pytest.mark.parametrize(
    ("vendor", "field", "value", "message"),
    [
        ("tencent", "sign_type", 99, "'99' is not a SignType; choose 0 (COMPANY), 1 (APP), "),
        ("tencent", "sign_type", 99.0, "'99' is not a SignType"),
        ("ucloud", "sig_purpose", "x", "'x' is not a SigPurpose; choose 0 (OWN_USE), 1 "),
        ("huawei", "signature_type", 1, "'1' is not a SignatureType; choose 'VERIFY_CODE_TYPE' "),
        ("alibaba", "sign_source", 1, "'1' is not a SignSource; choose 0 "),
        ("yunpian", "prove_type", 4, "'4' is not a ProveType; choose 1 (BUSINESS_LICENSE), "),
    ],
)
def test_a_wrong_choice_is_named_with_what_there_is(
    vendor: str, field: str, value: object, message: str
) -> None:
    problems = examine(named(vendor).application, {field: value}, frozenset()).problems
    (reason,) = (problem.reason for problem in problems if problem.property == field)
    assert reason.startswith(message)


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_misspelt_text_is_answered_with_every_member_by_value_and_name(vendor: str) -> None:
    """Also where the vendor's own rule of a field speaks before the enumeration does."""
    model: type[Application] = named(vendor).application
    given = dict.fromkeys(choices(model), "COMPNY")
    problems = examine(model, given, frozenset()).problems
    reasons = {each.property: each.reason for each in problems if each.property in given}
    assert reasons.keys() == given.keys()
    for field, choice in choices(model).items():
        withdrawn = WITHDRAWN if choice is huawei.SignatureSource else ()
        for member in choice:
            is_named = f"{member.value!r} ({member.name})" in reasons[field]
            assert is_named is (member not in withdrawn), (field, member)


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_misspelt_member_is_answered_with_every_member(vendor: str) -> None:
    for choice in choices(named(vendor).application).values():
        with pytest.raises(AttributeError) as caught:
            _ = choice.COMPNY  # type: ignore[attr-defined] # what is tested
        (first, *_) = choice
        said = f"{choice.__name__} has no COMPNY; choose {first.value!r} ({first.name}), "
        assert str(caught.value).startswith(said)
        assert all(f"({member.name})" in str(caught.value) for member in choice)
        assert not hasattr(choice, "_no_such_name")


def test_another_vendors_choice_is_refused_where_the_program_makes_it() -> None:
    """Its number means something else: 2 is a website at one vendor, and not at another."""
    with pytest.raises(TypeError) as caught:
        tencent.Signature(  # type: ignore[call-overload] # what is tested
            "brand",
            sign_name="极客科技",
            sign_type=ucloud.SigType.COMPANY,
            document_type=tencent.DocumentType.BUSINESS_LICENSE,
            sign_purpose=ucloud.SigPurpose.OWN_USE,
            proof_image="licence.png",
        )
    message = str(caught.value)
    assert "sign_type=SigType.COMPANY is of another kind: choose from SignType.COMPANY, " in message
    assert "sign_purpose=SigPurpose.OWN_USE is of another kind" in message
    assert "document_type" not in message


@pytest.mark.parametrize(
    ("choice", "meant"), [("Yes", True), ("No", False), (True, True), ("maybe", "maybe")]
)
def test_huaweis_own_yes_and_no_are_taken(choice: object, meant: object) -> None:
    assert _yes_or_no(choice) == meant
