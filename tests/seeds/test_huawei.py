"""The page "Creating an SMS Signature", by our client against the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
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
from pulumi_smssign.model.findings import Findings
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox import RunningSandbox
from tests.huawei_applications import application
from tests.images import png
from tests.seeds.conftest import Api, Fault, Wire
from tests.seeds.pages import page

VENDOR = "huawei"
PAGE = page("huawei-create")
CREATE = "CreateSignature"
PROJECT = "5b0c00000000000000000000000d35c0"
APP = "5d0c7a10-0001-4c6e-8f00-aaaaaaaaaaaa"
CREATED: Mapping[str, JsonValue] = {
    "id": "9b1d0001-0001-4c6e-8f00-cccccccccccc",
    "signature_id": "9b1d0002-0002-4c6e-8f00-dddddddddddd",
    "signature_name": "极客科技",
}
WANTED_WITH: Mapping[int, set[str]] = {
    0: set(),
    2: {"related_file", "license_number"},
    5: {"related_file", "registration_number"},
}
"""What goes with each source that is not discarded."""
OPTIONAL = {"related_file", "license_number", "registration_number"}


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, object]:
    """Arguments for every field of the page."""
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


def examined(inputs: Mapping[str, object], **changes: object) -> Findings:
    return examine(SignatureApplication, {**inputs, **changes}, frozenset())


def test_every_field_is_sent_under_its_name(
    api: Api, wire: Wire, inputs: dict[str, object]
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
    beside = {"project_id", "Content-Type", "X-Auth-Token"}
    assert wire.json().keys() | beside == set(PAGE.request)
    request = wire.requests[-1]
    assert (request.method, request.url.path) == ("POST", f"/v2/{PROJECT}/msgsms/signatures")
    assert [request.headers["Content-Type"]] == PAGE.values["Content-Type"]


def test_user_shows_the_token_of_iam(served: RunningSandbox, inputs: dict[str, object]) -> None:
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
    with closing(SignatureApi(credentials)) as api:
        wire = Wire(api)
        assert api.submit(application(inputs)).id
    assert wire.headers()["X-Auth-Token"]
    assert "Authorization" not in wire.headers()


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("is_involved_third", {"Yes": True, "No": False}),
        ("signature_type", {kind: kind for kind in PAGE.values["signature_type"]}),
    ],
)
def test_every_value_of_the_page_is_sent_and_reported(
    api: Api, wire: Wire, inputs: dict[str, object], field: str, given: Mapping[str, object]
) -> None:
    for number, value in enumerate(PAGE.values[field]):
        changes = {field: given[str(value)], "signature_name": f"极客{number}"}
        handle = Handle(api.submit(application({**inputs, **changes})).id)
        assert wire.json()[field] == value
        assert api.reviews([handle])[handle].reported[field] == given[str(value)]


def test_every_source_is_sent_with_what_it_asks_for_or_discarded(
    api: Api, wire: Wire, inputs: dict[str, object]
) -> None:
    discarded = PAGE.discarded["signature_source"]
    assert {*WANTED_WITH, *discarded} == set(PAGE.values["signature_source"])
    for source, wanted in WANTED_WITH.items():
        changes = {
            "signature_source": source,
            "signature_name": f"极客{source}",
            **dict.fromkeys(OPTIONAL - wanted),
        }
        assert examined(inputs, **changes).problems == ()
        for name in wanted:
            findings = examined(inputs, **{**changes, name: None})
            assert findings.problems == ()
            assert name in {doubt.property for doubt in findings.doubts}
        api.submit(application({**inputs, **changes}))
        assert wire.json()["signature_source"] == source
    for source in discarded:
        (problem,) = examined(inputs, signature_source=source).problems
        assert problem.property == "signature_source"
        assert "is withdrawn by the vendor" in problem.reason


def test_a_field_that_is_discarded_is_sent_and_doubted(inputs: dict[str, object]) -> None:
    doubts = {doubt.property: doubt.reason for doubt in examined(inputs).doubts}
    (name,) = (name for name in PAGE.discarded if name != "signature_source")
    assert "has no effect" in doubts[name]


@pytest.mark.parametrize(
    ("name", "value"),
    [("signature_source", 6), ("signature_type", "OTHER_TYPE"), ("is_involved_third", "Maybe")],
)
def test_a_value_that_the_page_does_not_have_is_refused(
    inputs: dict[str, object], name: str, value: object
) -> None:
    assert {problem.property for problem in examined(inputs, **{name: value}).problems} == {name}


def test_the_id_of_the_answer_is_needed_and_the_rest_is_asked_for_again(
    api: Api, fault: Fault, inputs: dict[str, object]
) -> None:
    fault(CREATE, "missing", key="id")
    with pytest.raises(errors.OutcomeUnknownError, match="id is missing"):
        api.submit(application(inputs, signature_name="极客云科"))
    for number, key in enumerate(set(PAGE.response) - {"id"}):
        name = f"极客{number}"
        fault(CREATE, "missing", key=key)
        handle = Handle(api.submit(application(inputs, signature_name=name)).id)
        review = api.reviews([handle])[handle]
        assert review.text == name
        assert review.outputs["signature_id"] not in ("", handle.id)


@pytest.mark.parametrize("status", [200, 201])
def test_a_status_of_success_says_that_it_is_created(
    api: Api, fault: Fault, inputs: dict[str, object], status: int
) -> None:
    """Of the two ids of the answer `id` is the one that paths take."""
    assert CREATED.keys() == set(PAGE.response)
    assert status in PAGE.statuses
    fault(CREATE, "body", body=dict(CREATED), http_status=status)
    assert api.submit(application(inputs)).id == CREATED["id"]


BY_STATUS: Mapping[int, type[errors.SmsSignError]] = {
    401: errors.AccountError,
    403: errors.AccountError,
    404: errors.BlockedError,
    500: errors.OutcomeUnknownError,
}
BY_CODE: Mapping[tuple[int, str], type[errors.SmsSignError]] = {
    (401, "APIGW.0301"): errors.AccountError,
    (403, "APIGW.0302"): errors.AccountError,
    (404, "MSGSMS.0014"): errors.InputError,
    (500, "MSGSMS.0001"): errors.OutcomeUnknownError,
}


def test_the_failures_are_those_of_the_page() -> None:
    assert {200, 201, *BY_STATUS} == set(PAGE.statuses)
    assert {status for status, _ in BY_CODE} == BY_STATUS.keys()


@pytest.mark.parametrize("status", BY_STATUS)
def test_a_status_without_a_code_of_the_vendor_is_an_error(
    api: Api, served: RunningSandbox, fault: Fault, inputs: dict[str, object], status: int
) -> None:
    fault(CREATE, "status", http_status=status, body="{}", content_type="application/json")
    with pytest.raises(errors.SmsSignError) as caught:
        api.submit(application(inputs))
    assert type(caught.value) is BY_STATUS[status]
    assert len(served.sandbox.calls(VENDOR, CREATE)) == 1


@pytest.mark.parametrize(("status", "code"), BY_CODE)
def test_a_status_with_a_code_of_the_vendor_is_what_the_code_says(
    api: Api, fault: Fault, inputs: dict[str, object], status: int, code: str
) -> None:
    fault(CREATE, "error", http_status=status, code=code, message="the vendor's words")
    with pytest.raises(errors.SmsSignError) as caught:
        api.submit(application(inputs))
    assert type(caught.value) is BY_CODE[status, code]
    assert (caught.value.code, caught.value.vendor_message) == (code, "the vendor's words")
    assert caught.value.request_id


def test_the_pages_own_body_without_papers_waits_for_a_reviewer(
    api: Api, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    """The page knows no qualification, and nothing is decided but by somebody."""
    papers = dict.fromkeys(("licence", "power_of_attorney", "related_file"))
    handle = Handle(api.submit(application(inputs, **papers)).id, "极客科技")
    assert api.reviews([handle])[handle].vendor_status == "PENDING_REVIEW"
    (held,) = served.sandbox.signatures(VENDOR)
    assert held.status == "pending"
