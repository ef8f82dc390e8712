"""The pages AddSmsSign and ModifySmsSign, by our client against the sandbox."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.application import examine
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox import RunningSandbox
from pulumi_smssign.tencent.api import LIMITS
from pulumi_smssign.tencent.application import SignatureApplication
from pulumi_smssign.tencent.codes import MEANINGS
from tests.contract.tencent_sdk import TencentSdk
from tests.images import jpeg, png
from tests.seeds.conftest import Api, Fault, Wire
from tests.seeds.pages import page
from tests.tencent_applications import application, whole

# The SDK asks for the time in a way that Python 3.12 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*utcfromtimestamp:DeprecationWarning")

VENDOR = "tencent"
SETTINGS = {"region": "ap-singapore"}
"""A region that is nobody's default."""
ADD, MODIFY = "AddSmsSign", "ModifySmsSign"
PAGES = {ADD: page("tencent-add"), MODIFY: page("tencent-modify")}
VALUES = PAGES[ADD].values
PAIRS = [
    (sign_type, document_type)
    for sign_type, document_types in enumerate(PAGES[ADD].pairs)
    for document_type in document_types
]
HEADERS = {"Action", "Version", "Region"}
FIELDS: dict[str, JsonValue] = {
    "SignName": "极客科技",
    "SignType": 4,
    "DocumentType": 7,
    "International": 1,
    "SignPurpose": 1,
    "ProofImage": base64.b64encode(png()).decode(),
    "CommissionImage": base64.b64encode(jpeg()).decode(),
    "Remark": "登录验证码",
}
ERRORS: Mapping[type[errors.SmsSignError], str] = {
    errors.AccountError: """
        FailedOperation.NotEnterpriseCertification FailedOperation.SignNumberLimit
        InternalError.RequestTimeException InternalError.SigFieldMissing
        InternalError.SigVerificationFail InvalidParameter.AppidAndBizId
        InvalidParameterValue.SdkAppIdNotExist UnauthorizedOperation.RequestIpNotInWhitelist
        UnauthorizedOperation.RequestPermissionDeny
        UnauthorizedOperation.ServiceSuspendDueToArrears""",
    errors.DuplicateError: "InvalidParameterValue.SignExistAndUnapproved",
    errors.InputError: """
        InvalidParameter InvalidParameterValue.ImageInvalid
        InvalidParameterValue.InvalidDocumentType InvalidParameterValue.InvalidInternational
        InvalidParameterValue.InvalidSignPurpose InvalidParameterValue.InvalidUsedMethod
        InvalidParameterValue.SignNameLengthTooLong MissingParameter""",
    errors.NotFoundError: """
        FailedOperation.MissingSignatureList FailedOperation.MissingSignatureToModify
        FailedOperation.TemplateIdNotExist""",
    errors.OutcomeUnknownError: """
        InternalError.OtherError InternalError.Timeout InternalError.UnknownError""",
    errors.RefusedError: """
        FailedOperation.FailResolvePacket FailedOperation.JsonParseFail FailedOperation.OtherError
        FailedOperation.ParametersOtherError InternalError.RestApiInterfaceNotExist
        UnsupportedOperation.""",
    errors.ReviewMovedError: """
        FailedOperation.TemplateAlreadyPassedCheck InvalidParameterValue.SignAlreadyPassedCheck""",
}
"""Every code of both pages, by what it is to a user; both writes must know all of them."""
CODES = {code: error for error, codes in ERRORS.items() for code in codes.split()}
OF_AN_ADD = {**CODES, "InvalidParameterValue.SignAlreadyPassedCheck": errors.DuplicateError}
"""AddSmsSign says that of another signature, which bears the name."""


@pytest.fixture
def served(served: RunningSandbox) -> RunningSandbox:
    """The sandbox with the types and the list of the two pages, not with today's."""
    served.sandbox.switches.set(
        {"tencent.withdrawn_types": "accepted", "tencent.missing_sign_id_set": "error"}
    )
    return served


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, object]:
    """Arguments for every field of both pages."""
    return {**whole(tmp_path), "qualification_id": None}


def problems(inputs: Mapping[str, object], **changes: object) -> set[str]:
    findings = examine(SignatureApplication, {**inputs, **changes}, frozenset()).problems
    return {problem.property for problem in findings}


def write(api: Api, action: str, inputs: Mapping[str, object], id_: str = "1110") -> None:
    """One of the two writes; a modification is of that id."""
    if action == ADD:
        api.submit(application(inputs))
    else:
        api.resubmit(Handle(id_), application(inputs))


def write_both(api: Api, wire: Wire, inputs: Mapping[str, object]) -> list[dict[str, JsonValue]]:
    """An add, and a modification of what it has made; their bodies."""
    identifier = api.submit(application(inputs)).id
    added = wire.json()
    api.resubmit(Handle(identifier), application(inputs))
    return [added, wire.json()]


def test_every_field_is_sent_under_its_name(
    api: Api, wire: Wire, inputs: dict[str, object]
) -> None:
    """The whole application goes each time; an image is Base64 without a `data:` head."""
    identifier = api.submit(application(inputs)).id
    assert wire.json() == FIELDS
    assert wire.json().keys() | HEADERS == set(PAGES[ADD].request)
    api.resubmit(Handle(identifier), application(inputs, sign_name="极客云科", remark="again"))
    changed = {"SignId": int(identifier), "SignName": "极客云科", "Remark": "again"}
    assert wire.json() == {**FIELDS, **changed}
    assert wire.json().keys() | HEADERS == set(PAGES[MODIFY].request)


def test_action_version_and_region_are_headers(
    api: Api, wire: Wire, inputs: dict[str, object]
) -> None:
    write_both(api, wire, inputs)
    for request, page_ in zip(wire.requests, PAGES.values(), strict=True):
        assert [request.headers["X-TC-Action"]] == page_.values["Action"]
        assert [request.headers["X-TC-Version"]] == page_.values["Version"]
        assert request.headers["X-TC-Region"] == "ap-singapore"


def test_both_pages_list_the_same_values() -> None:
    assert PAGES[MODIFY].values == {**VALUES, "Action": ["ModifySmsSign"]}
    assert PAGES[MODIFY].pairs == PAGES[ADD].pairs
    assert {key for key, _ in PAIRS} == set(VALUES["SignType"])
    assert {value for _, value in PAIRS} == set(VALUES["DocumentType"])


@pytest.mark.parametrize(("sign_type", "document_type"), PAIRS)
def test_every_pair_of_the_pages_is_sent(
    api: Api, wire: Wire, inputs: dict[str, object], sign_type: int, document_type: int
) -> None:
    changes = {"sign_type": sign_type, "document_type": document_type}
    assert problems(inputs, **changes) == set()
    for body in write_both(api, wire, {**inputs, **changes}):
        assert (body["SignType"], body["DocumentType"]) == (sign_type, document_type)


def test_every_other_pair_is_refused(inputs: dict[str, object]) -> None:
    for sign_type in VALUES["SignType"]:
        for document_type in VALUES["DocumentType"]:
            if (sign_type, document_type) not in PAIRS:
                changes = {"sign_type": sign_type, "document_type": document_type}
                assert problems(inputs, **changes) == {"document_type"}, changes


@pytest.mark.parametrize(
    ("field", "argument"),
    [("SignPurpose", "sign_purpose"), ("International", "international")],
)
def test_every_value_of_the_pages_is_sent(
    api: Api, wire: Wire, inputs: dict[str, object], field: str, argument: str
) -> None:
    for value in VALUES[field]:
        given = bool(value) if argument == "international" else value
        bodies = write_both(api, wire, {**inputs, argument: given, "sign_name": f"极客{value}"})
        assert [body[field] for body in bodies] == [value, value]


@pytest.mark.parametrize(
    ("field", "argument"),
    [("SignType", "sign_type"), ("DocumentType", "document_type"), ("SignPurpose", "sign_purpose")],
)
def test_a_number_that_the_pages_do_not_have_is_refused(
    inputs: dict[str, object], field: str, argument: str
) -> None:
    assert argument in problems(inputs, **{argument: len(VALUES[field])})


@pytest.mark.parametrize(
    ("action", "key"),
    [(ADD, "AddSignStatus"), (ADD, "AddSignStatus.SignId"), (MODIFY, "ModifySignStatus")],
)
def test_answer_without_a_confirmation_is_of_unknown_outcome(
    api: Api, fault: Fault, inputs: dict[str, object], action: str, key: str
) -> None:
    assert key in PAGES[action].response
    identifier = api.submit(application(inputs, sign_name="极客云科")).id
    fault(action, "missing", key=f"Response.{key}")
    with pytest.raises(errors.OutcomeUnknownError, match=f"{key.partition('.')[0]} is"):
        write(api, action, inputs, identifier)


def test_sign_id_is_the_id_of_an_add_and_not_needed_of_a_modification(
    api: Api, served: RunningSandbox, fault: Fault, inputs: dict[str, object]
) -> None:
    answer: JsonValue = {"Response": {"AddSignStatus": {"SignId": 1110}, "RequestId": "r-1"}}
    fault(ADD, "body", body=answer)
    assert api.submit(application(inputs)).id == "1110"
    identifier = api.submit(application(inputs)).id
    fault(MODIFY, "missing", key="Response.ModifySignStatus.SignId")
    api.resubmit(Handle(identifier), application(inputs, sign_name="极客云科"))
    assert served.sandbox.signatures()[0].text == "极客云科"


def test_the_table_of_errors_has_every_code_of_the_pages() -> None:
    assert set(CODES) == {*PAGES[ADD].errors, *PAGES[MODIFY].errors}


@pytest.mark.parametrize("action", [ADD, MODIFY])
@pytest.mark.parametrize("code", CODES)
def test_every_error_is_one_of_ours_with_its_code_and_request_id(
    api: Api, served: RunningSandbox, inputs: dict[str, object], action: str, code: str
) -> None:
    order = {"kind": "error", "code": code, "message": "the vendor's words"}
    served.sandbox.faults.add({"vendor": VENDOR, "action": action, **order})
    with pytest.raises(errors.SmsSignError) as caught:
        write(api, action, inputs)
    error = caught.value
    assert type(error) is (OF_AN_ADD if action == ADD else CODES)[code]
    assert code.rstrip(".") in MEANINGS, "known by its category alone"
    assert (error.action, error.code, error.vendor_message) == (action, code, "the vendor's words")
    assert str(UUID(error.request_id)) == error.request_id
    assert f"\n  request id: {error.request_id}\n" in str(error)
    assert error.advice
    assert len(served.sandbox.calls(VENDOR, action)) == 1


def test_every_error_is_one_to_the_official_sdk(served: RunningSandbox, fault: Fault) -> None:
    sdk = TencentSdk(served)
    for code in CODES:
        fault(ADD, "error", code=code)
        fault(MODIFY, "error", code=code)
        assert sdk.refused(sdk.submit) == code
        assert sdk.refused(sdk.change, "1110") == code


def test_the_pages_own_example_of_a_name_is_taken(served: RunningSandbox) -> None:
    """It has 13 characters; no page has a limit."""
    assert TencentSdk(served).submit(SignName="Tencent Cloud", QualificationId=None)
    (held,) = served.sandbox.signatures("tencent")
    assert (held.text, held.status) == ("Tencent Cloud", "pending")


@pytest.mark.parametrize("action", [ADD, MODIFY, "DeleteSmsSign"])
def test_writes_go_once_a_second_at_the_most(action: str) -> None:
    rate = LIMITS[action]
    assert rate.limit / rate.interval <= 1 / 1000
