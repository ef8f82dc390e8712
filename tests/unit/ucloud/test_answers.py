"""Answers of every shape: what counts as an absence, a refusal, a failure or a lost answer."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import httpx
import pytest

from pulumi_smssign.contract.transport import ATTEMPTS
from pulumi_smssign.model.errors import (
    AccountError,
    EvidenceError,
    InputError,
    OutcomeUnknownError,
    RefusedError,
    UnavailableError,
)
from pulumi_smssign.ucloud.api import SignatureApi
from tests.images import png
from tests.ucloud_applications import Inputs
from tests.unit.ucloud.conftest import (
    CREATED,
    DONE,
    HANDLE,
    ID,
    WAITING,
    Apply,
    UCloud,
    found,
    refused,
)

NOT_OF_THE_VENDOR: dict[str, httpx.Response | Exception] = {
    "bytes": httpx.Response(200, content=b"\xff\xfe{}"),
    "RetCode null": httpx.Response(200, json={"RetCode": None}),
    "RetCode false": httpx.Response(200, json={"RetCode": False}),
    "RetCode in words": httpx.Response(200, json={"RetCode": "ok"}),
    "success with a failed status": httpx.Response(500, json={"RetCode": 0, "SigId": ID}),
    "a time-out": httpx.ReadTimeout("60 s"),
}

NO_DATA: dict[str, dict[str, Any]] = {
    "an empty list": {**DONE, "Data": []},
    "an object of empty values": found(SigId="", SigContent="", Status=0, ErrDesc=""),
    "the service's words": refused(18003, "signature does not exist"),
}

OTHER_DATA: dict[str, dict[str, Any]] = {
    "a list": {**DONE, "Data": [WAITING]},
    "words": {**DONE, "Data": "none"},
    "zero": {**DONE, "Data": 0},
    "no id": found(SigId=None),
    "no status": {**DONE, "Data": {"SigId": ID, "SigContent": "极客科技"}},
    "a status in words": found(Status="approved"),
    "no text": {**DONE, "Data": {"SigId": ID, "Status": 0}},
    "another signature": found(SigId="SIG20260116AAAAAA"),
}


@pytest.mark.parametrize("shape", NO_DATA)
def test_what_the_vendor_says_that_it_does_not_have_is_absent(
    api: SignatureApi, ucloud: UCloud, apply: Apply, shape: str
) -> None:
    ucloud.will(NO_DATA[shape])
    assert api.reviews([HANDLE]) == {}
    assert api.find(apply()) == []


@pytest.mark.parametrize("shape", OTHER_DATA)
def test_data_of_another_shape_is_a_failure_and_never_an_absence(
    api: SignatureApi, ucloud: UCloud, shape: str
) -> None:
    ucloud.will(OTHER_DATA[shape])
    with pytest.raises(UnavailableError, match="not in the format of ucloud"):
        api.reviews([HANDLE])


@pytest.mark.parametrize("kind", NOT_OF_THE_VENDOR)
def test_a_read_that_is_not_answered_by_the_vendor_is_tried_again_and_then_fails(
    api: SignatureApi, ucloud: UCloud, kind: str
) -> None:
    ucloud.will(NOT_OF_THE_VENDOR[kind])
    with pytest.raises(UnavailableError):
        api.reviews([HANDLE])
    assert len(ucloud.requests) == ATTEMPTS


@pytest.mark.parametrize("kind", NOT_OF_THE_VENDOR)
def test_a_write_that_is_not_answered_by_the_vendor_is_sent_once_and_its_outcome_unknown(
    api: SignatureApi, ucloud: UCloud, apply: Apply, kind: str
) -> None:
    ucloud.will(NOT_OF_THE_VENDOR[kind])
    with pytest.raises(OutcomeUnknownError):
        api.submit(apply())
    assert len(ucloud.requests) == 1


def test_a_rate_limit_is_waited_out_by_a_write_too(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(refused(153), httpx.Response(429, html="slow down"), CREATED)
    assert api.submit(apply()) == ID


def test_a_gateways_refusal_without_an_action_is_understood(
    api: SignatureApi, ucloud: UCloud
) -> None:
    ucloud.will({"RetCode": 171, "Message": "Signature VerifyAC Error"})
    with pytest.raises(AccountError) as error:
        api.reviews([HANDLE])
    assert error.value.code == "171"
    assert error.value.vendor_message == "Signature VerifyAC Error"
    assert error.value.request_id == "uuid-1"
    assert error.value.action == "QueryUSMSSignature"
    assert "privateKey" in str(error.value)
    assert len(ucloud.requests) == 1


def test_a_refusal_without_a_message_or_with_a_failed_status_is_understood(
    api: SignatureApi, ucloud: UCloud
) -> None:
    ucloud.will(httpx.Response(403, json={"RetCode": "172"}))
    with pytest.raises(AccountError) as error:
        api.withdraw(HANDLE)
    assert (error.value.code, error.value.vendor_message) == ("172", "")


def test_an_echoed_file_is_not_shown(api: SignatureApi, ucloud: UCloud, apply: Apply) -> None:
    file = base64.b64encode(png()).decode()
    ucloud.will(refused(230, f"Params [File={file}] not available"))
    with pytest.raises(InputError) as error:
        api.submit(apply())
    assert file[:64] not in str(error.value)
    assert "[encoded data]" in str(error.value)


def test_a_refused_deletion_advises_to_wait(api: SignatureApi, ucloud: UCloud) -> None:
    ucloud.will(refused(18003, "signature is under review"))
    with pytest.raises(RefusedError, match="can't be deleted now"):
        api.withdraw(HANDLE)


def test_a_file_that_has_changed_is_never_sent(
    api: SignatureApi, ucloud: UCloud, apply: Apply, inputs: Inputs
) -> None:
    Path(inputs["file"]["path"]).write_bytes(png(1))
    for write in (lambda: api.submit(apply()), lambda: api.resubmit(HANDLE, apply())):
        with pytest.raises(EvidenceError):
            write()
    assert ucloud.requests == []
