"""What is read of a signature that is there, and which one is taken for a twin."""

from __future__ import annotations

from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.ucloud.api import SignatureApi
from tests.unit.ucloud.conftest import (
    HANDLE,
    ID,
    WAITING,
    Apply,
    UCloud,
    found,
)


def test_what_the_vendor_adds_or_writes_in_quotes_is_no_trouble(
    api: SignatureApi, ucloud: UCloud
) -> None:
    answer = {"RetCode": "0", "New": 1, "Data": {**WAITING, "Status": "2", "ErrDesc": None, "X": 1}}
    ucloud.will(answer)
    review = api.reviews([HANDLE])[HANDLE]
    assert (review.status, review.reason) == (Status.APPROVED, "")


def test_an_answer_with_a_longer_text_is_no_twin(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(found(SigContent="极客科技公司"))
    assert api.find(apply()) == []


def test_the_other_kind_of_a_known_signature_is_no_twin(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(found())
    api.reviews([HANDLE])
    assert api.find(apply(international=True)) == []
    assert [review.id for review in api.find(apply())] == [ID]


def test_a_signature_of_unknown_kind_is_taken_for_a_twin(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(found())
    api.reviews([Handle(ID)])
    assert [review.id for review in api.find(apply(international=True))] == [ID]
