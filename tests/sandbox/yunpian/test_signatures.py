"""The states of Yunpian's signatures, how they look, and what a second sign/add meets."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox import Sandbox, Status
from tests.sandbox.yunpian.caller import Field, Yunpian, application


def test_a_new_signature_is_checked(yunpian: Yunpian) -> None:
    yunpian.add()

    assert yunpian.item() == {
        "chan": "NONE",
        "check_status": "CHECKING",
        "enabled": False,
        "extend": "",
        "industry_type": "电子商务",
        "only_global": False,
        "remark": "",
        "sign": "【极客科技】",
        "vip": False,
    }


@pytest.mark.parametrize(
    ("changes", "chan", "vip"),
    [
        ({}, "NORMAL", False),
        ({"apply_vip": "true"}, "VIP", True),
        ({"is_only_global": "true", "apply_vip": "true"}, "GLOBAL", False),
    ],
)
def test_an_approved_signature_has_a_channel_and_an_extension(
    yunpian: Yunpian, sandbox: Sandbox, changes: dict[str, Field], chan: str, vip: bool
) -> None:
    yunpian.add(**changes)
    view = sandbox.approve("yunpian", "极客科技")
    item = yunpian.item()

    assert (view.status, view.vendor_status) == (Status.APPROVED, "SUCCESS")
    assert (item["check_status"], item["enabled"]) == ("SUCCESS", True)
    assert (item["chan"], item["vip"]) == (chan, vip)
    assert str(item["extend"]).isdecimal()


def test_two_signatures_have_two_extensions(yunpian: Yunpian, sandbox: Sandbox) -> None:
    for text in ("甲方", "乙方"):
        yunpian.add(sign=text)
        sandbox.approve("yunpian", text)

    assert yunpian.item("甲方")["extend"] != yunpian.item("乙方")["extend"]


def test_a_rejection_is_remarked(yunpian: Yunpian, sandbox: Sandbox) -> None:
    yunpian.add()
    view = sandbox.reject("yunpian", "极客科技", "营业执照不清晰")
    item = yunpian.item()

    assert (view.status, view.vendor_status) == (Status.REJECTED, "FAIL")
    assert (item["check_status"], item["remark"]) == ("FAIL", "营业执照不清晰")
    assert (item["enabled"], item["chan"]) == (False, "NONE")


@pytest.mark.parametrize(
    ("vendor_status", "status", "shown"),
    [
        ("CHECKING", Status.PENDING, ("CHECKING", False)),
        ("SUCCESS", Status.APPROVED, ("SUCCESS", True)),
        ("FAIL", Status.REJECTED, ("FAIL", False)),
        ("APLLYING_VIP", Status.APPROVED, ("APLLYING_VIP", True)),
        ("SUCCESS (disabled)", Status.OTHER, ("SUCCESS", False)),
        ("ARCHIVED", Status.OTHER, ("ARCHIVED", False)),
    ],
)
def test_a_raw_state_can_be_set(
    yunpian: Yunpian,
    sandbox: Sandbox,
    vendor_status: str,
    status: Status,
    shown: tuple[str, bool],
) -> None:
    yunpian.add(apply_vip="true")
    view = sandbox.set_status("yunpian", "极客科技", vendor_status, "why")
    item = yunpian.item()

    assert (view.status, view.vendor_status) == (status, vendor_status)
    assert (item["check_status"], item["enabled"]) == shown
    assert item["remark"] == "why"


@pytest.mark.parametrize(
    ("vendor_status", "chan", "vip"),
    [("APLLYING_VIP", "NORMAL", False), ("SUCCESS (disabled)", "VIP", True)],
)
def test_the_dedicated_channel_comes_with_success(
    yunpian: Yunpian, sandbox: Sandbox, vendor_status: str, chan: str, vip: bool
) -> None:
    yunpian.add(apply_vip="true")
    sandbox.set_status("yunpian", "极客科技", vendor_status)

    assert (yunpian.item()["chan"], yunpian.item()["vip"]) == (chan, vip)


@pytest.mark.parametrize("vendor_status", ["", "success", "FAIL (disabled)", "1"])
def test_a_state_that_yunpian_can_not_show_is_refused(
    yunpian: Yunpian, sandbox: Sandbox, vendor_status: str
) -> None:
    yunpian.add()

    with pytest.raises(ValueError, match="a status of Yunpian is in capitals"):
        sandbox.set_status("yunpian", "极客科技", vendor_status)


def test_the_answer_of_add_shows_what_is_decided_at_once(
    yunpian: Yunpian, sandbox: Sandbox
) -> None:
    states = [yunpian.add(sign=f"极客{word}")["apply_state"] for word in ("通过", "驳回", "待审")]
    sandbox.review_policy = "immediate"

    assert [*states, yunpian.add()["apply_state"]] == ["SUCCESS", "FAIL", "CHECKING", "SUCCESS"]


# Add


@pytest.mark.parametrize("state", ["CHECKING", "SUCCESS", "FAIL", "APLLYING_VIP"])
def test_a_twin_is_refused_in_every_state(yunpian: Yunpian, sandbox: Sandbox, state: str) -> None:
    yunpian.add()
    sandbox.set_status("yunpian", "极客科技", state)

    assert yunpian.code("add", application()) == -54
    assert len(sandbox.signatures()) == 1


def test_texts_that_differ_in_case_are_no_twins(yunpian: Yunpian) -> None:
    yunpian.add(sign="Geek")

    assert yunpian.add(sign="GEEK")


def test_the_sign_of_add_can_be_an_array(yunpian: Yunpian, sandbox: Sandbox) -> None:
    sandbox.switches.set({"yunpian.add_sign_shape": "array"})
    sign = yunpian.call("add", **application())["sign"]

    assert isinstance(sign, list)
    assert isinstance(yunpian.update(), dict)
