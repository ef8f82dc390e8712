"""The official SDK, unchanged, drives the sandbox: what it can't read, we play wrongly."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import (
    ClientRequestException,
    SdkException,
)
from huaweicloudsdkmsgsms.v2 import MsgsmsClient, model
from huaweicloudsdkmsgsms.v2.region.msgsms_region import MsgsmsRegion

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from tests.contract.huawei_sdk import (
    AK,
    APP,
    COMPLETED,
    PROJECT,
    SK,
    STATUSES,
    Signing,
    application,
    msgsms,
    refused,
)
from tests.images import jpeg, png

# The SDK asks for the time in a way that Python 3.12 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*utcnow:DeprecationWarning")


@pytest.fixture
def signing(served: RunningSandbox) -> Signing:
    return Signing(msgsms(served))


def shown_time(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at))


# The life of a signature


def test_an_application_is_submitted_and_shown(
    signing: Signing, clock: ManualClock, sandbox: Sandbox
) -> None:
    created = signing.created(apply_desc="order notices")
    shown = signing.show(created.id)

    assert (created.status_code, created.signature_name) == (200, "极客科技")
    assert (shown.id, shown.signature_id) == (created.id, created.signature_id)
    assert created.id != created.signature_id
    assert (shown.status, shown.signature_name) == ("PENDING_REVIEW", "极客科技")
    assert (shown.signature_type, shown.signature_source) == ("NOTIFY_TYPE", 0)
    assert (shown.is_involved_third, shown.apply_desc) == ("No", "order notices")
    assert shown.qualification_id == "q-417"
    assert shown.qualification_name
    assert (shown.app_name, len(shown.app_key)) == ("sandbox", 28)
    assert shown.tenant.customer_id == shown.customer_id
    assert shown.create_time == shown.update_time == shown_time(clock.now())
    assert (shown.channel_num, shown.review_desc) == (None, None)
    assert sandbox.signature("huawei", created.id).fields["apply_desc"] == "order notices"


def test_an_approval_is_shown_with_a_channel_number(signing: Signing, sandbox: Sandbox) -> None:
    number = signing.create()
    sandbox.approve("huawei", number)
    shown = signing.show(number)

    assert shown.status == COMPLETED
    assert shown.channel_num.isdecimal()
    assert len(shown.channel_num) <= 32


def test_the_international_site_spells_an_approval_otherwise(
    signing: Signing, sandbox: Sandbox
) -> None:
    sandbox.switches.set({"huawei.contract": "intl"})
    number = signing.create(qualification_id=None)
    sandbox.approve("huawei", number)

    assert signing.show(number).status == "REVIEW_PASSED"


def test_a_rejection_is_mended_under_the_same_id(
    signing: Signing, sandbox: Sandbox, clock: ManualClock
) -> None:
    created = signing.created()
    sandbox.reject("huawei", created.id, "资质不清晰")
    rejected = signing.show(created.id)
    clock.advance(60)
    updated = signing.update(created.id, signature_name="极客网络", apply_desc="again")
    mended = signing.show(created.id)

    assert (rejected.status, rejected.review_desc) == ("REVIEW_NOT_PASS", "资质不清晰")
    assert (updated.id, updated.signature_id) == (created.id, created.signature_id)
    assert updated.signature_name == mended.signature_name == "极客网络"
    assert (mended.status, mended.review_desc, mended.apply_desc) == (
        "PENDING_REVIEW",
        None,
        "again",
    )
    assert mended.create_time == rejected.create_time
    assert mended.update_time == shown_time(clock.now())


def test_a_signature_is_deleted(signing: Signing, sandbox: Sandbox) -> None:
    number = signing.create()
    sandbox.approve("huawei", number)

    assert signing.delete(number).status_code == 204
    assert refused(signing.show, number) == "MSGSMS.0005"
    assert refused(signing.delete, number) == "MSGSMS.0005"


def test_a_deletion_may_be_answered_with_200(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.switches.set({"huawei.deleted_status": "200"})
    number = signing.create()
    sandbox.reject("huawei", number, "no")

    assert signing.delete(number).status_code == 200


def test_a_suspended_signature_is_activated_after_another_review(
    signing: Signing, sandbox: Sandbox
) -> None:
    number = signing.create()
    sandbox.set_status("huawei", number, "TO_BE_ACTIVATED")
    suspended = signing.show(number)
    answered = signing.activate(number).status_code
    requested = signing.show(number)
    sandbox.approve("huawei", number)

    assert (suspended.status, suspended.channel_num) == ("TO_BE_ACTIVATED", None)
    assert answered == 200
    assert requested.status == "PENDING_ACTIVATE"
    assert signing.show(number).status == COMPLETED


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_shown_and_can_be_listed(
    signing: Signing, sandbox: Sandbox, status: str
) -> None:
    number = signing.create()
    signing.create(signature_name="别的签名")
    sandbox.set_status("huawei", number, status)

    assert signing.show(number).status == status
    assert "极客科技" in signing.names(status=status)


def test_signatures_are_walked_by_pages(signing: Signing, clock: ManualClock) -> None:
    for letter in "甲乙丙":
        signing.create(signature_name=f"签名{letter}")
        clock.advance(1)

    pages = [signing.listed(limit=2, offset=offset) for offset in (0, 2, 4)]

    assert [page.total for page in pages] == [3, 3, 3]
    assert [[each.signature_name for each in page.results] for page in pages] == [
        ["签名丙", "签名乙"],
        ["签名甲"],
        [],
    ]
    assert signing.names(sort_dir="asc", sort_key="create_time")[0] == "签名甲"


def test_signatures_are_listed_by_name_type_and_id(signing: Signing) -> None:
    created = signing.created(signature_name="云 测试")
    signing.create(signature_name="云 测试二", signature_type="VERIFY_CODE_TYPE")

    assert signing.names(signature_name="云 测试") == ["云 测试二", "云 测试"]
    assert signing.names(signature_name="云 测试", signature_type="NOTIFY_TYPE") == ["云 测试"]
    assert signing.names(signature_id=created.signature_id) == ["云 测试"]
    assert signing.names(app_name="sandbox", site="cn") == ["云 测试二", "云 测试"]
    assert signing.names(app_name="elsewhere") == []


def test_the_same_name_is_taken_with_another_type(signing: Signing) -> None:
    signing.create()

    assert signing.create(signature_type="VERIFY_CODE_TYPE")
    assert signing.create(signature_type="PROMOTION_TYPE")


def test_a_source_in_digits_is_taken_as_the_pages_example_sends_it(signing: Signing) -> None:
    assert signing.show(signing.create(signature_source="0")).signature_source == 0


def test_accounts_see_only_their_own(served: RunningSandbox, signing: Signing) -> None:
    number = signing.create()
    other = Signing(msgsms(served, f"{AK}.marketing"))

    assert other.names() == []
    assert refused(other.show, number) == "MSGSMS.0005"
    assert other.create()


# Files


def test_a_file_is_uploaded_and_named_in_an_application(
    signing: Signing, sandbox: Sandbox, clock: ManualClock, tmp_path: Path
) -> None:
    licence = signing.upload(tmp_path)
    attorney = signing.upload(tmp_path, "委托书.jpg", jpeg(), None)
    number = signing.create(
        is_involved_third="Yes", file_id=licence, power_attorney_fileid=attorney
    )
    file = signing.show_file(licence)
    shown = signing.show(number)

    assert (file.file_id, file.file_name, file.file_desc) == (licence, "licence.png", "licence")
    assert (file.file_size, file.file_type, file.module_type) == (len(png()), 1, 2)
    assert (file.file_ref, file.operator) == (1, shown.customer_id)
    assert file.update_time == shown_time(clock.now())
    assert signing.show_file(attorney).file_name == "委托书.jpg"
    assert (shown.file_id, shown.power_attorney_file_id) == (licence, attorney)
    evidence = sandbox.signature("huawei", number).evidence
    assert {name: each.media_type for name, each in evidence.items()} == {
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
def test_a_bad_file_is_refused(
    signing: Signing, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    assert refused(signing.upload, tmp_path, name, content) == code


@pytest.mark.parametrize(("file_id", "code"), [("x", "MSGSMS.0011"), (None, "MSGSMS.0002")])
def test_a_file_that_is_not_there_is_not_shown(
    signing: Signing, file_id: str | None, code: str
) -> None:
    assert refused(signing.show_file, file_id) == code


# Apps


def test_the_default_app_is_listed_and_shown(signing: Signing) -> None:
    listed = signing.client.list_app_details(model.ListAppDetailsRequest(app_name="sandbox"))
    shown = signing.client.show_app(model.ShowAppRequest(id=APP))

    assert (listed.total, [each.id for each in listed.results]) == (1, [APP])
    assert (shown.id, shown.app_name, shown.status) == (APP, "sandbox", "LAUNCHED")
    assert shown.region == "cn"
    assert shown.app_key == listed.results[0].app_key


def test_any_other_app_is_taken_but_one_that_ends_in_404(signing: Signing) -> None:
    number = signing.create(app_id="my-app")
    app = signing.client.show_app(model.ShowAppRequest(id="my-app"))

    assert signing.show(number).app_key == app.app_key
    assert refused(signing.create, signature_name="别的", app_id="app-404") == "MSGSMS.0014"
    assert refused(signing.client.show_app, model.ShowAppRequest(id="app-404")) == "MSGSMS.0014"


def test_apps_can_not_be_created_here(signing: Signing) -> None:
    body = model.SmsAppAddReq(app_name="shop", region="cn")
    request = model.CreateAppRequest(body=body)

    assert refused(signing.client.create_app, request) == "APIGW.0101"


# Who calls


def test_a_temporary_key_is_taken_with_its_token(served: RunningSandbox) -> None:
    client = msgsms(served, "smssign-temporary", token="smssign-sandbox-token")

    assert Signing(client).names() == []


@pytest.mark.parametrize(
    ("ak", "sk", "token"),
    [
        (AK, "another-key", ""),
        ("nobody", SK, ""),
        ("no body", SK, ""),
        ("smssign-temporary", SK, ""),
        ("smssign-temporary", SK, "expired"),
    ],
)
def test_a_wrong_key_is_refused(served: RunningSandbox, ak: str, sk: str, token: str) -> None:
    assert refused(Signing(msgsms(served, ak, sk, token=token)).names) == "APIGW.0301"


def test_five_wrong_keys_in_a_row_lock_it_for_five_minutes(
    served: RunningSandbox, signing: Signing, clock: ManualClock
) -> None:
    wrong = Signing(msgsms(served, sk="another-key"))
    for _ in range(4):
        refused(wrong.names)
    signing.names()
    for _ in range(5):
        refused(wrong.names)

    with pytest.raises(ClientRequestException, match="AK access failed to reach the limit"):
        signing.names()
    clock.advance(300)
    assert signing.names() == []


@pytest.mark.parametrize("off", [-910, 910])
def test_a_wrong_clock_is_refused(signing: Signing, clock: ManualClock, off: int) -> None:
    clock.advance(off)

    assert refused(signing.names) == "APIGW.0301"


def test_a_project_of_someone_else_is_refused(served: RunningSandbox) -> None:
    assert refused(Signing(msgsms(served, project="0" * 32)).names) == "MSGSMS.0003"


def test_no_project_at_all_is_refused(served: RunningSandbox) -> None:
    assert refused(Signing(msgsms(served, project=None)).names) == "MSGSMS.0003"


def test_the_project_of_a_region_is_looked_up(
    served: RunningSandbox, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUAWEICLOUD_SDK_REGION_MSGSMS_CN_NORTH_4", served.url)
    credentials = BasicCredentials(f"{AK}.region", SK).with_iam_endpoint(served.url)
    client = (
        MsgsmsClient.new_builder()
        .with_credentials(credentials)
        .with_region(MsgsmsRegion.value_of("cn-north-4"))
        .build()
    )

    assert Signing(client).names() == []
    assert credentials.project_id == PROJECT
    assert [call.action for call in sandbox.calls("huawei")] == [
        "KeystoneListProjects",
        "ListSignatureDetails",
    ]


def test_a_region_without_a_project_is_told_so(
    served: RunningSandbox, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.faults.add(action="KeystoneListProjects", kind="body", body={"projects": []})
    monkeypatch.setenv("HUAWEICLOUD_SDK_REGION_MSGSMS_CN_NORTH_4", served.url)
    credentials = BasicCredentials(f"{AK}.nowhere", SK).with_iam_endpoint(served.url)
    builder = MsgsmsClient.new_builder().with_credentials(credentials)

    with pytest.raises(SdkException, match="Confirm that the project exists"):
        builder.with_region(MsgsmsRegion.value_of("cn-north-4")).build()


def test_a_user_token_is_taken_in_place_of_a_key(served: RunningSandbox) -> None:
    identity = {
        "methods": ["password"],
        "password": {
            "user": {
                "name": "smssign-sandbox",
                "password": "smssign-sandbox-password",
                "domain": {"name": "smssign-sandbox"},
            }
        },
    }
    body = {"auth": {"identity": identity, "scope": {"project": {"name": "cn-north-4"}}}}
    answer = httpx.post(f"{served.url}/v3/auth/tokens", json=body, trust_env=False)
    request = model.CreateSignatureRequest(body=application())
    invoker = msgsms(served, "nobody", "nothing").create_signature_invoker(request)
    token = answer.headers["X-Subject-Token"]

    assert answer.status_code == 201
    assert invoker.add_header("X-Auth-Token", token).invoke().id
