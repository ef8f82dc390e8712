"""The errors that the official SDK can provoke at Huawei's side of the sandbox."""

from __future__ import annotations

import pytest
from huaweicloudsdkcore.exceptions.exceptions import (
    ClientRequestException,
    ConnectionException,
    ServerResponseException,
)
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from tests.contract.huawei_sdk import APP, IN_REVIEW, STATUSES, Signing, msgsms, refused

# The SDK asks for the time in a way that Python 3.12 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*utcnow:DeprecationWarning")


@pytest.fixture
def signing(served: RunningSandbox) -> Signing:
    return Signing(msgsms(served))


# Errors of the service


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"app_id": None}, "MSGSMS.0002"),
        ({"app_id": "x" * 65}, "MSGSMS.0002"),
        ({"app_id": "0404"}, "MSGSMS.0014"),
        ({"signature_name": None}, "MSGSMS.0002"),
        ({"signature_name": " "}, "MSGSMS.0002"),
        ({"signature_name": "名" * 33}, "MSGSMS.0002"),
        ({"signature_source": None}, "MSGSMS.0002"),
        ({"signature_source": 6}, "MSGSMS.0002"),
        ({"signature_source": "first"}, "MSGSMS.0002"),
        ({"signature_source": 1}, "MSGSMS.0002"),
        ({"signature_source": 3}, "MSGSMS.0002"),
        ({"signature_source": 4}, "MSGSMS.0002"),
        ({"signature_type": None}, "MSGSMS.0002"),
        ({"signature_type": "MARKETING"}, "MSGSMS.0032"),
        ({"is_involved_third": None}, "MSGSMS.0002"),
        ({"is_involved_third": "yes"}, "MSGSMS.0002"),
        ({"apply_desc": "x" * 101}, "MSGSMS.0002"),
        ({"source_title_content": "x" * 513}, "MSGSMS.0002"),
        ({"qualification_id": "x" * 65}, "MSGSMS.0002"),
        ({"qualification_id": "资质"}, "MSGSMS.0002"),
        ({"file_id": "never-uploaded"}, "MSGSMS.0011"),
        ({"power_attorney_fileid": "never-uploaded"}, "MSGSMS.0011"),
    ],
)
def test_a_bad_application_is_refused(
    signing: Signing, sandbox: Sandbox, changes: dict[str, JsonValue], code: str
) -> None:
    assert refused(signing.create, **changes) == code
    assert sandbox.signatures() == []


@pytest.mark.parametrize("source", [2, 5])
def test_a_source_whose_evidence_the_sdk_can_not_send_is_rejected_in_review(
    signing: Signing, sandbox: Sandbox, source: int
) -> None:
    sandbox.review_policy = "after:3600"
    shown = signing.show(signing.create(signature_source=source))

    assert shown.status == "REVIEW_NOT_PASS"
    assert "signature_related_file_id is missing" in shown.review_desc


@pytest.mark.parametrize("code", ["MSGSMS.0006", "MSGSMS.0004"])
@pytest.mark.parametrize("app_id", [APP, "another-app"])
def test_a_twin_is_refused_across_apps(
    signing: Signing, sandbox: Sandbox, code: str, app_id: str
) -> None:
    sandbox.switches.set({"huawei.duplicate_code": code})
    signing.create()

    assert refused(signing.create, app_id=app_id) == code


def test_an_update_can_not_take_a_twins_name(signing: Signing, sandbox: Sandbox) -> None:
    signing.create(signature_name="别的签名")
    number = signing.create()
    sandbox.reject("huawei", number, "no")

    assert refused(signing.update, number, signature_name="别的签名") == "MSGSMS.0006"


@pytest.mark.parametrize("status", [each for each in STATUSES if each != "REVIEW_NOT_PASS"])
def test_only_what_was_rejected_is_updated(signing: Signing, sandbox: Sandbox, status: str) -> None:
    number = signing.create()
    sandbox.set_status("huawei", number, status)

    assert refused(signing.update, number) == "MSGSMS.0007"


@pytest.mark.parametrize("status", [each for each in STATUSES if each != "TO_BE_ACTIVATED"])
def test_only_what_was_suspended_is_activated(
    signing: Signing, sandbox: Sandbox, status: str
) -> None:
    number = signing.create()
    sandbox.set_status("huawei", number, status)

    assert refused(signing.activate, number) == "MSGSMS.0130"


@pytest.mark.parametrize("status", STATUSES)
def test_what_is_not_pending_is_deleted(signing: Signing, sandbox: Sandbox, status: str) -> None:
    number = signing.create()
    sandbox.set_status("huawei", number, status)

    if status in IN_REVIEW:
        assert refused(signing.delete, number) == "MSGSMS.0007"
    else:
        assert signing.delete(number).status_code == 204


@pytest.mark.parametrize("name", ["show", "update", "delete", "activate"])
@pytest.mark.parametrize(
    ("number", "code"), [("no-such-id", "MSGSMS.0005"), ("x" * 65, "MSGSMS.0012")]
)
def test_what_is_not_there_is_told_so(signing: Signing, name: str, number: str, code: str) -> None:
    assert refused(getattr(signing, name), number) == code


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 501},
        {"limit": -1},
        {"offset": -1},
        {"limit": "many"},
        {"start_time": "yesterday"},
        {"sort_key": "signature_name"},
        {"sort_dir": "up"},
    ],
)
def test_a_list_that_can_not_be_is_refused(signing: Signing, query: dict[str, JsonValue]) -> None:
    assert refused(signing.names, **query) == "MSGSMS.0002"


def test_a_service_that_is_not_open_is_refused(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.switches.set({"huawei.service_open": False})

    assert refused(signing.create) == "MSGSMS.0013"


# Limits, and errors that have to be ordered


def test_too_many_calls_within_a_second_are_refused(
    signing: Signing, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.switches.set({"huawei.rate_limit": 1})
    signing.create()

    assert refused(signing.create, signature_name="别的签名") == "APIGW.0308"
    clock.advance(1)
    assert signing.create(signature_name="别的签名")


def test_a_get_beyond_the_limit_is_a_429_to_the_sdk(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.switches.set({"huawei.rate_limit": 1})
    signing.names()

    with pytest.raises(ClientRequestException) as caught:
        signing.names()
    assert caught.value.status_code == 429


@pytest.mark.parametrize("code", ["MSGSMS.0001", "MSGSMS.0188", "APIGW.0103", "APIG.0308"])
def test_any_code_can_be_ordered(signing: Signing, sandbox: Sandbox, code: str) -> None:
    sandbox.faults.add(vendor="huawei", action="CreateSignature", kind="error", code=code)

    assert refused(signing.create) == code
    assert signing.create()


def test_an_error_of_the_server_is_one_to_the_sdk(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.faults.add(action="CreateSignature", kind="error", code="MSGSMS.0001")

    with pytest.raises(ServerResponseException):
        signing.create()


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_lost_answer_is_an_error_of_the_connection(
    signing: Signing, sandbox: Sandbox, kind: str
) -> None:
    sandbox.faults.add(action="CreateSignature", kind=kind)

    with pytest.raises(ConnectionException):
        signing.create()
    assert len(sandbox.signatures("huawei")) == (kind == "drop_after")


def test_unknown_fields_of_an_answer_are_tolerated(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="unknown_fields", times=4)
    number = signing.create()
    sandbox.approve("huawei", number)

    assert signing.show(number).signature_name == "极客科技"
    assert signing.names() == ["极客科技"]
    assert signing.delete(number).status_code == 204
