"""What sign/update takes in which state, what it changes and what it leaves."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox import Sandbox
from tests.images import jpeg
from tests.sandbox.yunpian.caller import Yunpian, for_others, licence


@pytest.mark.parametrize("state", ["CHECKING", "FAIL"])
@pytest.mark.parametrize("old_sign", ["极客科技", "【极客科技】"])
def test_what_is_not_approved_is_submitted_again(
    yunpian: Yunpian, sandbox: Sandbox, state: str, old_sign: str
) -> None:
    yunpian.add()
    sandbox.set_status("yunpian", "极客科技", state, "why")
    sign = yunpian.update(old_sign, industry_type="金融", apply_vip="true")

    assert sign == {
        "apply_state": "CHECKING",
        "sign": "【极客科技】",
        "is_apply_vip": True,
        "is_only_global": False,
        "industry_type": "金融",
    }
    assert yunpian.item()["remark"] == ""
    assert [each.submissions for each in sandbox.signatures()] == [2]


@pytest.mark.parametrize("state", ["SUCCESS", "APLLYING_VIP", "SUCCESS (disabled)", "ARCHIVED"])
def test_what_is_approved_is_not_changed(yunpian: Yunpian, sandbox: Sandbox, state: str) -> None:
    yunpian.add()
    sandbox.set_status("yunpian", "极客科技", state)
    default = yunpian.code("update", {"old_sign": "极客科技", "sign": "极客网络"})
    sandbox.switches.set({"yunpian.update_approved_code": "-2"})
    switched = yunpian.code("update", {"old_sign": "极客科技"})

    assert (default, switched) == (2, -2)
    assert [each.submissions for each in sandbox.signatures()] == [1]


def test_what_is_not_there_is_not_changed(yunpian: Yunpian) -> None:
    yunpian.add()

    assert yunpian.code("update", {"old_sign": "极客"}) == -55


@pytest.mark.parametrize("old_sign", [None, ""])
def test_old_sign_is_required(yunpian: Yunpian, old_sign: str | None) -> None:
    assert yunpian.code("update", {"old_sign": old_sign}) == 1


@pytest.mark.parametrize(("sign", "code"), [("【新名】", 2), ("新", 2), ("云片网", 2)])
def test_a_wrong_new_text_is_refused(yunpian: Yunpian, sign: str, code: int) -> None:
    yunpian.add()

    assert yunpian.code("update", {"old_sign": "极客科技", "sign": sign}) == code
    assert yunpian.item()


def test_a_rename_to_a_text_that_is_taken_is_refused(yunpian: Yunpian) -> None:
    yunpian.add()
    yunpian.add(sign="极客网络")

    assert yunpian.code("update", {"old_sign": "极客科技", "sign": "极客网络"}) == -54
    assert yunpian.update(sign="极客科技")


def test_booleans_that_are_not_sent_fall_back(yunpian: Yunpian, sandbox: Sandbox) -> None:
    yunpian.add(apply_vip="true", notify="false")
    sign = yunpian.update()
    fields = sandbox.signatures()[0].fields

    assert (sign["is_apply_vip"], fields["notify"]) == (False, True)
    yunpian.update(is_only_global="true")
    assert yunpian.update()["is_only_global"] is False


def test_an_industry_that_is_not_sent_is_kept(yunpian: Yunpian) -> None:
    yunpian.add()

    assert yunpian.update()["industry_type"] == "电子商务"
    assert yunpian.update(industry_type="其他")["industry_type"] == "其它"


def test_what_else_is_not_sent_is_kept(yunpian: Yunpian, sandbox: Sandbox) -> None:
    yunpian.call("add", **for_others())
    before = sandbox.signatures()[0]
    yunpian.update(notify="false", industry_type="电子商务")
    after = sandbox.signatures()[0]

    assert (after.fields, after.evidence) == (before.fields, before.evidence)


def test_new_papers_replace_the_old(yunpian: Yunpian, sandbox: Sandbox) -> None:
    yunpian.add(license_base64=[licence(1), licence(2)])
    yunpian.update(license_base64=licence(3), website="https://other.example/", prove_type="6")
    (signature,) = sandbox.signatures()

    assert [each.size for each in signature.evidence.values()] == [len(jpeg(3))]
    assert signature.fields["website"] == "https://other.example/"
    assert signature.fields["prove_type"] == 6
