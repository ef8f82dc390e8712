"""Specials of Alibaba Cloud's official SDK; the story that all share is in `test_sdks`."""

from __future__ import annotations

from typing import Any

import pytest
from alibabacloud_dysmsapi20170525 import models as alibaba
from darabonba.policy.retry import RetryCondition, RetryOptions

from pulumi_smssign.sandbox import RunningSandbox, Sandbox
from tests.alibaba_applications import QUALIFICATION
from tests.contract.alibaba_sdk import AlibabaSdk
from tests.contract.sdk import TEXT


@pytest.fixture
def sdk(served: RunningSandbox) -> AlibabaSdk:
    return AlibabaSdk(served)


def test_every_field_is_shown_but_type_and_source(sdk: AlibabaSdk) -> None:
    ticket = sdk.create(
        sign_type=0,
        third_party=True,
        authorization_letter_id=417,
        remark="登录 & 测 *~(b)+",
        more_data=["1/a.png", "1/b c.png"],
    )
    answer = sdk.get()
    assert (ticket["Code"], answer["OrderId"]) == ("OK", ticket["OrderId"])
    assert (answer["QualificationId"], answer["AuthorizationLetterId"]) == (QUALIFICATION, 417)
    assert (answer["ThirdParty"], answer["AuthorizationLetterAuditPass"]) == (True, True)
    assert answer["Remark"] == "登录 & 测 *~(b)+"
    assert answer["FileUrlList"] == ["1/a.png", "1/b c.png"]
    assert not {"SignType", "SignSource"} & set(answer)


def test_trademark_is_shown_by_its_number(sdk: AlibabaSdk) -> None:
    sdk.create(sign_source=5, trademark_id=88)
    assert sdk.get()["TrademarkId"] == 88


def test_approval_is_shown_with_its_date_and_its_filing(sdk: AlibabaSdk, sandbox: Sandbox) -> None:
    sdk.create()
    sandbox.approve("alibaba", TEXT)
    answer = sdk.get()
    assert answer["AuditInfo"]["AuditDate"]
    carriers = answer["SignIspRegisterDetailList"]
    assert {carrier["OperatorCode"]: carrier["RegisterStatus"] for carrier in carriers} == {
        "mobile": -1,
        "unicom": -1,
        "telecom": -1,
    }
    reasons = [{"ReasonCode": "REGISTERING", "ReasonDescList": []}]
    assert carriers[0]["RegisterStatusReasons"] == reasons


def test_change_has_an_order_of_its_own_also_when_approved(
    sdk: AlibabaSdk, sandbox: Sandbox
) -> None:
    first = sdk.create()
    sandbox.approve("alibaba", TEXT)
    second = sdk.change(remark="edited", third_party=False)
    answer = sdk.get()
    assert (answer["SignStatus"], answer["Remark"]) == (0, "edited")
    assert answer["OrderId"] == second["OrderId"] != first["OrderId"]


def test_list_has_pages_and_statuses_of_its_own(sdk: AlibabaSdk, sandbox: Sandbox) -> None:
    for name in ("一号", "二号", "三号"):
        sdk.create(sign_name=name, sign_type=0)
    sandbox.approve("alibaba", "二号")
    page = sdk.listed(page_index=1, page_size=2)
    assert (page["TotalCount"], page["CurrentPage"], page["PageSize"]) == (3, 1, 2)
    items = page["SmsSignList"]
    assert [(item["SignName"], item["AuditStatus"]) for item in items] == [
        ("三号", "AUDIT_STATE_INIT"),
        ("二号", "AUDIT_STATE_PASS"),
    ]
    assert items[0]["authorizationLetterAuditPass"] is False


def test_withdrawn_operations_are_not_there(sdk: AlibabaSdk) -> None:
    files = [alibaba.AddSmsSignRequestSignFileList(file_contents="YQ==", file_suffix="png")]
    named: dict[str, Any] = {"sign_name": TEXT, "sign_source": 0, "remark": "x"}
    add = alibaba.AddSmsSignRequest(**named, sign_file_list=files)
    modify = alibaba.ModifySmsSignRequest(**named)
    assert sdk.refused(sdk.client.add_sms_sign, add) == "InvalidAction.NotFound"
    assert sdk.refused(sdk.client.modify_sms_sign, modify) == "InvalidAction.NotFound"


def test_older_errors_raise_nothing(sdk: AlibabaSdk, sandbox: Sandbox) -> None:
    sdk.create()
    deleted = sdk.delete()
    assert deleted["Code"] == "isv.ERROR_SIGN_NOT_DELETE"
    assert sdk.change()["Code"] == "isv.ERROR_SIGN_NOT_MODIFY"
    assert "HostId" not in deleted
    for code in ("isp.SYSTEM_ERROR", "isp.RAM_PERMISSION_DENY", "isv.PRODUCT_UN_SUBSCRIPT"):
        sandbox.faults.add(vendor="alibaba", action="CreateSmsSign", kind="error", code=code)
        assert sdk.create()["Code"] == code


def test_retry_has_headers_of_its_own_that_are_signed(sdk: AlibabaSdk, sandbox: Sandbox) -> None:
    condition = RetryCondition(exception=["ClientException"], max_attempts=3)
    sdk.client._retry_options = RetryOptions(  # as its Config would
        {"retryable": True, "retryCondition": [condition.to_map()]}
    )
    sandbox.faults.add(vendor="alibaba", kind="error", code="Throttling.User")
    assert sdk.create()["Code"] == "OK"
    assert [call.code for call in sandbox.calls("alibaba")] == ["Throttling.User", ""]
