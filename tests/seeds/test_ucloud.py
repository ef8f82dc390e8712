"""The page UpdateUSMSSignature, by our client against the sandbox."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.application import examine
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox import RunningSandbox
from pulumi_smssign.ucloud.application import SignatureApplication
from tests.images import jpeg, png
from tests.seeds.conftest import Api, Fault, Wire
from tests.seeds.pages import page
from tests.ucloud_applications import application, for_others

VENDOR = "ucloud"
PAGE = page("ucloud-update")
UPDATE = "UpdateUSMSSignature"
LICENCE = f"image/png;base64,{base64.b64encode(png()).decode()}"
LETTER = f"image/jpeg;base64,{base64.b64encode(jpeg()).decode()}"


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, object]:
    """Arguments for every field of the page, and a description, which it lacks."""
    return for_others(
        tmp_path,
        sig_type=4,
        certificate_type=4,
        document="https://files.example/licence.png",
        proxy_doc="https://files.example/letter.jpg",
        scene_desc="login",
        project_id="org-sandbox",
    )


@pytest.fixture
def handle(api: Api, wire: Wire, inputs: dict[str, object]) -> Handle:
    """A signature that waits for its review."""
    return Handle(api.submit(application(inputs)).id, "极客科技", "org-sandbox/mainland")


def problems(inputs: Mapping[str, object], **changes: object) -> set[str]:
    findings = examine(SignatureApplication, {**inputs, **changes}, frozenset())
    return {problem.property for problem in findings.problems}


def test_every_field_is_sent_under_its_name(
    api: Api, served: RunningSandbox, wire: Wire, handle: Handle, inputs: dict[str, object]
) -> None:
    api.resubmit(handle, application(inputs, sig_content="极客网络"))
    form = {name: "".join(values) for name, values in wire.form().items()}
    assert form.keys() == set(PAGE.request)
    assert re.fullmatch("[0-9a-f]{40}", form.pop("Signature"))
    assert form == {
        "Action": "UpdateUSMSSignature",
        "PublicKey": "smssign-sandbox",
        "ProjectId": "org-sandbox",
        "SigId": handle.id,
        "SigContent": "极客网络",
        "SigType": "4",
        "SigPurpose": "1",
        "File": LICENCE,
        "CertificateType": "4",
        "ProxyFile": LETTER,
        "Document": "https://files.example/licence.png",
        "ProxyDoc": "https://files.example/letter.jpg",
        "SceneDesc": "login",
    }
    (call,) = served.sandbox.calls(VENDOR, UPDATE)
    assert (call.account, call.code) == ("default", "")


def test_every_type_is_sent_with_its_own_certificate_only(
    api: Api, wire: Wire, handle: Handle, inputs: dict[str, object]
) -> None:
    """A type of names is proven by the certificate of the same number."""
    types = PAGE.values["SigType"]
    assert types == PAGE.values["CertificateType"]
    for number in types:
        changes = {"sig_type": number, "certificate_type": number}
        assert problems(inputs, **changes) == set()
        api.resubmit(handle, application(inputs, **changes))
        assert wire.form()["SigType"] == wire.form()["CertificateType"] == [str(number)]
        for other in set(types) - {number}:
            changes = {"sig_type": number, "certificate_type": other}
            assert problems(inputs, **changes) == {"certificate_type"}


def test_every_purpose_is_sent(
    api: Api, wire: Wire, handle: Handle, inputs: dict[str, object]
) -> None:
    for purpose in PAGE.values["SigPurpose"]:
        assert problems(inputs, sig_purpose=purpose) == set()
        api.resubmit(handle, application(inputs, sig_purpose=purpose))
        assert wire.form()["SigPurpose"] == [str(purpose)]


@pytest.mark.parametrize(
    ("field", "argument"),
    [
        ("SigType", "sig_type"),
        ("CertificateType", "certificate_type"),
        ("SigPurpose", "sig_purpose"),
    ],
)
def test_a_number_that_the_page_does_not_have_is_refused(
    inputs: dict[str, object], field: str, argument: str
) -> None:
    assert problems(inputs, **{argument: len(PAGE.values[field])}) == {argument}


@pytest.mark.parametrize(
    "answer",
    [
        {"Action": "UpdateUSMSSignatureResponse", "Message": "", "RetCode": 0},
        {"Action": "AnotherResponse", "RetCode": 0},
        {"Message": "done", "RetCode": 0},
    ],
    ids=str,
)
def test_a_ret_code_of_0_is_a_yes_whatever_action_and_message_say(
    api: Api,
    served: RunningSandbox,
    handle: Handle,
    inputs: dict[str, object],
    answer: dict[str, JsonValue],
) -> None:
    served.sandbox.faults.add({"vendor": VENDOR, "action": UPDATE, "kind": "body", "body": answer})
    api.resubmit(handle, application(inputs))
    (call,) = served.sandbox.calls(VENDOR, UPDATE)
    assert call.fault == "body"
    assert answer.keys() <= set(PAGE.response)


@pytest.mark.parametrize("code", [171, 299, 230, 18001, 18002, 18003, 19999])
def test_another_ret_code_is_a_no_with_its_message(
    api: Api, fault: Fault, handle: Handle, inputs: dict[str, object], code: int
) -> None:
    assert code not in PAGE.values["RetCode"]
    message = "SigPurpose is not allowed"
    fault(UPDATE, "error", code=code, message=message)
    with pytest.raises((errors.AccountError, errors.InputError, errors.RefusedError)) as caught:
        api.resubmit(handle, application(inputs))
    assert (caught.value.action, caught.value.code) == (UPDATE, str(code))
    assert caught.value.vendor_message == message
    assert caught.value.request_id


def test_an_answer_without_a_ret_code_is_of_unknown_outcome(
    api: Api, fault: Fault, handle: Handle, inputs: dict[str, object]
) -> None:
    fault(UPDATE, "missing", key="RetCode")
    with pytest.raises(errors.OutcomeUnknownError, match="RetCode is missing"):
        api.resubmit(handle, application(inputs))
