"""Specials of UCloud's official SDK; the story that all share is in `test_sdks`."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from pulumi_smssign.sandbox import RunningSandbox, Sandbox, Status
from tests.contract.sdk import TEXT
from tests.contract.ucloud_sdk import PROOF, UCloudSdk
from tests.images import jpeg, png


@pytest.fixture
def sdk(served: RunningSandbox) -> UCloudSdk:
    return UCloudSdk(served)


def test_signature_has_four_fields_and_is_found_by_its_text_too(
    sdk: UCloudSdk, sandbox: Sandbox
) -> None:
    signature = sdk.submit(
        International=False, QualificationId="Q-7", SceneDesc="logins & codes + more"
    )
    item = {"SigId": signature, "SigContent": TEXT, "Status": 0, "ErrDesc": ""}
    assert sdk.query(SigId=signature) == sdk.query(SigContent=TEXT) == item
    fields = sandbox.signature("ucloud", signature).fields
    assert (fields["International"], fields["SceneDesc"]) == (False, "logins & codes + more")
    blank = sdk.submit(SigContent="别的", SceneDesc="", QualificationId="")
    assert sandbox.signature("ucloud", blank).fields["SceneDesc"] == ""


def test_change_takes_a_letter_and_the_url_of_a_paper(sdk: UCloudSdk, sandbox: Sandbox) -> None:
    signature = sdk.submit()
    sandbox.reject("ucloud", signature, "资质不清晰")
    answer = sdk.change(
        signature,
        SigContent="极客网络",
        SigPurpose=1,
        CertificateType=0,
        ProxyFile="image/jpeg;base64," + base64.b64encode(jpeg()).decode(),
        Document="https://files.example.com/proof.png",
    )
    assert answer == {"Message": ""}
    assert sdk.show(signature).text == "极客网络"


def test_several_signatures_are_deleted_by_one_call(sdk: UCloudSdk, sandbox: Sandbox) -> None:
    ids = [sdk.submit(SigContent=f"签名{number}") for number in range(12)]
    assert sdk.delete(*ids) == {"Message": ""}
    assert sandbox.signatures("ucloud") == []


def test_international_signature_is_apart(sdk: UCloudSdk, sandbox: Sandbox) -> None:
    sdk.submit()
    signature = sdk.submit(International=True)
    assert sandbox.signature("ucloud", signature).fields["International"] is True
    assert sdk.query(SigContent=TEXT)["SigId"] == signature


def test_region_is_signed_over_and_a_query_needs_no_project(
    sdk: UCloudSdk, served: RunningSandbox
) -> None:
    signature = UCloudSdk(served, region="cn-bj2").submit()
    assert UCloudSdk(served, project_id=None).show(signature) == sdk.show(signature)


def test_large_files_of_all_three_forms_arrive(sdk: UCloudSdk, sandbox: Sandbox) -> None:
    large = png(padding=3_000_000)
    text = base64.b64encode(large).decode()
    for number, prefix in enumerate(("", "image/png;base64,", "data:image/png;base64,")):
        signature = sdk.submit(SigContent=f"签名{number}", File=prefix + text, ProxyFile=PROOF)
        evidence = sandbox.signature("ucloud", signature).evidence["File"]
        assert (evidence.size, evidence.media_type) == (len(large), "image/png")


def test_official_acceptance_scenario_passes(sdk: UCloudSdk, sandbox: Sandbox) -> None:
    """The vendor's own: ucloud-sdk-python3, tests/test_services/test_set_4079.py."""
    sandbox.review_policy = "after:3600"
    uri = "data:image/jpeg;base64," + base64.b64encode(jpeg()).decode()
    signature = sdk.submit(File=uri, International=False)
    sdk.change(signature, SigContent="一二三四五-六七八九十-一二三", File=uri)
    assert sandbox.signature("ucloud", signature).status is Status.REJECTED
    assert "2 to 12" in sdk.show(signature).reason
    sdk.delete(signature)


def test_request_without_action_or_signature_is_refused(sdk: UCloudSdk) -> None:
    assert sdk.refused(sdk.client.invoke, "DescribeUSMSSignature", {}) == "161"
    assert sdk.refused(sdk.client.invoke, "", {}) == "160"
    sdk.client.credential.verify_ac = lambda parameters: ""
    assert sdk.refused(sdk.query, SigId="SIG1") == "170"


@pytest.mark.parametrize(
    ("change", "code"), [({"Description": ""}, "220"), ({"SigPurpose": 2}, "230")]
)
def test_parameters_may_be_refused_with_the_common_codes(
    sdk: UCloudSdk, sandbox: Sandbox, change: dict[str, Any], code: str
) -> None:
    sandbox.switches.set({"ucloud.parameter_codes": "common"})
    assert sdk.refused(sdk.submit, **change) == code


def test_question_for_nothing_is_refused(sdk: UCloudSdk) -> None:
    assert sdk.refused(sdk.query) == "18001"
    assert sdk.refused(sdk.delete) == "18001"


@pytest.mark.parametrize("setting", ["empty", "null", "missing"])
def test_nothing_found_is_an_empty_object(sdk: UCloudSdk, sandbox: Sandbox, setting: str) -> None:
    sandbox.switches.set({"ucloud.query_not_found": setting})
    assert sdk.query(SigId="SIG1") == {}


def test_quoted_code_is_read(sdk: UCloudSdk, sandbox: Sandbox) -> None:
    sandbox.switches.set({"ucloud.quoted_ret_code": True})
    assert sdk.show(sdk.submit()).text == TEXT
    assert sdk.refused(sdk.show, "SIG1") == "18016"


def test_code_above_2000_is_sent_again_by_an_sdk_that_retries(
    served: RunningSandbox, sandbox: Sandbox
) -> None:
    sdk = UCloudSdk(served, max_retries=3)
    assert sdk.refused(sdk.submit, SigType=99) == "18003"
    assert [call.code for call in sandbox.calls("ucloud")] == ["18003"] * 4
