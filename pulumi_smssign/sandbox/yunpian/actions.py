"""The signature service: add, get and update, and where a signature's review is.

There is no id at the vendor: an account's signature is known by its text. The desk's id is the
present text too, in another account than `default` with the account before it (`text_ids`).

States (inferred from the states that third parties transcribed from the vendor's pages): CHECKING
goes to SUCCESS or FAIL, at the desk by way of APLLYING_VIP; sign/update takes CHECKING and FAIL
back to CHECKING (official Python SDK 1.0.0), and nothing leaves the account any more.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.service import Application, Service
from pulumi_smssign.sandbox.text_ids import id_of
from pulumi_smssign.sandbox.yunpian.codes import EXISTS, MISSING, NOT_THERE
from pulumi_smssign.sandbox.yunpian.contracts import ADD, GET, UPDATE
from pulumi_smssign.sandbox.yunpian.parameters import Form, bare
from pulumi_smssign.sandbox.yunpian.screening import Screening

CHECKING, SUCCESS, FAIL = "CHECKING", "SUCCESS", "FAIL"
"""The states, of the vendor page 添加签名; the next is the official Python SDK 1.0.0's."""
APPLYING_VIP = "APLLYING_VIP"
"""Approved on the ordinary channel, not yet on the dedicated one; the spelling is the vendor's."""
DISABLED = "SUCCESS (disabled)"
"""The control's name for a signature that get shows as SUCCESS with `enabled` false."""
USABLE = frozenset({SUCCESS, APPLYING_VIP, DISABLED})


def shown_status(signature: Signature) -> str:
    """Give the state that sign/get shows now, or `SUCCESS (disabled)`."""
    reviewed = {Status.APPROVED: SUCCESS, Status.REJECTED: FAIL}
    return signature.vendor_status or reviewed.get(signature.status, CHECKING)


def check_status(status: str) -> str:
    """Give the state itself: whether it is disabled is told elsewhere in an answer."""
    return SUCCESS if status == DISABLED else status


FIRST_EXTENSION = 421

_POSITIVE = re.compile(r"0*[1-9][0-9]{0,8}")


class Actions(Service[Form]):
    """The service behind the gateway."""

    screening = Screening

    def perform(self, action: str, account: str, form: Form) -> Document:
        """Perform an action for an account and give the answer, or raise a Refusal."""
        perform = {ADD: self._add, GET: self._get, UPDATE: self._update}[action]
        with self._desk.transaction():
            return {"code": 0, **perform(account, form)}

    def _add(self, account: str, form: Form) -> Document:
        application = self._screened(account, form)
        extension = f"{self._desk.next_number(self._vendor, FIRST_EXTENSION):04d}"
        application = _with_extension(application, extension)
        added = self._submit(account, id_of(account, application.text), application)
        result: JsonValue = self._result(added)
        if self._switches.text("yunpian.add_sign_shape") == "array":
            result = [result]
        return {"msg": "OK", "sign": result}

    def _update(self, account: str, form: Form) -> Document:
        old = form.text("old_sign")
        if not old:
            raise Refusal(MISSING, "参数 old_sign 必须传入")
        signature = self._own(account, id_of(account, bare(old)))
        if signature is None:
            raise Refusal(NOT_THERE, f"签名不存在，old_sign:{old}")
        taken = self._switches.text("yunpian.update_statuses").split(",")
        if shown_status(signature) not in taken:
            code = self._switches.text("yunpian.update_approved_code")
            raise Refusal(code, "仅“审核中”或者“审核失败”的签名可以进行修改")
        application = self._screened(account, form, signature)
        application = _with_extension(application, signature.fields.get("extend", ""))
        updated = self._resubmit(signature, application, id_of(account, application.text))
        return {"msg": "OK", "sign": self._result(updated)}

    def _get(self, account: str, form: Form) -> Document:
        wanted = form.text("sign")
        whole = bare(wanted) if wanted != bare(wanted) else ""
        listed = self._listed(account, whole)
        signatures = [each for each in listed if wanted in f"【{each.text}】"]
        number, size = _positive(form.text("page_num")), _positive(form.text("page_size"))
        page = signatures
        if number is not None and size is not None:
            page = signatures[(number - 1) * size : number * size]
        return {"total": len(signatures), "sign": [self._item(signature) for signature in page]}

    @override
    def _check_twin(self, twin: Signature, application: Application) -> None:
        raise Refusal(EXISTS, "签名已存在")

    def _result(self, signature: Signature) -> Document:
        return {
            "apply_state": check_status(shown_status(signature)),
            "sign": f"【{signature.text}】",
            "is_apply_vip": signature.fields.get("apply_vip", False),
            "is_only_global": signature.fields.get("is_only_global", False),
            "industry_type": signature.fields.get("industry_type", ""),
        }

    def _item(self, signature: Signature) -> JsonValue:
        status = shown_status(signature)
        usable = status in USABLE
        is_final = status in {SUCCESS, DISABLED}
        dedicated = is_final and signature.fields.get("apply_vip") is True
        only_global = signature.fields.get("is_only_global") is True
        brackets = self._switches.flag("yunpian.result_brackets")
        return {
            "chan": _channel(usable=usable, only_global=only_global, dedicated=dedicated),
            "check_status": check_status(status),
            "enabled": usable and status != DISABLED,
            "extend": str(signature.fields.get("extend", "")) if usable else "",
            "industry_type": signature.fields.get("industry_type", ""),
            "only_global": only_global,
            "remark": signature.reason,
            "sign": f"【{signature.text}】" if brackets else signature.text,
            "vip": dedicated,
        }


def _with_extension(application: Application, extension: JsonValue) -> Application:
    return replace(application, fields={**application.fields, "extend": extension})


def _channel(*, usable: bool, only_global: bool, dedicated: bool) -> str:
    if not usable:
        return "NONE"
    if only_global:
        return "GLOBAL"
    return "VIP" if dedicated else "NORMAL"


def _positive(text: str) -> int | None:
    """Read a number of 1 or more; None if it is none."""
    return int(text) if _POSITIVE.fullmatch(text) else None
