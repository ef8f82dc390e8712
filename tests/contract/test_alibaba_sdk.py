"""The official SDK, unchanged, drives the sandbox: what it can't read, we play wrongly."""

from __future__ import annotations

import pytest
from alibabacloud_dysmsapi20170525 import models
from alibabacloud_tea_openapi.exceptions import (
    ClientException,
    ServerException,
)
from darabonba.exceptions import UnretryableException
from darabonba.policy.retry import RetryCondition, RetryOptions
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from tests.alibaba_applications import NAME, QUALIFICATION
from tests.contract.alibaba_sdk import (
    ACCESS_KEY_ID,
    ACCESS_KEY_SECRET,
    TOKEN,
    Signing,
    dysmsapi,
    refused,
)

CREATE = "CreateSmsSign"
IN_REVIEW, APPROVED, REJECTED, CANCELLED = 0, 1, 2, 10


@pytest.fixture
def signing(served: RunningSandbox) -> Signing:
    return Signing(dysmsapi(served))


# The life of a signature


def test_an_application_is_submitted_and_shown(signing: Signing) -> None:
    ticket = signing.create(
        sign_type=0,
        third_party=True,
        authorization_letter_id=417,
        remark="登录 & 测 *~(b)+",
        more_data=["1/a.png", "1/b c.png"],
    )
    shown = signing.get()

    assert (ticket["Code"], ticket["SignName"]) == ("OK", NAME)
    assert shown["OrderId"] == ticket["OrderId"]
    assert (shown["SignName"], shown["SignStatus"]) == (NAME, IN_REVIEW)
    assert (shown["QualificationId"], shown["AuthorizationLetterId"]) == (QUALIFICATION, 417)
    assert (shown["ThirdParty"], shown["AuthorizationLetterAuditPass"]) == (True, True)
    assert shown["Remark"] == "登录 & 测 *~(b)+"
    assert shown["FileUrlList"] == ["1/a.png", "1/b c.png"]
    assert not {"SignType", "SignSource"} & set(shown)


def test_a_trademark_is_shown_by_its_number(signing: Signing) -> None:
    signing.create(sign_source=5, trademark_id=88)

    assert signing.get()["TrademarkId"] == 88


def test_an_approval_is_shown_with_its_date_and_its_filing(
    signing: Signing, sandbox: Sandbox
) -> None:
    signing.create()
    sandbox.approve("alibaba", NAME)
    shown = signing.get()
    filing = shown["SignIspRegisterDetailList"]

    assert shown["SignStatus"] == APPROVED
    assert isinstance(shown["AuditInfo"], dict)
    assert shown["AuditInfo"]["AuditDate"]
    assert isinstance(filing, list)
    carriers = [each for each in filing if isinstance(each, dict)]
    assert {each["OperatorCode"]: each["RegisterStatus"] for each in carriers} == {
        "mobile": -1,
        "unicom": -1,
        "telecom": -1,
    }
    assert carriers[0]["RegisterStatusReasons"] == [
        {"ReasonCode": "REGISTERING", "ReasonDescList": []}
    ]


def test_a_rejection_is_mended_under_the_same_text(signing: Signing, sandbox: Sandbox) -> None:
    signing.create()
    sandbox.reject("alibaba", NAME, "资质不清晰")
    rejected = signing.get()
    ticket = signing.update(remark="mended", third_party=False)
    mended = signing.get()

    assert rejected["SignStatus"] == REJECTED
    assert isinstance(rejected["AuditInfo"], dict)
    assert rejected["AuditInfo"]["RejectInfo"] == "资质不清晰"
    assert (mended["SignStatus"], mended["Remark"]) == (IN_REVIEW, "mended")
    assert mended["OrderId"] == ticket["OrderId"] != rejected["OrderId"]


def test_an_approved_one_is_edited_in_place_and_out_of_use_meanwhile(
    signing: Signing, sandbox: Sandbox
) -> None:
    signing.create()
    sandbox.approve("alibaba", NAME)

    assert signing.update(remark="edited")["Code"] == "OK"
    assert signing.get()["SignStatus"] == IN_REVIEW


def test_the_list_has_pages_and_words_for_statuses(signing: Signing, sandbox: Sandbox) -> None:
    for name in ("一号", "二号", "三号"):
        signing.create(sign_name=name, sign_type=0)
    sandbox.approve("alibaba", "二号")
    page = signing.list(page_index=1, page_size=2)
    items = page["SmsSignList"]

    assert (page["TotalCount"], page["CurrentPage"], page["PageSize"]) == (3, 1, 2)
    assert isinstance(items, list)
    shown = [each for each in items if isinstance(each, dict)]
    assert [(each["SignName"], each["AuditStatus"]) for each in shown] == [
        ("三号", "AUDIT_STATE_INIT"),
        ("二号", "AUDIT_STATE_PASS"),
    ]
    assert shown[0]["authorizationLetterAuditPass"] is False


def test_a_signature_is_deleted(signing: Signing, sandbox: Sandbox) -> None:
    signing.create()
    sandbox.approve("alibaba", NAME)

    assert signing.delete()["SignName"] == NAME
    assert refused(signing.get) == "SignatureNotFound"
    assert signing.create()["Code"] == "OK"


def test_accounts_see_only_their_own(served: RunningSandbox, signing: Signing) -> None:
    signing.create()
    other = Signing(dysmsapi(served, key=f"{ACCESS_KEY_ID}.marketing"))

    assert refused(other.get) == "SignatureNotFound"
    assert other.create()["Code"] == "OK"


def test_a_temporary_key_bears_its_token(served: RunningSandbox, signing: Signing) -> None:
    temporary = Signing(dysmsapi(served, key="STS.smssign-temporary", token=TOKEN))
    temporary.create()

    assert signing.get()["SignName"] == NAME


# Errors


@pytest.mark.parametrize(
    ("key", "secret", "token", "code"),
    [
        (ACCESS_KEY_ID, "another-secret", None, "SignatureDoesNotMatch"),
        ("LTAInobody", ACCESS_KEY_SECRET, None, "InvalidAccessKeyId.NotFound"),
        ("STS.smssign-temporary", ACCESS_KEY_SECRET, None, "MissingSecurityToken"),
        ("STS.smssign-temporary", ACCESS_KEY_SECRET, "x", "InvalidSecurityToken.Expired"),
    ],
)
def test_a_stranger_is_refused(
    served: RunningSandbox, key: str, secret: str, token: str | None, code: str
) -> None:
    assert refused(Signing(dysmsapi(served, key=key, secret=secret, token=token)).get) == code


@pytest.mark.parametrize("seconds", [-1000, 1000])
def test_a_clock_that_is_off_is_refused(
    signing: Signing, clock: ManualClock, seconds: float
) -> None:
    clock.advance(seconds)

    assert refused(signing.get) == "InvalidTimeStamp.Expired"


def test_the_withdrawn_operations_are_not_there(served: RunningSandbox) -> None:
    client = dysmsapi(served)
    files = [models.AddSmsSignRequestSignFileList(file_contents="YQ==", file_suffix="png")]
    add = models.AddSmsSignRequest(sign_name=NAME, sign_source=0, remark="x", sign_file_list=files)
    modify = models.ModifySmsSignRequest(sign_name=NAME, sign_source=0, remark="x")

    assert refused(client.add_sms_sign, add) == "InvalidAction.NotFound"
    assert refused(client.modify_sms_sign, modify) == "InvalidAction.NotFound"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sign_name": None}, "MissingSignName"),
        ({"sign_name": ""}, "MissingSignName"),
        ({"sign_name": "【极客】"}, "InvalidSignName"),
        ({"sign_name": "12345"}, "InvalidSignName"),
        ({"qualification_id": None}, "MissingQualificationId"),
        ({"qualification_id": 1404}, "QualificationNotFound"),
        ({"qualification_id": 1403}, "InvalidQualification"),
        ({"qualification_id": 1402}, "ParameterMismatch.ThirdParty"),
        ({"sign_source": 5}, "TrademarkNotExist"),
        ({"third_party": True}, "SmsAuthorizationLetterNotExist"),
        (
            {"third_party": True, "authorization_letter_id": 1403},
            "SmsAuthorizationLetterNotMatch",
        ),
        ({"third_party": True, "authorization_letter_id": 1401}, "SmsSignNotAuthorized"),
    ],
)
def test_a_bad_application_is_refused(
    signing: Signing, changes: dict[str, object], code: str
) -> None:
    assert refused(signing.create, **changes) == code


def test_a_duplicate_is_refused(signing: Signing) -> None:
    signing.create()

    assert refused(signing.create) == "SignName.Exists"


def test_the_sdk_raises_nothing_for_the_older_errors(signing: Signing) -> None:
    signing.create()
    deleted, updated = signing.delete(), signing.update()

    assert deleted["Code"] == "isv.ERROR_SIGN_NOT_DELETE"
    assert updated["Code"] == "isv.ERROR_SIGN_NOT_MODIFY"
    assert "HostId" not in deleted


def test_an_unknown_text_is_refused_by_every_operation(signing: Signing) -> None:
    for call in (signing.get, signing.delete, signing.update):
        assert refused(call) == "SignatureNotFound"


def test_a_throttled_call_is_an_error_of_the_client(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.faults.add(vendor="alibaba", kind="error", code="Throttling.User")

    with pytest.raises(ClientException) as caught:
        signing.create()

    assert type(caught.value) is ClientException
    assert caught.value.code == "Throttling.User"


def test_a_retry_has_headers_of_its_own_that_are_signed(
    served: RunningSandbox, sandbox: Sandbox
) -> None:
    client = dysmsapi(served)
    condition = RetryCondition(exception=["ClientException"], max_attempts=3)
    client._retry_options = RetryOptions(  # as its Config would
        {"retryable": True, "retryCondition": [condition.to_map()]}
    )
    sandbox.faults.add(vendor="alibaba", kind="error", code="Throttling.User")

    assert Signing(client).create()["Code"] == "OK"
    assert [call.code for call in sandbox.calls("alibaba")] == ["Throttling.User", ""]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "drop_before"}, UnretryableException),
        ({"kind": "drop_after"}, UnretryableException),
        ({"kind": "html", "http_status": 502}, UnretryableException),
        ({"kind": "truncated"}, UnretryableException),
        ({"kind": "error", "code": "ServiceUnavailable"}, ServerException),
        ({"kind": "error", "code": "NoPermission", "http_status": 403}, ClientException),
    ],
)
def test_a_spoiled_answer_is_an_error(
    signing: Signing, sandbox: Sandbox, fault: dict[str, JsonValue], error: type[Exception]
) -> None:
    sandbox.faults.add({"vendor": "alibaba", "action": CREATE, **fault})

    with pytest.raises(error):
        signing.create()


@pytest.mark.parametrize(
    "code", ["isp.SYSTEM_ERROR", "isp.RAM_PERMISSION_DENY", "isv.PRODUCT_UN_SUBSCRIPT"]
)
def test_an_older_code_can_be_ordered(signing: Signing, sandbox: Sandbox, code: str) -> None:
    sandbox.faults.add(vendor="alibaba", action=CREATE, kind="error", code=code)

    assert signing.create()["Code"] == code
    assert signing.create()["Code"] == "OK"


def test_a_lost_create_is_found_by_its_text(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.faults.add(vendor="alibaba", action=CREATE, kind="drop_after")
    with pytest.raises(UnretryableException):
        signing.create()

    assert signing.get()["SignStatus"] == IN_REVIEW
    assert refused(signing.create) == "SignName.Exists"


def test_unknown_fields_of_an_answer_are_tolerated(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="unknown_fields", times=2)
    signing.create()

    assert signing.get()["SignName"] == NAME


def test_the_keys_are_those_that_the_sandbox_names(served: RunningSandbox) -> None:
    assert served.sandbox.credentials(served.address)["alibaba"] == {
        "ALIBABA_CLOUD_ENDPOINT": served.address,
        "ALIBABA_CLOUD_ACCESS_KEY_ID": ACCESS_KEY_ID,
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": ACCESS_KEY_SECRET,
    }
