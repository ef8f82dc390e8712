"""UCloud's answers: absences, refusals, failures, and which signature is taken for a twin."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from pulumi_smssign.contract.answers import EnvelopeError, UnreadableError
from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.contract.transport import ATTEMPTS
from pulumi_smssign.model.decide import Known, Replace, decide
from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    OutcomeUnknownError,
    RefusedError,
    UnavailableError,
)
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.ucloud.answers import successful
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.rules import RULES
from tests.images import png
from tests.ucloud_applications import application, for_others
from tests.vendors.calls import Answer, answered

ID = "SIG202601159F3A1C"
HANDLE = Handle(ID, "极客科技", "org-example/mainland")
DONE: dict[str, Any] = {"RetCode": 0, "Action": "Done", "Message": ""}
WAITING = {"SigId": ID, "SigContent": "极客科技", "Status": 0, "ErrDesc": ""}


def queried(**changes: object) -> dict[str, Any]:
    """The answer to a question: a signature that waits, some of it changed."""
    return {**DONE, "Data": {**WAITING, **changes}}


def refused(code: object, message: str = "") -> dict[str, Any]:
    return {"RetCode": code, "Action": "Refused", "Message": message}


@pytest.fixture
def wanted(tmp_path: Path) -> SignatureApplication:
    return application(for_others(tmp_path))


NO_DATA: Mapping[str, Answer] = {
    "an empty list": {**DONE, "Data": []},
    "an object of empty values": queried(SigId="", SigContent="", Status=0, ErrDesc=""),
    "the service's words": refused(18003, "signature does not exist"),
}


@pytest.mark.parametrize("answer", NO_DATA.values(), ids=NO_DATA)
def test_signature_that_the_vendor_does_not_have_is_absent(
    answer: Answer, wanted: SignatureApplication
) -> None:
    api, _ = answered("ucloud", answer, answer)
    assert api.reviews([HANDLE]) == {}
    assert api.find(wanted) == []


ODD: Mapping[str, Answer] = {
    "bytes": httpx.Response(200, content=b"\xff\xfe{}"),
    "RetCode null": {"RetCode": None},
    "RetCode false": {"RetCode": False},
    "RetCode in words": {"RetCode": "ok"},
    "success with a failed status": httpx.Response(500, json={"RetCode": 0, "SigId": ID}),
}
ODD_DATA: Mapping[str, Answer] = {
    "a list": {**DONE, "Data": [WAITING]},
    "words": {**DONE, "Data": "none"},
    "zero": {**DONE, "Data": 0},
    "no id": queried(SigId=None),
    "no status": {**DONE, "Data": {"SigId": ID, "SigContent": "极客科技"}},
    "a status in words": queried(Status="approved"),
    "no text": {**DONE, "Data": {"SigId": ID, "Status": 0}},
    "another signature": queried(SigId="SIG20260116AAAAAA"),
}


@pytest.mark.parametrize("answer", [*ODD.values(), *ODD_DATA.values()], ids=[*ODD, *ODD_DATA])
def test_odd_answer_to_a_question_is_never_an_absence(answer: Answer) -> None:
    api, _ = answered("ucloud", *[answer] * ATTEMPTS)
    with pytest.raises(UnavailableError, match="not in the format of ucloud"):
        api.reviews([HANDLE])


@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
def test_odd_answer_to_a_write_leaves_its_outcome_unknown(
    answer: Answer, wanted: SignatureApplication
) -> None:
    api, _ = answered("ucloud", answer)
    with pytest.raises(OutcomeUnknownError):
        api.submit(wanted)


def test_rate_limit_of_a_proxy_is_waited_out_too(wanted: SignatureApplication) -> None:
    limited = httpx.Response(429, html="slow down")
    api, _ = answered("ucloud", limited, refused(153), {**DONE, "SigId": ID})
    assert api.submit(wanted).id == ID


@pytest.mark.parametrize("status", [200, 403])
def test_gateways_refusal_without_an_action_is_understood(status: int) -> None:
    body = {"RetCode": "171", "Message": "Signature VerifyAC Error"}
    headers = {"X-UCLOUD-REQUEST-UUID": "uuid-1"}
    api, _ = answered("ucloud", httpx.Response(status, json=body, headers=headers))
    with pytest.raises(AccountError, match="privateKey") as error:
        api.reviews([HANDLE])
    assert (error.value.code, error.value.action) == ("171", "QueryUSMSSignature")
    assert error.value.vendor_message == "Signature VerifyAC Error"
    assert error.value.request_id == "uuid-1"


def test_echoed_file_is_not_shown(wanted: SignatureApplication) -> None:
    echo = base64.b64encode(png()).decode()
    api, _ = answered("ucloud", refused(230, f"Params [File={echo}] not available"))
    with pytest.raises(InputError) as error:
        api.submit(wanted)
    assert echo[:64] not in str(error.value)
    assert "[encoded data]" in str(error.value)


def test_refused_deletion_advises_to_wait() -> None:
    api, _ = answered("ucloud", refused(18003, "signature is under review"))
    with pytest.raises(RefusedError, match="can't be deleted now"):
        api.withdraw(HANDLE)


def test_new_and_quoted_fields_are_tolerated() -> None:
    data = {**WAITING, "Status": "2", "ErrDesc": None, "X": 1}
    api, _ = answered("ucloud", {"RetCode": "0", "New": 1, "Data": data})
    review = api.reviews([HANDLE])[HANDLE]
    assert (review.status, review.reason) == (Status.APPROVED, "")


@pytest.mark.parametrize(
    ("number", "status"),
    [
        *((0, "PENDING"), (1, "PENDING"), (2, "APPROVED"), (3, "REJECTED"), (4, "SUSPENDED")),
        (7, "UNKNOWN"),
    ],
)
def test_all_that_the_vendor_tells_is_in_the_review(number: int, status: str) -> None:
    api, _ = answered("ucloud", queried(Status=number, ErrDesc="证件不清晰"))
    assert api.reviews([HANDLE])[HANDLE] == Review(
        id=ID,
        text="极客科技",
        status=Status[status],
        vendor_status=str(number),
        reason="证件不清晰",
        reported={"sig_content": "极客科技"},
    )


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (httpx.Response(200, json=[]), UnreadableError, "it is not a JSON object"),
        (
            httpx.Response(200, json={"RetCode": "ok"}),
            UnreadableError,
            "RetCode is missing or not a number",
        ),
        (
            httpx.Response(500, json={"RetCode": 0}),
            EnvelopeError,
            "RetCode is 0, and the HTTP status is an error",
        ),
    ],
)
def test_odd_envelope_says_what_is_wrong_with_it(
    answer: httpx.Response, kind: type[Exception], why: str
) -> None:
    with pytest.raises(kind) as odd:
        successful("QueryUSMSSignature", answer)
    assert (type(odd.value), str(odd.value)) == (kind, why)


def test_refusal_has_the_request_id_of_the_headers() -> None:
    headers = {"X-UCLOUD-REQUEST-UUID": "uuid-1"}
    for answer, code in (
        (httpx.Response(429, headers=headers), "HTTP 429"),
        (httpx.Response(200, json={"RetCode": 172}, headers=headers), "172"),
    ):
        with pytest.raises(Fault) as fault:
            successful("QueryUSMSSignature", answer)
        assert (fault.value.code, fault.value.vendor_message) == (code, "")
        assert fault.value.request_id == "uuid-1"


def test_new_signatures_id_may_be_a_number_and_is_never_empty(
    wanted: SignatureApplication,
) -> None:
    api, _ = answered("ucloud", {**DONE, "SigId": 7}, {**DONE, "SigId": ""})
    assert api.submit(wanted).id == "7"
    with pytest.raises(OutcomeUnknownError):
        api.submit(wanted)


# Twins


def test_signature_with_a_longer_text_is_no_twin(wanted: SignatureApplication) -> None:
    api, _ = answered("ucloud", queried(SigContent="极客科技公司"))
    assert api.find(wanted) == []


def test_signature_of_the_other_kind_is_no_twin_once_it_is_known(tmp_path: Path) -> None:
    here, abroad = (application(for_others(tmp_path), international=kind) for kind in (False, True))
    api, _ = answered("ucloud", *[queried()] * 3)
    api.reviews([HANDLE])
    assert api.find(abroad) == []
    assert [review.id for review in api.find(here)] == [ID]
    api, _ = answered("ucloud", *[queried()] * 2)
    api.reviews([Handle(ID)])
    assert [review.id for review in api.find(abroad)] == [ID]


def test_unique_text_is_told_as_inferred() -> None:
    approved = Review(ID, "极客科技", Status.APPROVED, "2")
    decision = decide(RULES, approved, frozenset({"file"}), Known(policy="delete"))
    assert isinstance(decision, Replace)
    assert "as far as is known: no source says" in decision.warning
