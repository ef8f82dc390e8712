"""Our client against the sandbox: every answer that is not a plain yes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign import errors
from pulumi_smssign.contract.transport import ATTEMPTS
from pulumi_smssign.huawei.api import LARGEST_PAGE, SignatureApi
from pulumi_smssign.lifecycle import Handle, Status
from pulumi_smssign.sandbox import RunningSandbox, running
from tests.contract.huawei_client import (
    ACTIVATE,
    CREATE,
    DELETE,
    KEY,
    LIST,
    NOTHING,
    SHOW,
    TEMPORARY_KEY,
    UPDATE,
    USER,
    Connect,
    account,
    application,
    clients,
    codes,
    fault,
    proof,
)

Write = Callable[[SignatureApi, Handle], object]


@pytest.fixture(scope="module")
def module_sandbox() -> Iterator[RunningSandbox]:
    with running() as served:
        yield served


@pytest.fixture
def served(module_sandbox: RunningSandbox) -> RunningSandbox:
    module_sandbox.sandbox.reset()
    return module_sandbox


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
    assert first.outputs["channel_num"] == ""
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
    with pytest.raises(errors.ReviewMovedError):
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
    wanted = application("Geek")
    identifier = api.submit(wanted)
    for name in ("Geeks", "AGeek", "geek"):
        api.submit(application(name))
    api.submit(application("Geek", signature_type="VERIFY_CODE_TYPE"))
    assert [one.id for one in api.find(wanted)] == [identifier]
    assert api.find(application("Gee")) == []


def test_a_name_is_found_on_the_last_page(api: SignatureApi, served: RunningSandbox) -> None:
    wanted = application("极客")
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


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("html", {}),
        ("truncated", {}),
        ("empty", {}),
        ("missing", {"key": "results"}),
        ("missing", {"key": "total"}),
        ("body", {"body": {"results": None, "total": 0}}),
    ],
)
def test_an_odd_answer_of_a_list_is_never_taken_for_an_empty_one(
    api: SignatureApi, served: RunningSandbox, kind: str, options: dict[str, JsonValue]
) -> None:
    fault(served, LIST, kind, times=None, **options)
    with pytest.raises(errors.UnavailableError, match="not one of huawei"):
        api.find(application())


@pytest.mark.parametrize("http_status", [200, 404])
@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "null",
        "{}",
        '"no"',
        '{"error": null}',
        '{"error": {"message": "not found"}}',
        '{"message": "not found"}',
        '{"results": [], "total": 0}',
        '{"id": 7, "signature_name": "极客", "status": "REVIEW_PASSED"}',
        '{"id": "7", "signature_name": "极客", "status": null}',
        "<html>nothing here</html>",
    ],
)
def test_an_answer_of_another_shape_is_never_taken_for_gone(
    api: SignatureApi, served: RunningSandbox, body: str, http_status: int
) -> None:
    fault(served, SHOW, "body", body=body, http_status=http_status, times=None)
    with pytest.raises(errors.UnavailableError, match="not one of huawei"):
        api.reviews([NOTHING])


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


# Odd answers to writes

WRITES: Mapping[str, tuple[str, Write]] = {
    CREATE: ("REVIEW_PASSED", lambda api, _handle: api.submit(application("另一个"))),
    UPDATE: ("REVIEW_NOT_PASS", lambda api, handle: api.resubmit(handle, application())),
    DELETE: ("REVIEW_PASSED", lambda api, handle: api.withdraw(handle)),
    ACTIVATE: ("TO_BE_ACTIVATED", lambda api, handle: api.request("activate", handle)),
}
"""Each write, and the status in which the vendor takes it."""


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        *product(WRITES, ["html", "status", "drop_before", "drop_after"]),
        *product([CREATE, UPDATE], ["truncated", "missing", "empty"]),
    ],
)
def test_an_odd_answer_to_a_write_leaves_its_outcome_unknown_and_is_not_repeated(
    api: SignatureApi, served: RunningSandbox, action: str, kind: str
) -> None:
    status, write = WRITES[action]
    handle = Handle(api.submit(application()))
    served.sandbox.set_status("huawei", handle.id, status)
    served.sandbox.log.clear()
    fault(served, action, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        write(api, handle)
    assert len(served.sandbox.calls("huawei")) == 1


@pytest.mark.parametrize(
    ("code", "http_status"),
    [("MSGSMS.0001", 500), ("MSGSMS.0001", 200), ("APIGW.0203", 504), ("APIGW.0202", 502)],
)
def test_the_vendors_own_trouble_leaves_a_writes_outcome_unknown(
    api: SignatureApi, served: RunningSandbox, code: str, http_status: int
) -> None:
    fault(served, CREATE, "error", code=code, http_status=http_status)
    with pytest.raises(errors.OutcomeUnknownError) as caught:
        api.submit(application())
    assert caught.value.code == code
    assert caught.value.request_id
    assert len(served.sandbox.calls("huawei", CREATE)) == 1


@pytest.mark.parametrize("status", ["200", "204"])
def test_a_deletion_is_confirmed_without_a_word(
    api: SignatureApi, served: RunningSandbox, status: str
) -> None:
    served.sandbox.switches.set({"huawei.deleted_status": status, "huawei.created_status": "201"})
    handle = Handle(api.submit(application()))
    served.sandbox.approve("huawei", handle.id)
    api.withdraw(handle)
    assert served.sandbox.signatures() == []


# Refusals

REFUSALS: Mapping[str, tuple[Write, type[errors.SmsSignError]]] = {
    "a twin": (lambda api, _pending: api.submit(application()), errors.DuplicateError),
    "no such app": (
        lambda api, _pending: api.submit(application("另一个", app_id="app-404")),
        errors.InputError,
    ),
    "no such file": (
        lambda api, _pending: api.submit(application("另一个", file_id="f-0417")),
        errors.InputError,
    ),
    "an update of what is pending": (WRITES[UPDATE][1], errors.ReviewMovedError),
    "a deletion of what is pending": (WRITES[DELETE][1], errors.ReviewMovedError),
    "an activation of what is pending": (WRITES[ACTIVATE][1], errors.ReviewMovedError),
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
    assert api.reviews([NOTHING]) == {}
    assert codes(served) == [code]


@pytest.mark.parametrize("http_status", ["by_code", "200"])
def test_a_service_that_is_not_open_is_the_accounts_trouble(
    api: SignatureApi, served: RunningSandbox, http_status: str
) -> None:
    served.sandbox.switches.set({"huawei.service_open": False, "huawei.error_status": http_status})
    with pytest.raises(errors.AccountError, match="has not opened"):
        api.find(application())


# Limits and connections


def test_a_rate_limit_that_does_not_end_proves_that_a_write_was_not_made(
    api: SignatureApi, served: RunningSandbox
) -> None:
    fault(served, CREATE, "error", code="APIGW.0308", times=None)
    with pytest.raises(errors.RateLimitedError) as caught:
        api.submit(application())
    assert caught.value.nothing_done
    assert len(codes(served, CREATE)) == ATTEMPTS


@pytest.mark.parametrize("identifier", ["", "..", "7" * 65])
def test_what_can_be_no_id_is_refused_before_any_call(
    api: SignatureApi, served: RunningSandbox, identifier: str
) -> None:
    with pytest.raises(errors.InputError, match="not the id of a signature"):
        api.reviews([Handle(identifier)])
    assert served.sandbox.calls() == []
