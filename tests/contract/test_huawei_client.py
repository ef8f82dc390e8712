"""Huawei's specials: names in types, activation, two sites, and codes under any status."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from pydantic import JsonValue

from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from tests.contract.client import NEW, OLD, Client, at
from tests.engine.cases import HUAWEI
from tests.images import png

pytestmark = at(HUAWEI)

SHOW = "ShowSignature"
NOTHING = Handle("00000000-0000-4000-8000-000000000000")
"""A signature that no account has."""


def test_ids_and_channel_number_are_outputs(client: Client) -> None:
    handle = client.submitted()
    first = client.review(handle)
    assert first.outputs["signature_id"] not in {"", handle.id}
    assert (first.outputs["channel_num"], first.submitted_at) == ("", "")
    client.sandbox.approve("huawei", handle.id)
    assert client.review(handle).outputs["channel_num"]


def test_every_argument_is_reported_and_every_file_received(client: Client) -> None:
    arguments: dict[str, object] = {
        "signature_type": "VERIFY_CODE_TYPE",
        "signature_source": 5,
        "is_involved_third": True,
        "apply_desc": "订单通知",
        "qualification_id": "q-417",
        "registration_number": "TM-0042",
        "license_number": "粤B2-0417",
    }
    files = ("licence", "power_of_attorney", "related_file")
    proofs = {name: client.proof(f"{name}.png", png(n)) for n, name in enumerate(files)}
    handle = client.submitted(OLD, **arguments, **proofs)
    assert client.review(handle).reported == {"signature_name": OLD, **arguments}
    received = client.sandbox.signature("huawei", handle.id).evidence
    assert {name: file.sha256 for name, file in received.items()} == {
        "file_id": proofs["licence"]["sha256"],
        "power_attorney_fileid": proofs["power_of_attorney"]["sha256"],
        "signature_related_file_id": proofs["related_file"]["sha256"],
    }


def test_activation_puts_a_suspended_signature_into_review(client: Client) -> None:
    handle = client.submitted()
    client.sandbox.set_status("huawei", handle.id, "TO_BE_ACTIVATED")
    client.api.request("activate", handle)
    review = client.review(handle)
    assert (review.status, review.vendor_status) == (Status.SUSPENDED, "PENDING_ACTIVATE")
    with pytest.raises(errors.ReviewMovedError, match="pulumi up"):
        client.api.request("activate", handle)


@pytest.mark.parametrize(
    ("contract", "vendor_status"),
    [("cn", "REVIEW_PROCESSING_COMPLETED"), ("intl", "REVIEW_PASSED")],
)
def test_approval_of_either_site_may_take_effect_later(
    client: Client, contract: str, vendor_status: str
) -> None:
    client.switch(contract=contract, approval_delay=3600)
    handle = client.submitted()
    client.sandbox.approve("huawei", handle.id)
    assert client.review(handle).status is Status.PENDING
    client.switch(approval_delay=0)
    review = client.review(handle)
    assert (review.usable, review.vendor_status) == (True, vendor_status)


def test_name_is_searched_in_its_letters_and_its_type(client: Client) -> None:
    handle = client.submitted("Geek")
    for text in ("Geeks", "AGeek", "geek"):
        client.submitted(text)
    client.submitted("Geek", signature_type="VERIFY_CODE_TYPE")
    assert [review.id for review in client.search("Geek")] == [handle.id]
    assert client.search("Gee") == []


def test_pending_signature_may_be_deleted(client: Client) -> None:
    client.switch(delete_pending="accepted", deleted_status="200")
    handle = client.submitted()
    client.api.withdraw(handle)
    assert client.api.reviews([handle]) == {}


def test_refusal_without_its_code_is_never_taken_for_gone(client: Client) -> None:
    client.fault(SHOW, "missing", key="error_code", times=None)
    with pytest.raises(errors.UnavailableError, match="HTTP 404"):
        client.api.reviews([NOTHING])


@pytest.mark.parametrize("prefix", ["APIGW", "APIG"])
def test_endpoint_that_lacks_the_call_is_never_taken_for_gone(client: Client, prefix: str) -> None:
    client.switch(gateway_prefix=prefix)
    client.fault(SHOW, "error", code="APIGW.0101", http_status=404)
    with pytest.raises(errors.AccountError, match="endpoint") as refused:
        client.api.reviews([NOTHING])
    assert refused.value.code == f"{prefix}.0101"


Refusals = Mapping[str, tuple[Callable[[Client, Handle], object], type[errors.SmsSignError]]]

REFUSALS: Refusals = {
    "twin": (lambda client, _: client.submitted(), errors.DuplicateError),
    "no such app": (lambda client, _: client.submitted(NEW, app_id="404"), errors.InputError),
    "no such file": (
        lambda client, _: client.submitted(NEW, licence=None, file_id="f-0417"),
        errors.InputError,
    ),
    "change of a pending one": (
        lambda client, pending: client.api.resubmit(pending, client.application(licence=None)),
        errors.ReviewMovedError,
    ),
    "deletion of a pending one": (
        lambda client, pending: client.api.withdraw(pending),
        errors.ReviewMovedError,
    ),
    "activation of a pending one": (
        lambda client, pending: client.api.request("activate", pending),
        errors.ReviewMovedError,
    ),
    "change of nothing": (
        lambda client, _: client.api.resubmit(NOTHING, client.application(licence=None)),
        errors.NotFoundError,
    ),
    "deletion of nothing": (lambda client, _: client.api.withdraw(NOTHING), errors.NotFoundError),
    "activation of nothing": (
        lambda client, _: client.api.request("activate", NOTHING),
        errors.NotFoundError,
    ),
}


@pytest.mark.parametrize("http_status", ["by_code", "200", "500"])
@pytest.mark.parametrize(("call", "error"), REFUSALS.values(), ids=REFUSALS)
def test_refusal_is_told_by_its_code_whatever_the_status_and_never_repeated(
    client: Client,
    call: Callable[[Client, Handle], object],
    error: type[errors.SmsSignError],
    http_status: str,
) -> None:
    client.switch(error_status=http_status)
    pending = client.submitted()
    client.sandbox.log.clear()
    with pytest.raises(error) as refused:
        call(client, pending)
    assert refused.value.request_id
    assert [code for code in client.codes() if code] == [refused.value.code]


@pytest.mark.parametrize("http_status", ["by_code", "200", "500"])
@pytest.mark.parametrize("code", ["MSGSMS.0005", "MSGSMS.0033"])
def test_signature_is_gone_when_the_service_says_so_whatever_the_status(
    client: Client, code: str, http_status: str
) -> None:
    client.switch(missing_code=code, error_status=http_status)
    other = client.submitted()
    assert list(client.api.reviews([NOTHING, other])) == [other]
    assert client.codes(SHOW) == [code]


@pytest.mark.parametrize("http_status", ["by_code", "200"])
def test_service_that_is_not_open_is_the_accounts_trouble(client: Client, http_status: str) -> None:
    settings: dict[str, JsonValue] = {"service_open": False, "error_status": http_status}
    client.switch(**settings)
    with pytest.raises(errors.AccountError, match="has not opened"):
        client.search()
