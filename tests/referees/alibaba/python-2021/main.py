"""Alibaba Cloud's SDK for Python of 2021, unchanged, does all signature operations at the sandbox.

It signs in the parameters (RPC, version 1). Of today's operations it names only the deletion; the
others are called by its client, as its own methods do it.
"""

from __future__ import annotations

import os

from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_dysmsapi20170525.models import DeleteSmsSignRequest
from alibabacloud_tea_openapi.models import Config, OpenApiRequest
from alibabacloud_tea_util.models import RuntimeOptions
from referee import finish, operation, refused, review, same

NAME = "极客科技"
IN_REVIEW, APPROVED, REJECTED = 0, 1, 2
REMARK = "登录 & 测 *~(b)+"
APPLICATION = {"SignName": NAME, "SignSource": "0", "QualificationId": "1000000417"}


def client(secret: str) -> Client:
    return Client(
        Config(
            access_key_id=os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"],
            access_key_secret=secret,
            endpoint=os.environ["ALIBABA_CLOUD_ENDPOINT"],
            protocol="HTTP",
            region_id="cn-hangzhou",
        )
    )


OWN = client(os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"])
RUNTIME = RuntimeOptions(read_timeout=10_000, autoretry=False)


def call(action: str, form: dict[str, str], by: Client = OWN) -> dict:
    request = OpenApiRequest(body=form)
    version = "2017-05-25"
    return by.do_rpcrequest(action, version, "HTTP", "POST", "AK", "json", request, RUNTIME)["body"]


def shown(status: int, remark: str, reason: str = "") -> None:
    body = call("GetSmsSign", {"SignName": NAME})
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
    same(call("UpdateSmsSign", {**APPLICATION, "Remark": "mended + 1"})["Code"], "OK")
    shown(IN_REVIEW, "mended + 1")


def approved() -> None:
    review("alibaba", NAME, "approve")
    shown(APPROVED, "mended + 1")


def delete() -> None:
    body = OWN.delete_sms_sign(DeleteSmsSignRequest(sign_name=NAME)).body
    same([body.code, body.sign_name], ["OK", NAME])
    refused("SignatureNotFound", lambda: call("GetSmsSign", {"SignName": NAME}))


def wrong_key() -> None:
    look = {"SignName": NAME}
    refused("SignatureDoesNotMatch", lambda: call("GetSmsSign", look, client("another")))


operation("submit", submit)
operation("look up", lambda: shown(IN_REVIEW, REMARK))
operation("list", listed)
operation("look up a rejection", rejected)
operation("modify", modify)
operation("look up an approval", approved)
operation("delete", delete)
operation("a wrong key is refused", wrong_key)
finish()
