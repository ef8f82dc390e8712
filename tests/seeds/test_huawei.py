"""What the page "Creating an SMS Signature" lists, by our client against the sandbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.application import examine
from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.huawei.application import SignatureApplication
from pulumi_smssign.huawei.auth import AccountCredentials
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox import RunningSandbox
from tests.huawei_applications import application
from tests.images import png
from tests.seeds.conftest import Wire

CREATE = "CreateSignature"
PROJECT = "5b0c00000000000000000000000d35c0"
APP = "5d0c7a10-0001-4c6e-8f00-aaaaaaaaaaaa"
CREATED: Mapping[str, JsonValue] = {
    "id": "9b1d0001-0001-4c6e-8f00-cccccccccccc",
    "signature_id": "9b1d0002-0002-4c6e-8f00-dddddddddddd",
    "signature_name": "极客科技",
}
ERRORS: Mapping[tuple[int, str], type[errors.SmsSignError]] = {
    (401, "APIGW.0301"): errors.AccountError,
    (403, "APIGW.0302"): errors.AccountError,
    (404, "MSGSMS.0014"): errors.InputError,
    (500, "MSGSMS.0001"): errors.OutcomeUnknownError,
}
ASKED_FOR: Mapping[int, tuple[str, ...]] = {
    0: (),
    2: ("related_file", "license_number"),
    5: ("related_file", "registration_number"),
}
"""What goes with each source that is not discarded."""


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
    """Everything that the page has a field for."""
    for number, name in enumerate(("licence", "power_of_attorney", "related_file")):
        (tmp_path / name).write_bytes(png(number))
    return {
        "app_id": APP,
        "apply_desc": "order notices",
        "licence": evidence.describe(tmp_path / "licence"),
        "is_involved_third": True,
        "power_of_attorney": evidence.describe(tmp_path / "power_of_attorney"),
        "signature_name": "极客科技",
        "signature_source": 5,
        "signature_type": "NOTIFY_TYPE",
        "source_title_content": "https://app.example",
        "related_file": evidence.describe(tmp_path / "related_file"),
        "registration_number": "TM-0042",
        "license_number": "粤B2-00000417-2",
    }


def problems(inputs: Mapping[str, object], **changes: object) -> set[str]:
    found = examine(SignatureApplication, {**inputs, **changes}, frozenset()).problems
    return {problem.property for problem in found}


def fault(served: RunningSandbox, kind: str, **more: JsonValue) -> None:
    served.sandbox.faults.add({"vendor": "huawei", "action": CREATE, "kind": kind, **more})


def test_every_field_of_the_body_is_sent_under_its_name(
    api: SignatureApi, wire: Wire, inputs: dict[str, object]
) -> None:
    mine = application(inputs)
    api.submit(mine)
    licence, power_of_attorney, related_file = mine.evidence
    assert wire.json() == {
        "app_id": APP,
        "apply_desc": "order notices",
        "file_id": mine.uploads[licence.sha256],
        "is_involved_third": "Yes",
        "power_attorney_fileid": mine.uploads[power_of_attorney.sha256],
        "signature_name": "极客科技",
        "signature_source": 5,
        "signature_type": "NOTIFY_TYPE",
        "source_title_content": "https://app.example",
        "signature_related_file_id": mine.uploads[related_file.sha256],
        "registration_number": "TM-0042",
        "license_number": "粤B2-00000417-2",
    }


def test_the_project_id_is_in_the_path(
    api: SignatureApi, wire: Wire, inputs: dict[str, object]
) -> None:
    api.submit(application(inputs))
    paths = {"project_id": f"/v2/{PROJECT}/msgsms/signatures"}
    assert (wire.requests[-1].method, wire.requests[-1].url.path) == ("POST", paths["project_id"])


@pytest.mark.parametrize(("header", "value"), [("Content-Type", "application/json")])
def test_the_body_says_that_it_is_json(
    api: SignatureApi, wire: Wire, inputs: dict[str, object], header: str, value: str
) -> None:
    api.submit(application(inputs))
    assert wire.headers()[header] == value


def test_a_user_is_told_by_the_token_of_iam(
    served: RunningSandbox, inputs: dict[str, object]
) -> None:
    credentials = AccountCredentials.model_validate(
        {
            "userName": "smssign-sandbox",
            "password": "smssign-sandbox-password",
            "domainName": "smssign-sandbox",
            "projectId": PROJECT,
            "endpoint": served.url,
            "iamEndpoint": served.url,
        }
    )
    with closing(SignatureApi(credentials, sleep=lambda _: None)) as api:
        wire = Wire(api)
        assert api.submit(application(inputs))
    assert wire.headers()["X-Auth-Token"]
    assert "Authorization" not in wire.headers()


@pytest.mark.parametrize(("third", "sent"), [(True, "Yes"), (False, "No")])
def test_a_third_party_is_yes_or_no(
    api: SignatureApi, wire: Wire, inputs: dict[str, object], third: bool, sent: str
) -> None:
    handle = Handle(api.submit(application(inputs, is_involved_third=third)))
    assert wire.json()["is_involved_third"] == sent
    assert api.reviews([handle])[handle].reported["is_involved_third"] is third


@pytest.mark.parametrize(("source", "asked_for"), ASKED_FOR.items())
def test_a_source_that_is_taken_is_sent_with_what_it_asks_for(
    api: SignatureApi,
    wire: Wire,
    inputs: dict[str, object],
    source: int,
    asked_for: tuple[str, ...],
) -> None:
    optional = {"related_file", "license_number", "registration_number"}
    left_out = dict.fromkeys(optional - set(asked_for))
    assert problems(inputs, signature_source=source, **left_out) == set()
    for name in asked_for:
        fields = {**inputs, "signature_source": source, name: None}
        found = examine(SignatureApplication, fields, frozenset())
        assert found.problems == ()
        assert name in {doubt.property for doubt in found.doubts}
    api.submit(application(inputs, signature_source=source, **left_out))
    assert wire.json()["signature_source"] == source


@pytest.mark.parametrize("source", [1, 3, 4])
def test_a_source_that_is_discarded_is_refused(inputs: dict[str, object], source: int) -> None:
    found = examine(SignatureApplication, {**inputs, "signature_source": source}, frozenset())
    (problem,) = found.problems
    assert problem.property == "signature_source"
    assert "is withdrawn by the vendor" in problem.reason


@pytest.mark.parametrize(
    ("name", "value"),
    [("signature_source", 6), ("signature_type", "OTHER_TYPE"), ("is_involved_third", "Maybe")],
)
def test_a_value_that_the_page_does_not_have_is_refused(
    inputs: dict[str, object], name: str, value: object
) -> None:
    assert problems(inputs, **{name: value}) == {name}


@pytest.mark.parametrize("kind", ["VERIFY_CODE_TYPE", "NOTIFY_TYPE"])
def test_both_types_are_taken(
    api: SignatureApi, wire: Wire, inputs: dict[str, object], kind: str
) -> None:
    handle = Handle(api.submit(application(inputs, signature_type=kind)))
    assert wire.json()["signature_type"] == kind
    assert api.reviews([handle])[handle].reported["signature_type"] == kind


def test_what_is_discarded_is_sent_and_doubted(inputs: dict[str, object]) -> None:
    doubts = examine(SignatureApplication, inputs, frozenset()).doubts
    assert "has no effect" in {one.property: one.reason for one in doubts}["source_title_content"]


def test_the_id_of_the_answer_is_the_one_that_paths_take(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    fault(served, "body", body=dict(CREATED))
    assert api.submit(application(inputs)) == CREATED["id"]


def test_an_answer_without_an_id_is_of_unknown_outcome(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    fault(served, "missing", key="id")
    with pytest.raises(errors.OutcomeUnknownError, match="id is missing"):
        api.submit(application(inputs))


@pytest.mark.parametrize("key", ["signature_id", "signature_name"])
def test_the_rest_of_the_answer_is_asked_for_again_and_not_needed(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object], key: str
) -> None:
    fault(served, "missing", key=key)
    handle = Handle(api.submit(application(inputs)))
    review = api.reviews([handle])[handle]
    assert review.text == "极客科技"
    assert review.outputs["signature_id"] not in ("", handle.id)


@pytest.mark.parametrize("status", [200, 201])
def test_a_status_of_success_says_that_it_is_created(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object], status: int
) -> None:
    fault(served, "body", body=dict(CREATED), http_status=status)
    assert api.submit(application(inputs)) == CREATED["id"]


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, errors.AccountError),
        (403, errors.AccountError),
        (404, errors.OutcomeUnknownError),
        (500, errors.OutcomeUnknownError),
    ],
)
def test_a_status_without_a_word_of_the_vendor_is_an_error(
    api: SignatureApi,
    served: RunningSandbox,
    inputs: dict[str, object],
    status: int,
    error: type[errors.SmsSignError],
) -> None:
    fault(served, "status", http_status=status, body="{}", content_type="application/json")
    with pytest.raises(errors.SmsSignError) as caught:
        api.submit(application(inputs))
    assert type(caught.value) is error
    assert len(served.sandbox.calls("huawei", CREATE)) == 1


@pytest.mark.parametrize(("status", "code"), ERRORS)
def test_a_status_with_the_vendors_code_is_what_the_code_says(
    api: SignatureApi,
    served: RunningSandbox,
    inputs: dict[str, object],
    status: int,
    code: str,
) -> None:
    fault(served, "error", http_status=status, code=code, message="the vendor's words")
    with pytest.raises(errors.SmsSignError) as caught:
        api.submit(application(inputs))
    assert type(caught.value) is ERRORS[status, code]
    assert (caught.value.code, caught.value.vendor_message) == (code, "the vendor's words")
    assert caught.value.request_id


def test_the_pages_own_body_without_papers_waits_for_a_reviewer(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    """The page knows no qualification, and nothing is decided but by somebody."""
    without = {name: value for name, value in inputs.items() if name != "qualification_id"}
    papers = dict.fromkeys(("licence", "power_of_attorney", "related_file"))
    identifier = api.submit(application({**without, **papers}))
    handle = Handle(identifier, str(inputs["signature_name"]))
    assert api.reviews([handle])[handle].vendor_status == "PENDING_REVIEW"
    (held,) = served.sandbox.signatures("huawei")
    assert held.status == "pending"
