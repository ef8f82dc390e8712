"""Our client against the sandbox: every answer that is not a plain yes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from pulumi_smssign.huawei.api import LARGEST_PAGE, SignatureApi
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox import RunningSandbox
from tests.contract.huawei_client import (
    KEY,
    LIST,
    NOTHING,
    SHOW,
    TEMPORARY_KEY,
    USER,
    Connect,
    account,
    clients,
    codes,
    fault,
    proof,
)
from tests.huawei_applications import application

Write = Callable[[SignatureApi, Handle], object]


@pytest.fixture
def connect() -> Iterator[Connect]:
    with clients() as connect:
        yield connect


@pytest.fixture
def api(served: RunningSandbox, connect: Connect) -> SignatureApi:
    return connect(account(served))


# The life of a signature


@pytest.mark.parametrize(
    "identity", [KEY, TEMPORARY_KEY, USER], ids=["key", "temporary key", "user"]
)
def test_a_signature_from_upload_to_deletion(
    served: RunningSandbox, connect: Connect, tmp_path: Path, identity: dict[str, str]
) -> None:
    api = connect(account(served, **identity))
    licence = proof(tmp_path / "licence.png")
    wanted = application(licence=licence)
    identifier = api.submit(wanted)
    received = served.sandbox.signature("huawei", identifier).evidence["file_id"]
    assert (received.sha256, received.media_type) == (licence["sha256"], "image/png")
    handle = Handle(identifier, "极客科技")
    first = api.reviews([handle])[handle]
    assert (first.id, first.text, first.status) == (identifier, "极客科技", Status.PENDING)
    assert first.outputs["signature_id"] not in {"", identifier}
    assert (first.outputs["channel_num"], first.submitted_at) == ("", "")
    assert api.find(wanted) == [first]

    served.sandbox.reject("huawei", identifier, "证件不清晰")
    rejected = api.reviews([handle])[handle]
    assert (rejected.status, rejected.reason) == (Status.REJECTED, "证件不清晰")
    api.resubmit(handle, application(licence=licence, apply_desc="again"))
    again = api.reviews([handle])[handle]
    assert (again.status, again.reported["apply_desc"]) == (Status.PENDING, "again")

    served.sandbox.approve("huawei", identifier)
    approved = api.reviews([handle])[handle]
    assert approved.usable
    assert approved.outputs["channel_num"]
    with pytest.raises(errors.ReviewMovedError):
        api.resubmit(handle, wanted)

    api.withdraw(handle)
    assert api.reviews([handle]) == {}
    with pytest.raises(errors.NotFoundError):
        api.withdraw(handle)


def test_an_activation_puts_a_suspended_signature_into_review(
    api: SignatureApi, served: RunningSandbox
) -> None:
    handle = Handle(api.submit(application()))
    served.sandbox.set_status("huawei", handle.id, "TO_BE_ACTIVATED")
    api.request("activate", handle)
    review = api.reviews([handle])[handle]
    assert (review.status, review.vendor_status) == (Status.SUSPENDED, "PENDING_ACTIVATE")
    with pytest.raises(errors.ReviewMovedError, match="pulumi up"):
        api.request("activate", handle)


@pytest.mark.parametrize(
    ("contract", "vendor_status"),
    [("cn", "REVIEW_PROCESSING_COMPLETED"), ("intl", "REVIEW_PASSED")],
)
def test_both_sites_approvals_are_approvals(
    api: SignatureApi, served: RunningSandbox, contract: str, vendor_status: str
) -> None:
    served.sandbox.switches.set({"huawei.contract": contract})
    handle = Handle(api.submit(application()))
    served.sandbox.approve("huawei", handle.id)
    review = api.reviews([handle])[handle]
    assert (review.usable, review.vendor_status) == (True, vendor_status)


# Lists


def test_a_name_is_found_exactly_and_in_its_type(api: SignatureApi) -> None:
    wanted = application(signature_name="Geek")
    identifier = api.submit(wanted)
    for name in ("Geeks", "AGeek", "geek"):
        api.submit(application(signature_name=name))
    api.submit(application(signature_name="Geek", signature_type="VERIFY_CODE_TYPE"))
    assert [one.id for one in api.find(wanted)] == [identifier]
    assert api.find(application(signature_name="Gee")) == []


def test_a_name_is_found_on_the_last_page(api: SignatureApi, served: RunningSandbox) -> None:
    wanted = application(signature_name="极客")
    identifier = api.submit(wanted)
    for number in range(LARGEST_PAGE):
        served.sandbox.desk.submit(
            "huawei",
            "default",
            signature_id=f"another-{number}",
            text=f"极客{number}",
            fields={"signature_type": "NOTIFY_TYPE"},
            evidence={},
        )
    assert [one.id for one in api.find(wanted)] == [identifier]
    offsets = [call.fields["offset"] for call in served.sandbox.calls("huawei", LIST)]
    assert offsets == ["0", str(LARGEST_PAGE)]


# Odd answers to questions


def test_a_refusal_that_lost_its_code_is_never_taken_for_gone(
    api: SignatureApi, served: RunningSandbox
) -> None:
    fault(served, SHOW, "missing", key="error_code", times=None)
    with pytest.raises(errors.UnavailableError, match="HTTP 404"):
        api.reviews([NOTHING])


@pytest.mark.parametrize("prefix", ["APIGW", "APIG"])
def test_an_endpoint_that_does_not_know_the_call_is_never_taken_for_gone(
    api: SignatureApi, served: RunningSandbox, prefix: str
) -> None:
    served.sandbox.switches.set({"huawei.gateway_prefix": prefix})
    fault(served, SHOW, "error", code="APIGW.0101", http_status=404)
    with pytest.raises(errors.AccountError, match="endpoint") as caught:
        api.reviews([NOTHING])
    assert caught.value.code == f"{prefix}.0101"


def test_unknown_fields_and_statuses_are_tolerated(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    served.sandbox.switches.set({"huawei.deleted_status": "200"})
    fault(served, "*", "unknown_fields", times=None)
    wanted = application(licence=proof(tmp_path / "licence.png"))
    handle = Handle(api.submit(wanted))
    served.sandbox.set_status("huawei", handle.id, "ON_HOLD")
    review = api.reviews([handle])[handle]
    assert (review.status, review.vendor_status) == (Status.UNKNOWN, "ON_HOLD")
    assert api.find(wanted) == [review]
    api.withdraw(handle)
    assert api.reviews([handle]) == {}


# Refusals

REFUSALS: Mapping[str, tuple[Write, type[errors.SmsSignError]]] = {
    "a twin": (lambda api, _pending: api.submit(application()), errors.DuplicateError),
    "no such app": (
        lambda api, _pending: api.submit(application(signature_name="另一个", app_id="app-404")),
        errors.InputError,
    ),
    "no such file": (
        lambda api, _pending: api.submit(application(signature_name="另一个", file_id="f-0417")),
        errors.InputError,
    ),
    "an update of what is pending": (
        lambda api, pending: api.resubmit(pending, application()),
        errors.ReviewMovedError,
    ),
    "a deletion of what is pending": (
        lambda api, pending: api.withdraw(pending),
        errors.ReviewMovedError,
    ),
    "an activation of what is pending": (
        lambda api, pending: api.request("activate", pending),
        errors.ReviewMovedError,
    ),
    "an update of nothing": (
        lambda api, _pending: api.resubmit(NOTHING, application()),
        errors.NotFoundError,
    ),
    "a deletion of nothing": (lambda api, _pending: api.withdraw(NOTHING), errors.NotFoundError),
    "an activation of nothing": (
        lambda api, _pending: api.request("activate", NOTHING),
        errors.NotFoundError,
    ),
}


@pytest.mark.parametrize("http_status", ["by_code", "200", "400", "500"])
@pytest.mark.parametrize(("call", "error"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_told_by_its_code_whatever_the_status_and_never_repeated(
    api: SignatureApi,
    served: RunningSandbox,
    call: Write,
    error: type[errors.SmsSignError],
    http_status: str,
) -> None:
    served.sandbox.switches.set({"huawei.error_status": http_status})
    pending = Handle(api.submit(application()))
    served.sandbox.log.clear()
    with pytest.raises(error) as caught:
        call(api, pending)
    assert caught.value.request_id
    assert codes(served) == [caught.value.code]


@pytest.mark.parametrize("http_status", ["by_code", "200", "400", "500"])
@pytest.mark.parametrize("code", ["MSGSMS.0005", "MSGSMS.0033"])
def test_a_signature_is_gone_when_the_service_says_so_whatever_the_status(
    api: SignatureApi, served: RunningSandbox, code: str, http_status: str
) -> None:
    served.sandbox.switches.set({"huawei.missing_code": code, "huawei.error_status": http_status})
    other = Handle(api.submit(application()))
    assert list(api.reviews([NOTHING, other])) == [other]
    assert codes(served, SHOW) == [code]


@pytest.mark.parametrize("http_status", ["by_code", "200"])
def test_a_service_that_is_not_open_is_the_accounts_trouble(
    api: SignatureApi, served: RunningSandbox, http_status: str
) -> None:
    served.sandbox.switches.set({"huawei.service_open": False, "huawei.error_status": http_status})
    with pytest.raises(errors.AccountError, match="has not opened"):
        api.find(application())
