"""What the pages AddSmsSign and ModifySmsSign list, by our client against the sandbox."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import JsonValue
from tencentcloud.sms.v20210111 import models

from pulumi_smssign.contract.application import examine
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox import RunningSandbox
from pulumi_smssign.tencent.api import SignatureApi
from pulumi_smssign.tencent.application import SignatureApplication
from pulumi_smssign.tencent.auth import AccountCredentials
from pulumi_smssign.tencent.codes import MEANINGS
from tests.contract.tencent_sdk import filled, refused, sms
from tests.images import jpeg, png
from tests.seeds.conftest import Wire
from tests.tencent_applications import application, whole

# The SDK asks for the time in a way that Python 3.12 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*utcfromtimestamp:DeprecationWarning")

ADD, MODIFY = "AddSmsSign", "ModifySmsSign"
PROOF, COMMISSION = (base64.b64encode(image).decode() for image in (png(), jpeg()))

OF_AN_ADD = {"InvalidParameterValue.SignAlreadyPassedCheck"}
"""What AddSmsSign says of another signature that bears the name."""
ERRORS: Mapping[str, type[errors.SmsSignError]] = {
    "FailedOperation.FailResolvePacket": errors.RefusedError,
    "FailedOperation.JsonParseFail": errors.RefusedError,
    "FailedOperation.MissingSignatureList": errors.NotFoundError,
    "FailedOperation.MissingSignatureToModify": errors.NotFoundError,
    "FailedOperation.NotEnterpriseCertification": errors.AccountError,
    "FailedOperation.OtherError": errors.RefusedError,
    "FailedOperation.ParametersOtherError": errors.RefusedError,
    "FailedOperation.SignNumberLimit": errors.AccountError,
    "FailedOperation.TemplateAlreadyPassedCheck": errors.ReviewMovedError,
    "FailedOperation.TemplateIdNotExist": errors.NotFoundError,
    "InternalError.OtherError": errors.OutcomeUnknownError,
    "InternalError.RequestTimeException": errors.AccountError,
    "InternalError.RestApiInterfaceNotExist": errors.RefusedError,
    "InternalError.SigFieldMissing": errors.AccountError,
    "InternalError.SigVerificationFail": errors.AccountError,
    "InternalError.Timeout": errors.OutcomeUnknownError,
    "InternalError.UnknownError": errors.OutcomeUnknownError,
    "InvalidParameter": errors.InputError,
    "InvalidParameter.AppidAndBizId": errors.AccountError,
    "InvalidParameterValue.ImageInvalid": errors.InputError,
    "InvalidParameterValue.InvalidDocumentType": errors.InputError,
    "InvalidParameterValue.InvalidInternational": errors.InputError,
    "InvalidParameterValue.InvalidSignPurpose": errors.InputError,
    "InvalidParameterValue.InvalidUsedMethod": errors.InputError,
    "InvalidParameterValue.SdkAppIdNotExist": errors.AccountError,
    "InvalidParameterValue.SignAlreadyPassedCheck": errors.ReviewMovedError,
    "InvalidParameterValue.SignExistAndUnapproved": errors.DuplicateError,
    "InvalidParameterValue.SignNameLengthTooLong": errors.InputError,
    "MissingParameter": errors.InputError,
    "UnauthorizedOperation.RequestIpNotInWhitelist": errors.AccountError,
    "UnauthorizedOperation.RequestPermissionDeny": errors.AccountError,
    "UnauthorizedOperation.ServiceSuspendDueToArrears": errors.AccountError,
    "UnsupportedOperation.": errors.RefusedError,
}
"""Every code of both pages, and what it is to a user; both writes must know all of them."""

PAIRS: Mapping[int, tuple[int, ...]] = {
    0: (0, 1),
    1: (0, 1, 2, 3, 4),
    2: (0, 1, 2, 3, 5),
    3: (0, 1, 2, 3, 8),
    4: (7,),
    5: (2, 3),
    6: (0, 1, 2, 3, 6),
}


@pytest.fixture
def served(served: RunningSandbox) -> RunningSandbox:
    """The sandbox with the types and the list of the two pages, not with today's."""
    served.sandbox.switches.set(
        {"tencent.withdrawn_types": "accepted", "tencent.missing_sign_id_set": "error"}
    )
    return served


@pytest.fixture
def api(served: RunningSandbox) -> Iterator[SignatureApi]:
    """Singapore's calls: a region that is nobody's default."""
    key = AccountCredentials.sandbox(served.url, "default")
    credentials = key.model_copy(update={"region": "ap-singapore"})
    with closing(SignatureApi(credentials, sleep=lambda _: None)) as api:
        yield api


@pytest.fixture
def wire(api: SignatureApi) -> Wire:
    return Wire(api)


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, object]:
    """Everything that both pages have a field for."""
    return {**whole(tmp_path), "qualification_id": None}


def problems(inputs: Mapping[str, object], **changes: object) -> set[str]:
    found = examine(SignatureApplication, {**inputs, **changes}, frozenset()).problems
    return {problem.property for problem in found}


def fault(served: RunningSandbox, action: str, kind: str, **more: JsonValue) -> None:
    served.sandbox.faults.add({"vendor": "tencent", "action": action, "kind": kind, **more})


def test_every_field_of_add_is_sent_under_its_name(
    api: SignatureApi, wire: Wire, inputs: dict[str, object]
) -> None:
    api.submit(application(inputs))
    assert wire.json() == {
        "SignName": "极客科技",
        "SignType": 4,
        "DocumentType": 7,
        "International": 1,
        "SignPurpose": 1,
        "ProofImage": PROOF,
        "CommissionImage": COMMISSION,
        "Remark": "登录验证码",
    }


def test_every_field_of_modify_is_sent_under_its_name(
    api: SignatureApi, wire: Wire, inputs: dict[str, object]
) -> None:
    identifier = api.submit(application(inputs))
    api.resubmit(Handle(identifier), application(inputs, sign_name="极客云科", remark="again"))
    assert wire.json() == {
        "SignId": int(identifier),
        "SignName": "极客云科",
        "SignType": 4,
        "DocumentType": 7,
        "International": 1,
        "SignPurpose": 1,
        "ProofImage": PROOF,
        "CommissionImage": COMMISSION,
        "Remark": "again",
    }


def test_action_version_and_region_are_headers(
    api: SignatureApi, wire: Wire, inputs: dict[str, object]
) -> None:
    api.resubmit(Handle(api.submit(application(inputs))), application(inputs, remark="again"))
    common = {"Version": "2021-01-11", "Region": "ap-singapore"}
    for request, action in zip(wire.requests, ("AddSmsSign", "ModifySmsSign"), strict=True):
        for name, value in {"Action": action, **common}.items():
            assert request.headers[f"X-TC-{name}"] == value


@pytest.mark.parametrize(
    ("sign_type", "document_type"),
    [(sign_type, document_type) for sign_type, taken in PAIRS.items() for document_type in taken],
)
def test_every_pair_of_the_pages_is_submitted_and_modified(
    api: SignatureApi,
    wire: Wire,
    inputs: dict[str, object],
    sign_type: int,
    document_type: int,
) -> None:
    changes = {"sign_type": sign_type, "document_type": document_type}
    assert problems(inputs, **changes) == set()
    identifier = api.submit(application(inputs, **changes))
    assert {"SignType": sign_type, "DocumentType": document_type}.items() <= wire.json().items()
    api.resubmit(Handle(identifier), application(inputs, **changes, remark="again"))
    assert {"SignType": sign_type, "DocumentType": document_type}.items() <= wire.json().items()


@pytest.mark.parametrize(("sign_type", "taken"), PAIRS.items())
def test_every_other_pair_is_refused(
    inputs: dict[str, object], sign_type: int, taken: tuple[int, ...]
) -> None:
    for document_type in set(range(9)) - set(taken):
        changes = {"sign_type": sign_type, "document_type": document_type}
        assert problems(inputs, **changes) == {"document_type"}


@pytest.mark.parametrize(
    ("name", "value"), [("sign_type", 7), ("document_type", 9), ("sign_purpose", 2)]
)
def test_a_number_that_the_pages_do_not_have_is_refused(
    inputs: dict[str, object], name: str, value: int
) -> None:
    assert name in problems(inputs, **{name: value})


@pytest.mark.parametrize(("international", "sent"), [(False, 0), (True, 1)])
def test_international_is_0_or_1(
    api: SignatureApi, wire: Wire, inputs: dict[str, object], international: bool, sent: int
) -> None:
    identifier = api.submit(application(inputs, international=international))
    assert wire.json()["International"] == sent
    api.resubmit(Handle(identifier), application(inputs, international=international))
    assert wire.json()["International"] == sent


@pytest.mark.parametrize("purpose", [0, 1])
def test_sign_purpose_is_0_or_1(
    api: SignatureApi, wire: Wire, inputs: dict[str, object], purpose: int
) -> None:
    identifier = api.submit(application(inputs, sign_purpose=purpose))
    assert wire.json()["SignPurpose"] == purpose
    api.resubmit(Handle(identifier), application(inputs, sign_purpose=purpose))
    assert wire.json()["SignPurpose"] == purpose


@pytest.mark.parametrize("key", ["AddSignStatus", "AddSignStatus.SignId"])
def test_an_add_that_does_not_tell_its_id_is_of_unknown_outcome(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object], key: str
) -> None:
    fault(served, ADD, "missing", key=f"Response.{key}")
    with pytest.raises(errors.OutcomeUnknownError, match="AddSignStatus is"):
        api.submit(application(inputs))


def test_an_adds_sign_id_is_the_id(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    answer: JsonValue = {"Response": {"AddSignStatus": {"SignId": 1110}, "RequestId": "r-1"}}
    fault(served, ADD, "body", body=answer)
    assert api.submit(application(inputs)) == "1110"


def test_a_modify_without_its_confirmation_is_of_unknown_outcome(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    identifier = api.submit(application(inputs))
    fault(served, MODIFY, "missing", key="Response.ModifySignStatus")
    with pytest.raises(errors.OutcomeUnknownError, match="ModifySignStatus is missing"):
        api.resubmit(Handle(identifier), application(inputs))


def test_the_sign_id_of_a_modify_is_not_needed(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    identifier = api.submit(application(inputs))
    fault(served, MODIFY, "missing", key="Response.ModifySignStatus.SignId")
    api.resubmit(Handle(identifier), application(inputs, sign_name="极客云科"))
    assert served.sandbox.signatures()[0].text == "极客云科"


@pytest.mark.parametrize("action", [ADD, MODIFY])
def test_the_request_id_is_shown_with_an_error(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object], action: str
) -> None:
    error: JsonValue = {"Code": "FailedOperation.OtherError", "Message": "no"}
    fault(served, action, "body", body={"Response": {"Error": error, "RequestId": "r-0417"}})
    with pytest.raises(errors.RefusedError) as caught:
        _write(api, action, inputs)
    assert "\n  request id: r-0417\n" in str(caught.value)


@pytest.mark.parametrize("action", [ADD, MODIFY])
@pytest.mark.parametrize("code", ERRORS)
def test_every_error_is_one_of_ours_with_its_code_and_request_id(
    api: SignatureApi,
    served: RunningSandbox,
    inputs: dict[str, object],
    action: str,
    code: str,
) -> None:
    fault(served, action, "error", code=code, message="the vendor's words")
    with pytest.raises(errors.SmsSignError) as caught:
        _write(api, action, inputs)
    of_an_add = errors.DuplicateError if code in OF_AN_ADD and action == ADD else None
    assert type(caught.value) is (of_an_add or ERRORS[code])
    assert code.rstrip(".") in MEANINGS, "known by its category alone"
    assert (caught.value.action, caught.value.code) == (action, code)
    assert caught.value.vendor_message == "the vendor's words"
    assert str(UUID(caught.value.request_id)) == caught.value.request_id
    assert caught.value.advice
    assert len(served.sandbox.calls("tencent", action)) == 1


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_is_one_to_the_official_sdk(served: RunningSandbox, code: str) -> None:
    client = sms(served)
    fault(served, ADD, "error", code=code)
    fault(served, MODIFY, "error", code=code)
    assert refused(lambda: client.AddSmsSign(filled(models.AddSmsSignRequest()))) == code
    request = filled(models.ModifySmsSignRequest(), SignId=1110)
    assert refused(lambda: client.ModifySmsSign(request)) == code


def _write(api: SignatureApi, action: str, inputs: Mapping[str, object]) -> None:
    if action == ADD:
        api.submit(application(inputs))
    else:
        api.resubmit(Handle("1110"), application(inputs))


def test_the_pages_own_example_of_a_name_is_taken(served: RunningSandbox) -> None:
    """It has 13 characters; no page has a limit."""
    answer = sms(served).AddSmsSign(
        filled(models.AddSmsSignRequest(), SignName="Tencent Cloud", QualificationId=None)
    )
    assert answer.AddSignStatus.SignId
    (held,) = served.sandbox.signatures("tencent")
    assert (held.text, held.status) == ("Tencent Cloud", "pending")
