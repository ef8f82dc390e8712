"""Every write: what confirms it, what refuses it, and what leaves its outcome unknown."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    OutcomeUnknownError,
    RefusedError,
    SmsSignError,
)
from pulumi_smssign.model.review import Handle
from tests.huawei_applications import application
from tests.unit.huawei.desk import (
    ID,
    ODD,
    Answer,
    Desk,
    accepted,
    api_at,
    error,
    told,
)

HANDLE = Handle(ID)


def activate(api: SignatureApi) -> None:
    api.request("activate", HANDLE)


def withdraw(api: SignatureApi) -> None:
    api.withdraw(HANDLE)


@pytest.mark.parametrize("call", [withdraw, activate])
@pytest.mark.parametrize(
    "answer", [httpx.Response(200), httpx.Response(201), httpx.Response(204), told({"id": ID})]
)
def test_what_confirms_a_call_without_content(
    call: Callable[[SignatureApi], None], answer: httpx.Response
) -> None:
    desk = Desk(answer)
    call(api_at(desk))
    assert len(desk.asked) == 1


def test_there_is_no_other_request() -> None:
    with pytest.raises(RefusedError):
        api_at(Desk()).request("hurry", HANDLE)


def submit(api: SignatureApi) -> None:
    api.submit(application())


def resubmit(api: SignatureApi) -> None:
    api.resubmit(HANDLE, application())


WRITES = [submit, resubmit, withdraw, activate]
LOST: list[Answer] = [
    httpx.ReadTimeout("slow"),
    httpx.ReadError("reset"),
    httpx.RemoteProtocolError("gone"),
    error("MSGSMS.0001", 500),
    error("MSGSMS.0001", 200),
    error("APIGW.0203", 504),
    error("APIG.0201", 504, "Backend timeout."),
    *(answer for answer in ODD if answer.content or not answer.is_success),
]


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("answer", LOST)
def test_a_write_whose_answer_is_lost_is_not_made_again(
    write: Callable[[SignatureApi], None], answer: Answer
) -> None:
    desk = Desk(answer)
    with pytest.raises(OutcomeUnknownError):
        write(api_at(desk))
    assert len(desk.asked) == 1


@pytest.mark.parametrize("write", [submit, resubmit])
@pytest.mark.parametrize("answer", [httpx.Response(200), httpx.Response(204), told({})])
def test_a_submission_that_is_not_told_its_id_does_not_know_its_outcome(
    write: Callable[[SignatureApi], None], answer: httpx.Response
) -> None:
    with pytest.raises(OutcomeUnknownError, match=r"JSON object|id is missing"):
        write(api_at(Desk(answer)))


@pytest.mark.parametrize("write", WRITES)
def test_a_write_is_made_again_when_nothing_was_done(
    write: Callable[[SignatureApi], None],
) -> None:
    desk = Desk(httpx.ConnectError("refused"), error("APIGW.0308", 429), accepted())
    write(api_at(desk))
    assert len(desk.asked) == 3


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error("MSGSMS.0013", 403), AccountError),
        (error("APIG.0201", 413, "Request entity too large"), InputError),
        (error("MSGSMS.9999", 400), RefusedError),
    ],
)
def test_a_refused_write_is_refused_once(
    write: Callable[[SignatureApi], None], answer: httpx.Response, kind: type[SmsSignError]
) -> None:
    desk = Desk(answer)
    with pytest.raises(kind):
        write(api_at(desk))
    assert len(desk.asked) == 1
