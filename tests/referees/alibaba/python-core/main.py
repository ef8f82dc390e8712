"""Alibaba Cloud's core for Python, unchanged, does all signature operations at the sandbox.

It signs in the parameters (RPC, version 1), those of the query and those of the form.
"""

from __future__ import annotations

import json
import os

from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest
from referee import finish, operation, refused, review, same

NAME = "极客科技"
IN_REVIEW, APPROVED, REJECTED = 0, 1, 2
REMARK = "登录 & 测 *~(b)+"
APPLICATION = {"SignName": NAME, "SignSource": "0", "QualificationId": "1000000417"}
SECRET = os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"]


def call(
    action: str,
    query: dict[str, str],
    form: dict[str, str] | None = None,
    *,
    method: str = "POST",
    secret: str = SECRET,
) -> dict:
    client = AcsClient(os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"], secret, "cn-hangzhou", timeout=10)
    endpoint = os.environ["ALIBABA_CLOUD_ENDPOINT"]
    request = CommonRequest(domain=endpoint, version="2017-05-25", action_name=action)
    request.set_method(method)
    request.set_protocol_type("http")
    request.set_accept_format("json")
    for name, text in query.items():
        request.add_query_param(name, text)
    for name, text in (form or {}).items():
        request.add_body_params(name, text)
    return json.loads(client.do_action_with_exception(request))


def shown(status: int, remark: str, reason: str = "") -> None:
    body = call("GetSmsSign", {"SignName": NAME}, method="GET")
    is_shown = [body["SignStatus"], body["Remark"], body["AuditInfo"]["RejectInfo"]]
    same(is_shown, [status, remark, reason])


def submit() -> None:
    same(call("CreateSmsSign", {**APPLICATION, "Remark": REMARK})["Code"], "OK")


def listed() -> None:
    same(call("QuerySmsSignList", {"PageIndex": "1"})["TotalCount"], 1)


def rejected() -> None:
    review("alibaba", NAME, "reject", reason="资质不清晰")
    shown(REJECTED, REMARK, "资质不清晰")


def modify() -> None:
    same(call("UpdateSmsSign", APPLICATION, {"Remark": "mended + 1"})["Code"], "OK")
    shown(IN_REVIEW, "mended + 1")


def approved() -> None:
    review("alibaba", NAME, "approve")
    shown(APPROVED, "mended + 1")


def delete() -> None:
    same(call("DeleteSmsSign", {"SignName": NAME})["Code"], "OK")
    refused("SignatureNotFound", lambda: call("GetSmsSign", {"SignName": NAME}))


def wrong_key() -> None:
    refused(
        "SignatureDoesNotMatch",
        lambda: call("GetSmsSign", {"SignName": NAME}, method="GET", secret="another"),
    )


operation("submit", submit)
operation("look up", lambda: shown(IN_REVIEW, REMARK))
operation("list", listed)
operation("look up a rejection", rejected)
operation("modify, in query and form", modify)
operation("look up an approval", approved)
operation("delete", delete)
operation("a wrong key is refused", wrong_key)
finish()
