"""Specials of Huawei's official SDK; the story that all share is in `test_sdks`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException, SdkException
from huaweicloudsdkmsgsms.v2 import MsgsmsClient
from huaweicloudsdkmsgsms.v2 import model as huawei
from huaweicloudsdkmsgsms.v2.region.msgsms_region import MsgsmsRegion

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from tests.contract.huawei_sdk import AK, APP, PROJECT, SK, HuaweiSdk, application
from tests.contract.sdk import TEXT
from tests.images import jpeg, png

# The SDK asks for the time in a way that Python 3.12 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*utcnow:DeprecationWarning")


def utc(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at))


@pytest.fixture
def sdk(served: RunningSandbox) -> HuaweiSdk:
    return HuaweiSdk(served)


def test_every_field_is_shown(sdk: HuaweiSdk, clock: ManualClock) -> None:
    created = sdk.create(apply_desc="order notices", signature_source="0")
    answer = sdk.get(created.id)
    assert (created.status_code, created.signature_name) == (200, TEXT)
    assert (answer.id, answer.signature_id) == (created.id, created.signature_id)
    assert created.id != created.signature_id
    assert (answer.signature_type, answer.signature_source) == ("NOTIFY_TYPE", 0)
    assert (answer.is_involved_third, answer.apply_desc) == ("No", "order notices")
    assert (answer.qualification_id, bool(answer.qualification_name)) == ("q-417", True)
    assert (answer.app_name, len(answer.app_key)) == ("sandbox", 28)
    assert answer.tenant.customer_id == answer.customer_id
    assert answer.create_time == answer.update_time == utc(clock.now())
    assert (answer.channel_num, answer.review_desc) == ("", None)


def test_change_keeps_ids_and_the_time_of_creation(
    sdk: HuaweiSdk, sandbox: Sandbox, clock: ManualClock
) -> None:
    created = sdk.create()
    sandbox.reject("huawei", created.id, "资质不清晰")
    before = sdk.get(created.id)
    clock.advance(60)
    changed = sdk.change(created.id, signature_name="极客网络", apply_desc="again")
    after = sdk.get(created.id)
    assert (changed.id, changed.signature_id) == (created.id, created.signature_id)
    assert changed.signature_name == after.signature_name == "极客网络"
    assert (after.apply_desc, after.create_time) == ("again", before.create_time)
    assert after.update_time == utc(clock.now())


@pytest.mark.parametrize("contract", ["cn", "intl"])
def test_each_site_has_its_word_for_an_approval(
    sdk: HuaweiSdk, sandbox: Sandbox, contract: str
) -> None:
    sandbox.switches.set({"huawei.contract": contract})
    number = sdk.submit(qualification_id=None if contract == "intl" else "q-417")
    sandbox.approve("huawei", number)
    answer = sdk.get(number)
    approved = {"cn": "REVIEW_PROCESSING_COMPLETED", "intl": "REVIEW_PASSED"}
    assert answer.status == approved[contract]
    assert answer.channel_num.isdecimal()
    assert len(answer.channel_num) <= 32


@pytest.mark.parametrize(("setting", "status"), [("204", 204), ("200", 200)])
def test_deletion_is_answered_in_one_of_two_ways(
    sdk: HuaweiSdk, sandbox: Sandbox, setting: str, status: int
) -> None:
    sandbox.switches.set({"huawei.deleted_status": setting})
    number = sdk.submit()
    sandbox.reject("huawei", number, "no")
    assert sdk.delete(number).status_code == status


def test_suspended_signature_is_activated_after_another_review(
    sdk: HuaweiSdk, sandbox: Sandbox
) -> None:
    number = sdk.submit()
    assert sdk.refused(sdk.activate, number) == "MSGSMS.0130"
    sandbox.set_status("huawei", number, "TO_BE_ACTIVATED")
    assert sdk.get(number).channel_num == ""
    assert sdk.activate(number).status_code == 200
    assert sdk.show(number).status == "PENDING_ACTIVATE"
    assert sdk.refused(sdk.activate, number) == "MSGSMS.0130"
    sandbox.approve("huawei", number)
    assert sdk.show(number).status == "REVIEW_PROCESSING_COMPLETED"


def test_list_has_filters_and_pages(sdk: HuaweiSdk, sandbox: Sandbox, clock: ManualClock) -> None:
    first = sdk.create(signature_name="云 测试")
    clock.advance(1)
    sdk.submit(signature_name="云 测试二", signature_type="VERIFY_CODE_TYPE")
    clock.advance(1)
    sdk.submit(signature_name="别的")
    pages = [sdk.listed(limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [page.total for page in pages] == [3, 3, 3]
    names = [[item.signature_name for item in page.results] for page in pages]
    assert names == [["别的", "云 测试二"], ["云 测试"], []]
    assert sdk.names(sort_dir="asc", sort_key="create_time")[0] == "云 测试"
    assert sdk.names(signature_name="云 测试") == ["云 测试二", "云 测试"]
    assert sdk.names(signature_name="云 测试", signature_type="NOTIFY_TYPE") == ["云 测试"]
    assert sdk.names(signature_id=first.signature_id) == ["云 测试"]
    assert len(sdk.names(app_name="sandbox", site="cn")) == 3
    assert sdk.names(app_name="elsewhere") == []
    sandbox.set_status("huawei", first.id, "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL")
    assert sdk.names(status="REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL") == ["云 测试"]


@pytest.mark.parametrize(
    "query",
    [
        *({"limit": limit} for limit in (0, 501, -1, "many")),
        {"offset": -1},
        {"start_time": "yesterday"},
        {"sort_key": "signature_name"},
        {"sort_dir": "up"},
    ],
)
def test_list_that_can_not_be_is_refused(sdk: HuaweiSdk, query: dict[str, Any]) -> None:
    assert sdk.refused(sdk.names, **query) == "MSGSMS.0002"


@pytest.mark.parametrize("code", ["MSGSMS.0006", "MSGSMS.0004"])
def test_twin_is_one_of_the_same_type_in_any_app(
    sdk: HuaweiSdk, sandbox: Sandbox, code: str
) -> None:
    sandbox.switches.set({"huawei.duplicate_code": code})
    number = sdk.submit()
    assert sdk.refused(sdk.submit, app_id="another-app") == code
    sdk.submit(signature_name="别的")
    sandbox.reject("huawei", number, "no")
    assert sdk.refused(sdk.change, number, signature_name="别的") == code
    assert sdk.submit(signature_type="VERIFY_CODE_TYPE")
    assert sdk.submit(signature_type="PROMOTION_TYPE")


@pytest.mark.parametrize("source", [2, 5])
def test_source_whose_proof_the_sdk_can_not_send_is_rejected_in_review(
    sdk: HuaweiSdk, sandbox: Sandbox, source: int
) -> None:
    sandbox.review_policy = "after:3600"
    answer = sdk.show(sdk.submit(signature_source=source))
    assert answer.status == "REVIEW_NOT_PASS"
    assert "signature_related_file_id is missing" in answer.reason


def test_file_is_uploaded_and_named_in_an_application(
    sdk: HuaweiSdk, sandbox: Sandbox, clock: ManualClock, tmp_path: Path
) -> None:
    proof = sdk.upload(tmp_path)
    attorney = sdk.upload(tmp_path, "委托书.jpg", jpeg(), None)
    number = sdk.submit(is_involved_third="Yes", file_id=proof, power_attorney_fileid=attorney)
    file, answer = sdk.show_file(proof), sdk.get(number)
    assert (file.file_id, file.file_name, file.file_desc) == (proof, "licence.png", "licence")
    assert (file.file_size, file.file_type, file.module_type) == (len(png()), 1, 2)
    assert (file.file_ref, file.operator) == (1, answer.customer_id)
    assert file.update_time == utc(clock.now())
    assert sdk.show_file(attorney).file_name == "委托书.jpg"
    assert (answer.file_id, answer.power_attorney_file_id) == (proof, attorney)
    evidence = sandbox.signature("huawei", number).evidence
    assert {name: file.media_type for name, file in evidence.items()} == {
        "file_id": "image/png",
        "power_attorney_fileid": "image/jpeg",
    }


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("li cence.png", png(), "MSGSMS.0132"),
        ("x" * 61 + ".png", png(), "MSGSMS.0132"),
        ("licence#1.png", png(), "MSGSMS.0133"),
        ("licence.png", b"", "MSGSMS.0002"),
        ("licence.png", b"%PDF-1.7", "MSGSMS.0002"),
        ("licence.png", png(padding=2 * 1024 * 1024), "MSGSMS.0002"),
        ("licence.png", png(padding=12 * 1024 * 1024), "APIGW.0201"),
    ],
)
def test_bad_file_is_refused(
    sdk: HuaweiSdk, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    assert sdk.refused(sdk.upload, tmp_path, name, content) == code


def test_missing_file_is_not_shown(sdk: HuaweiSdk) -> None:
    assert sdk.refused(sdk.show_file, "x") == "MSGSMS.0011"
    assert sdk.refused(sdk.show_file, None) == "MSGSMS.0002"


def test_app_is_shown_and_any_other_taken_but_one_that_ends_in_404(sdk: HuaweiSdk) -> None:
    apps = sdk.client.list_app_details(huawei.ListAppDetailsRequest(app_name="sandbox"))
    usual = sdk.client.show_app(huawei.ShowAppRequest(id=APP))
    assert (apps.total, [app.id for app in apps.results]) == (1, [APP])
    assert (usual.id, usual.app_name, usual.status) == (APP, "sandbox", "LAUNCHED")
    assert (usual.region, usual.app_key) == ("cn", apps.results[0].app_key)
    other = sdk.client.show_app(huawei.ShowAppRequest(id="my-app"))
    assert sdk.get(sdk.submit(app_id="my-app")).app_key == other.app_key
    missing = huawei.ShowAppRequest(id="app-404")
    assert sdk.refused(sdk.client.show_app, missing) == "MSGSMS.0014"
    request = huawei.CreateAppRequest(body=huawei.SmsAppAddReq(app_name="shop", region="cn"))
    assert sdk.refused(sdk.client.create_app, request) == "APIGW.0101"


def test_service_that_is_not_open_is_refused(sdk: HuaweiSdk, sandbox: Sandbox) -> None:
    sandbox.switches.set({"huawei.service_open": False})
    assert sdk.refused(sdk.submit) == "MSGSMS.0013"


def test_calls_within_a_second_are_limited(
    sdk: HuaweiSdk, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.switches.set({"huawei.rate_limit": 1})
    sdk.submit()
    assert sdk.refused(sdk.submit, signature_name="别的") == "APIGW.0308"
    sdk.names()
    with pytest.raises(ClientRequestException) as limited:
        sdk.names()
    assert limited.value.status_code == 429
    clock.advance(1)
    assert sdk.submit(signature_name="别的")


def test_five_wrong_keys_in_a_row_lock_it_for_five_minutes(
    served: RunningSandbox, sdk: HuaweiSdk, clock: ManualClock
) -> None:
    wrong = HuaweiSdk(served, sk="another-key")
    for _ in range(4):
        wrong.refused(wrong.names)
    sdk.names()
    for _ in range(5):
        wrong.refused(wrong.names)
    with pytest.raises(ClientRequestException, match="AK access failed to reach the limit"):
        sdk.names()
    clock.advance(300)
    assert sdk.names() == []


def test_project_of_a_region_is_looked_up(
    served: RunningSandbox, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUAWEICLOUD_SDK_REGION_MSGSMS_CN_NORTH_4", served.url)
    region = MsgsmsRegion.value_of("cn-north-4")
    key = BasicCredentials(f"{AK}.region", SK).with_iam_endpoint(served.url)
    client = MsgsmsClient.new_builder().with_credentials(key).with_region(region).build()
    request = huawei.ListSignatureDetailsRequest()
    assert client.list_signature_details(request).results == []
    assert key.project_id == PROJECT
    assert [call.action for call in sandbox.calls("huawei")] == [
        "KeystoneListProjects",
        "ListSignatureDetails",
    ]
    sandbox.faults.add(action="KeystoneListProjects", kind="body", body={"projects": []})
    key = BasicCredentials(f"{AK}.nowhere", SK).with_iam_endpoint(served.url)
    builder = MsgsmsClient.new_builder().with_credentials(key)
    with pytest.raises(SdkException, match="Confirm that the project exists"):
        builder.with_region(region).build()


def test_users_token_is_taken_in_place_of_a_key(served: RunningSandbox) -> None:
    user = {
        "name": "smssign-sandbox",
        "password": "smssign-sandbox-password",
        "domain": {"name": "smssign-sandbox"},
    }
    identity = {"methods": ["password"], "password": {"user": user}}
    body = {"auth": {"identity": identity, "scope": {"project": {"name": "cn-north-4"}}}}
    answer = httpx.post(f"{served.url}/v3/auth/tokens", json=body, trust_env=False)
    request = huawei.CreateSignatureRequest(body=application())
    invoker = HuaweiSdk(served, "nobody", "nothing").client.create_signature_invoker(request)
    token = answer.headers["X-Subject-Token"]
    assert answer.status_code == 201
    assert invoker.add_header("X-Auth-Token", token).invoke().id
