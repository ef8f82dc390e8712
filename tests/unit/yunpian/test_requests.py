from __future__ import annotations

import pytest

from pulumi_smssign.model.review import Handle
from tests.unit.yunpian.desk import connected, found, signature
from tests.yunpian_applications import SIGN


@pytest.mark.parametrize("handle", [Handle("旧名字", SIGN), Handle(SIGN), Handle(f"【{SIGN}】")])
def test_the_present_text_goes_before_the_id(handle: Handle) -> None:
    api, desk = connected(found(signature()))
    assert api.reviews([handle])[handle].text == SIGN
    assert desk.sent()["sign"] == f"【{SIGN}】"


def test_the_same_text_is_asked_for_once() -> None:
    api, desk = connected(found(signature()), found())
    handles = [Handle(SIGN), Handle("旧名字", SIGN), Handle("别的")]
    assert api.reviews(handles).keys() == {handles[0], handles[1]}
    assert desk.paths == ["get", "get"]
