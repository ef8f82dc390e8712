"""Tencent's two lists, at a vendor that has an id in the list of its kind alone."""

from __future__ import annotations

import json

import httpx
import pytest

from pulumi_smssign.contract.pace import unpaced
from pulumi_smssign.model.review import Handle, Review
from tests.vendors.calls import NOWHERE, answer_with, connected

MAINLAND, INTERNATIONAL = 0, 1
KINDS = {7: MAINLAND, 8: INTERNATIONAL}
"""The account's signatures: the kind of each id."""


def item(sign_id: int) -> dict[str, object]:
    kind = {"SignId": sign_id, "International": KINDS[sign_id]}
    return {**kind, "StatusCode": 0, "SignName": f"极客{sign_id}", "CreateTime": 1_700_000_000}


def found(*handles: Handle) -> tuple[dict[str, Review], list[tuple[int, list[int]]]]:
    """The reviews by their ids, and what each call asked for: the list and the ids."""
    asked: list[tuple[int, list[int]]] = []

    def answers(request: httpx.Request) -> httpx.Response:
        query = json.loads(request.read())
        asked.append((query["International"], query["SignIdSet"]))
        known = [each for each in asked[-1][1] if KINDS.get(each) == query["International"]]
        items = [item(each) for each in known]
        return httpx.Response(200, json={"Response": {"DescribeSignListStatusSet": items}})

    api = connected("tencent", NOWHERE)
    answer_with(api, answers)
    with unpaced():
        reviews = api.reviews(handles)
    return {handle.id: review for handle, review in reviews.items()}, asked


@pytest.mark.parametrize("scope", ["mainland", "international", ""])
def test_signature_is_found_in_either_list(scope: str) -> None:
    handles = [Handle(str(sign_id), scope=scope) for sign_id in KINDS]
    reviews, _ = found(*handles)
    assert {sign_id: review.scope for sign_id, review in reviews.items()} == {
        "7": "",
        "8": "international",
    }


def test_signature_is_asked_for_where_it_should_be_and_elsewhere_only_if_not_there() -> None:
    handles = Handle("7", scope="mainland"), Handle("8", scope="international")
    assert found(*handles)[1] == [(MAINLAND, [7]), (INTERNATIONAL, [8])]


def test_signature_is_absent_when_neither_list_has_it() -> None:
    assert found(Handle("9", scope="mainland")) == (
        {},
        [(MAINLAND, [9]), (INTERNATIONAL, [9])],
    )
