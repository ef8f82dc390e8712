"""The official SDK, unchanged, drives the sandbox: what it can't read, we play wrongly."""

from __future__ import annotations

import base64

import pytest
import requests
from pydantic import JsonValue
from ucloud.core.exc import HTTPStatusException, InvalidResponseException, RetCodeException

from pulumi_smssign.sandbox import RunningSandbox, Sandbox, Status
from tests.contract.ucloud_sdk import (
    PRIVATE_KEY,
    PROJECT,
    PROOF,
    PUBLIC_KEY,
    Signing,
    refused,
    usms,
)
from tests.images import jpeg, png

WAITING, UNDER_AUDIT, APPROVED, REJECTED, DISABLED = range(5)
CREATE = "CreateUSMSSignature"


@pytest.fixture
def signing(served: RunningSandbox) -> Signing:
    return Signing(usms(served))


# The life of a signature


def test_an_application_is_submitted_and_shown(signing: Signing, sandbox: Sandbox) -> None:
    signature_id = signing.create(
        International=False, QualificationId="Q-7", SceneDesc="logins & codes + more"
    )

    assert signing.query(SigId=signature_id) == {
        "SigId": signature_id,
        "SigContent": "极客科技",
        "Status": WAITING,
        "ErrDesc": "",
    }
    fields = sandbox.signature("ucloud", signature_id).fields
    assert (fields["International"], fields["SceneDesc"]) == (False, "logins & codes + more")


def test_an_approval_is_shown_by_the_text_too(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.approve("ucloud", signing.create())

    assert signing.query(SigContent="极客科技")["Status"] == APPROVED


def test_a_rejection_is_mended_under_the_same_id(signing: Signing, sandbox: Sandbox) -> None:
    signature_id = signing.create()
    sandbox.reject("ucloud", signature_id, "资质不清晰")
    rejected = signing.query(SigId=signature_id)
    answer = signing.update(
        signature_id,
        SigPurpose=1,
        CertificateType=0,
        ProxyFile="image/jpeg;base64," + base64.b64encode(jpeg()).decode(),
        Document="https://files.example.com/proof.png",
    )
    mended = signing.query(SigId=signature_id)

    assert (rejected["Status"], rejected["ErrDesc"]) == (REJECTED, "资质不清晰")
    assert answer == {"Message": ""}
    assert (mended["SigContent"], mended["Status"], mended["ErrDesc"]) == ("极客网络", WAITING, "")


def test_signatures_are_deleted(signing: Signing, sandbox: Sandbox) -> None:
    ids = [signing.create(SigContent=f"签名{number}") for number in range(12)]

    assert signing.delete(*ids) == {"Message": ""}
    assert sandbox.signatures("ucloud") == []


def test_an_international_signature_is_apart(signing: Signing, sandbox: Sandbox) -> None:
    signing.create()
    signature_id = signing.create(International=True)

    assert sandbox.signature("ucloud", signature_id).fields["International"] is True
    assert signing.query(SigContent="极客科技")["SigId"] == signature_id


def test_a_region_of_the_configuration_is_signed_over(served: RunningSandbox) -> None:
    assert Signing(usms(served, region="cn-bj2")).create()


def test_blank_values_are_signed_over(signing: Signing, sandbox: Sandbox) -> None:
    signature_id = signing.create(SceneDesc="", QualificationId="")

    assert sandbox.signature("ucloud", signature_id).fields["SceneDesc"] == ""


def test_large_files_of_all_three_forms_arrive(signing: Signing, sandbox: Sandbox) -> None:
    large = png(padding=3_000_000)
    text = base64.b64encode(large).decode()
    ids = [
        signing.create(SigContent=f"签名{number}", File=prefix + text, ProxyFile=PROOF)
        for number, prefix in enumerate(("", "image/png;base64,", "data:image/png;base64,"))
    ]

    evidence = [sandbox.signature("ucloud", each).evidence["File"] for each in ids]
    assert [(each.size, each.media_type) for each in evidence] == [(len(large), "image/png")] * 3


def test_a_query_needs_no_project(served: RunningSandbox, signing: Signing) -> None:
    signature_id = signing.create()

    assert Signing(usms(served, project_id=None)).query(SigId=signature_id)["Status"] == WAITING


def test_accounts_and_projects_see_only_their_own(served: RunningSandbox, signing: Signing) -> None:
    signature_id = signing.create()
    account = Signing(usms(served, public_key=f"{PUBLIC_KEY}.marketing"))
    project = Signing(usms(served, project_id="org-marketing"))

    assert refused(account.query, SigId=signature_id) == 18016
    assert refused(project.query, SigId=signature_id) == 18016
    assert account.create() != project.create()


# The vendor's own acceptance scenario (ucloud-sdk-python3, tests/test_services/test_set_4079.py)


def test_the_official_acceptance_scenario_passes(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.review_policy = "after:3600"
    uri = "data:image/jpeg;base64," + base64.b64encode(jpeg()).decode()
    signature_id = signing.create(File=uri, International=False)
    signing.update(signature_id, SigContent="一二三四五-六七八九十-一二三", File=uri)
    status = sandbox.signature("ucloud", signature_id).status
    shown = signing.query(SigId=signature_id)
    signing.delete(signature_id)

    assert status is Status.REJECTED
    assert "2 to 12" in str(shown["ErrDesc"])


# Errors of the gateway


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"private_key": "another-key"}, 171),
        ({"public_key": "nobody"}, 172),
        ({"project_id": "nowhere"}, 292),
        ({"project_id": "org-404"}, 292),
        ({"project_id": "org-403"}, 290),
    ],
)
def test_a_stranger_is_refused(
    served: RunningSandbox, changes: dict[str, JsonValue], code: int
) -> None:
    assert refused(Signing(usms(served, **changes)).create) == code


def test_an_unknown_action_is_refused(served: RunningSandbox) -> None:
    assert refused(usms(served).invoke, "DescribeUSMSSignature", {}) == 161


def test_a_missing_action_is_refused(served: RunningSandbox) -> None:
    assert refused(usms(served).invoke, "", {}) == 160


def test_a_missing_signature_is_refused(served: RunningSandbox) -> None:
    client = usms(served)
    client.credential.verify_ac = lambda parameters: ""

    assert refused(client.query_usms_signature, {"SigId": "SIG1"}) == 170


# Errors of the service


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SigContent": ""}, 18001),
        ({"SigPurpose": 1}, 18001),
        ({"File": "no base64!"}, 18002),
        ({"SigType": 99}, 18003),
        ({"CertificateType": 4}, 18003),
        ({"QualificationId": "Q404"}, 18003),
        ({"File": base64.b64encode(png(padding=4 * 1024 * 1024)).decode()}, 18003),
    ],
)
def test_a_bad_application_is_refused(
    signing: Signing, changes: dict[str, JsonValue], code: int
) -> None:
    assert refused(signing.create, **changes) == code


@pytest.mark.parametrize(("change", "code"), [({"Description": ""}, 220), ({"SigPurpose": 2}, 230)])
def test_parameters_may_be_refused_with_the_common_codes(
    signing: Signing, sandbox: Sandbox, change: dict[str, JsonValue], code: int
) -> None:
    sandbox.switches.set({"ucloud.parameter_codes": "common"})

    assert refused(signing.create, **change) == code


def test_a_duplicate_is_refused(signing: Signing) -> None:
    signing.create()

    assert refused(signing.create) == 18003


@pytest.mark.parametrize("status", [APPROVED, DISABLED])
def test_what_is_decided_for_good_is_not_updated(
    signing: Signing, sandbox: Sandbox, status: int
) -> None:
    signature_id = signing.create()
    sandbox.set_status("ucloud", signature_id, str(status))

    assert refused(signing.update, signature_id) == 18003


def test_what_is_under_audit_is_not_deleted(signing: Signing, sandbox: Sandbox) -> None:
    signature_id = signing.create()
    sandbox.set_status("ucloud", signature_id, str(UNDER_AUDIT))

    assert refused(signing.delete, signature_id) == 18003
    assert signing.query(SigId=signature_id)["Status"] == UNDER_AUDIT


def test_an_unknown_id_is_refused_by_every_action(signing: Signing) -> None:
    assert refused(signing.query, SigId="SIG1") == 18016
    assert refused(signing.update, "SIG1") == 18016
    assert refused(signing.delete, "SIG1") == 18016


def test_nothing_to_query_or_delete_is_refused(signing: Signing) -> None:
    assert refused(signing.query) == 18001
    assert refused(signing.delete) == 18001


@pytest.mark.parametrize("setting", ["empty", "null", "missing"])
def test_the_sdk_takes_nothing_found_for_an_empty_object(
    signing: Signing, sandbox: Sandbox, setting: str
) -> None:
    sandbox.switches.set({"ucloud.query_not_found": setting})

    assert signing.query(SigId="SIG1") == {}


def test_a_quoted_ret_code_is_read(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.switches.set({"ucloud.quoted_ret_code": True})

    assert signing.query(SigId=signing.create())["Status"] == WAITING
    assert refused(signing.query, SigId="SIG1") == 18016


# Errors that have to be ordered


@pytest.mark.parametrize("code", [110, 130, 150, 153, 173, 291, 299, 18004, 18007, 18013])
def test_any_code_can_be_ordered(signing: Signing, sandbox: Sandbox, code: int) -> None:
    sandbox.faults.add(vendor="ucloud", action=CREATE, kind="error", code=code)

    assert refused(signing.create) == code
    assert signing.create()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "drop_before"}, requests.exceptions.ConnectionError),
        ({"kind": "drop_after"}, requests.exceptions.ConnectionError),
        ({"kind": "status", "http_status": 502}, HTTPStatusException),
        ({"kind": "error", "code": 130, "http_status": 500}, HTTPStatusException),
        ({"kind": "html"}, InvalidResponseException),
        ({"kind": "truncated"}, InvalidResponseException),
        ({"kind": "missing"}, RetCodeException),
    ],
)
def test_a_spoiled_answer_is_an_error(
    signing: Signing,
    sandbox: Sandbox,
    fault: dict[str, JsonValue],
    error: type[Exception],
) -> None:
    sandbox.faults.add({"vendor": "ucloud", "action": CREATE, **fault})

    with pytest.raises(error):
        signing.create()


def test_a_lost_create_is_found_by_its_text(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.faults.add(vendor="ucloud", action=CREATE, kind="drop_after")
    with pytest.raises(requests.exceptions.ConnectionError):
        signing.create()

    (signature,) = sandbox.signatures("ucloud")
    assert signing.query(SigContent="极客科技")["SigId"] == signature.id


def test_a_ret_code_above_2000_is_sent_again_by_an_sdk_that_retries(
    served: RunningSandbox, sandbox: Sandbox
) -> None:
    assert refused(Signing(usms(served, max_retries=3)).create, SigType=99) == 18003

    assert [call.code for call in sandbox.calls("ucloud")] == ["18003"] * 4


def test_unknown_fields_of_an_answer_are_tolerated(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="unknown_fields", times=2)

    assert signing.query(SigId=signing.create())["SigContent"] == "极客科技"


def test_the_keys_are_those_that_the_sandbox_names(served: RunningSandbox) -> None:
    assert served.sandbox.credentials(served.address)["ucloud"] == {
        "UCLOUD_BASE_URL": served.url,
        "UCLOUD_PUBLIC_KEY": PUBLIC_KEY,
        "UCLOUD_PRIVATE_KEY": PRIVATE_KEY,
        "UCLOUD_PROJECT_ID": PROJECT,
    }
