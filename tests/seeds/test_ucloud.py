"""What the page UpdateUSMSSignature lists, by our client against the sandbox."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.application import examine
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox import RunningSandbox
from pulumi_smssign.ucloud.api import SignatureApi
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.auth import AccountCredentials
from tests.images import jpeg, png
from tests.seeds.conftest import Wire
from tests.ucloud_applications import application, for_others

UPDATE = "UpdateUSMSSignature"
LICENCE = f"image/png;base64,{base64.b64encode(png()).decode()}"
LETTER = f"image/jpeg;base64,{base64.b64encode(jpeg()).decode()}"
TYPES = (0, 1, 2, 3, 4, 5)
"""Those of names; each is proven by the certificate of the same number."""


@pytest.fixture
def api(served: RunningSandbox) -> Iterator[SignatureApi]:
    credentials = AccountCredentials.sandbox(served.url, "default")
    with closing(SignatureApi(credentials, sleep=lambda _: None)) as api:
        yield api


@pytest.fixture
def wire(api: SignatureApi) -> Wire:
    return Wire(api)


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, object]:
    """Everything that the page has a field for, and a description, which it lacks."""
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
def handle(api: SignatureApi, wire: Wire, inputs: dict[str, object]) -> Handle:
    """A signature that waits for its review."""
    return Handle(api.submit(application(inputs)), "极客科技", "org-sandbox/mainland")


def problems(inputs: Mapping[str, object], **changes: object) -> set[str]:
    found = examine(SignatureApplication, {**inputs, **changes}, frozenset()).problems
    return {problem.property for problem in found}


def fault(served: RunningSandbox, kind: str, **more: JsonValue) -> None:
    served.sandbox.faults.add({"vendor": "ucloud", "action": UPDATE, "kind": kind, **more})


def test_every_field_is_sent_under_its_name(
    api: SignatureApi,
    served: RunningSandbox,
    wire: Wire,
    handle: Handle,
    inputs: dict[str, object],
) -> None:
    api.resubmit(handle, application(inputs, sig_content="极客网络"))
    form = {name: "".join(values) for name, values in wire.form().items()}
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
    (call,) = served.sandbox.calls("ucloud", UPDATE)
    assert (call.account, call.code) == ("default", "")


@pytest.mark.parametrize("action", ["UpdateUSMSSignature"])
def test_the_action_is_the_pages(
    api: SignatureApi,
    served: RunningSandbox,
    handle: Handle,
    inputs: dict[str, object],
    action: str,
) -> None:
    api.resubmit(handle, application(inputs))
    assert [call.code for call in served.sandbox.calls("ucloud", action)] == [""]


@pytest.mark.parametrize("number", TYPES)
def test_every_type_is_sent_with_its_certificate(
    api: SignatureApi, wire: Wire, handle: Handle, inputs: dict[str, object], number: int
) -> None:
    changes = {"sig_type": number, "certificate_type": number}
    assert problems(inputs, **changes) == set()
    api.resubmit(handle, application(inputs, **changes))
    assert wire.form()["SigType"] == wire.form()["CertificateType"] == [str(number)]


@pytest.mark.parametrize("number", TYPES)
def test_a_type_is_refused_with_the_certificate_of_another(
    inputs: dict[str, object], number: int
) -> None:
    for other in set(TYPES) - {number}:
        changes = {"sig_type": number, "certificate_type": other}
        assert problems(inputs, **changes) == {"certificate_type"}


@pytest.mark.parametrize("purpose", [0, 1])
def test_the_purpose_is_0_or_1(
    api: SignatureApi, wire: Wire, handle: Handle, inputs: dict[str, object], purpose: int
) -> None:
    assert problems(inputs, sig_purpose=purpose) == set()
    api.resubmit(handle, application(inputs, sig_purpose=purpose))
    assert wire.form()["SigPurpose"] == [str(purpose)]


@pytest.mark.parametrize(
    ("name", "value"), [("sig_type", 6), ("certificate_type", 6), ("sig_purpose", 2)]
)
def test_a_number_that_the_page_does_not_have_is_refused(
    inputs: dict[str, object], name: str, value: int
) -> None:
    assert problems(inputs, **{name: value}) == {name}


@pytest.mark.parametrize(
    "answer",
    [
        {"Action": "UpdateUSMSSignatureResponse", "Message": "", "RetCode": 0},
        {"Action": "AnotherResponse", "RetCode": 0},
        {"Message": "done", "RetCode": 0},
    ],
)
def test_a_ret_code_of_0_is_a_yes_whatever_action_and_message_say(
    api: SignatureApi,
    served: RunningSandbox,
    handle: Handle,
    inputs: dict[str, object],
    answer: dict[str, JsonValue],
) -> None:
    fault(served, "body", body=answer)
    api.resubmit(handle, application(inputs))
    (call,) = served.sandbox.calls("ucloud", UPDATE)
    assert call.fault == "body"


def test_another_ret_code_is_a_no_with_its_message(
    api: SignatureApi, served: RunningSandbox, handle: Handle, inputs: dict[str, object]
) -> None:
    action = "UpdateUSMSSignatureResponse"
    no: JsonValue = {"Action": action, "Message": "SigPurpose is not allowed", "RetCode": 18002}
    fault(served, "body", body=no)
    with pytest.raises(errors.InputError) as caught:
        api.resubmit(handle, application(inputs))
    assert (caught.value.action, caught.value.code) == (UPDATE, "18002")
    assert "SigPurpose is not allowed" in str(caught.value)


@pytest.mark.parametrize("code", [171, 299, 230, 18001, 18003, 19999])
def test_a_code_that_is_not_0_is_never_a_yes(
    api: SignatureApi, served: RunningSandbox, handle: Handle, inputs: dict[str, object], code: int
) -> None:
    fault(served, "error", code=code, message="no")
    with pytest.raises((errors.AccountError, errors.InputError, errors.RefusedError)) as caught:
        api.resubmit(handle, application(inputs))
    assert caught.value.code == str(code)
    assert caught.value.request_id


def test_an_answer_without_a_ret_code_is_of_unknown_outcome(
    api: SignatureApi, served: RunningSandbox, handle: Handle, inputs: dict[str, object]
) -> None:
    fault(served, "missing", key="RetCode")
    with pytest.raises(errors.OutcomeUnknownError, match="RetCode is missing"):
        api.resubmit(handle, application(inputs))
