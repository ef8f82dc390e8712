"""Tencent's specials: lists without ids, two kinds of signatures, and the codes in doubt."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.tencent.api import MOST_IDS
from tests.contract.client import NEW, OLD, Client, at
from tests.engine.cases import TENCENT

pytestmark = at(TENCENT)

LOOK, ADD = "DescribeSmsSignList", "AddSmsSign"


def test_hundred_ids_go_into_one_question(client: Client) -> None:
    handles = [client.submitted(f"极客{number}") for number in range(MOST_IDS + 1)]
    client.sandbox.log.clear()
    assert set(client.api.reviews(handles)) == set(handles)
    assert client.calls() == [LOOK, LOOK]


def test_signature_is_looked_for_in_the_other_list_before_it_is_absent(client: Client) -> None:
    handle = client.submitted(international=True)
    elsewhere = Handle(handle.id, scope="mainland")
    assert client.review(elsewhere).reported["international"] is True


def test_signatures_of_both_kinds_are_listed(client: Client) -> None:
    client.submitted()
    client.submitted(NEW, international=True)
    kinds = {review.text: review.reported["international"] for review in client.api.listed()}
    assert kinds == {OLD: False, NEW: True}


def test_list_that_ignores_the_page_has_an_end(client: Client) -> None:
    items: list[JsonValue] = [
        {"SignId": number, "International": 0, "StatusCode": 0, "SignName": "别的"}
        for number in range(MOST_IDS)
    ]
    body: JsonValue = {"Response": {"DescribeSignListStatusSet": items, "RequestId": "r"}}
    client.fault(LOOK, "body", body=body, times=None)
    assert client.search() == []
    assert client.calls() == [LOOK, LOOK]


@pytest.mark.parametrize(
    "body",
    [
        '{"Response": null}',
        '{"Response": {"RequestId": "r-1"}}',
        '{"Response": {"DescribeSignListStatusSet": 7, "RequestId": "r-1"}}',
        '{"Response": {"DescribeSignListStatusSet": [{"SignId": "x"}], "RequestId": "r-1"}}',
    ],
)
def test_odd_list_is_never_taken_for_gone(client: Client, body: str) -> None:
    client.fault(LOOK, "body", body=body, times=None)
    with pytest.raises(errors.UnavailableError, match="not in the format of tencent"):
        client.api.reviews([Handle("1")])


def test_empty_list_written_as_null_is_an_empty_list(client: Client) -> None:
    body = '{"Response": {"DescribeSignListStatusSet": null, "RequestId": "r-1"}}'
    client.fault(LOOK, "body", body=body, times=None)
    assert client.api.reviews([Handle("1")]) == {}


@pytest.mark.parametrize("code", ["InternalError.Timeout", "InternalError.UnknownError"])
def test_code_in_doubt_leaves_the_outcome_of_a_write_unknown(client: Client, code: str) -> None:
    client.fault(ADD, "error", code=code, message="?")
    with pytest.raises(errors.OutcomeUnknownError) as unknown:
        client.submitted()
    assert unknown.value.code == code
    assert unknown.value.request_id


def test_name_too_long_for_the_vendor_is_a_wrong_input(client: Client) -> None:
    client.switch(name_limit_mainland=12)
    with pytest.raises(errors.InputError) as refused:
        client.submitted("云杉极客科技旅行社有限公司")
    assert refused.value.code == "InvalidParameterValue.SignNameLengthTooLong"


def test_id_that_is_no_number_is_refused_before_any_call(client: Client) -> None:
    with pytest.raises(errors.InputError, match="not a SignId"):
        client.api.reviews([Handle("SIG20260101AAAAAA")])
    assert client.calls() == []
