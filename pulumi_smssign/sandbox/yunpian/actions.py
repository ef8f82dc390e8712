"""The signature service: add, get and update, and where a signature's review is.

There is no id at the vendor: an account's signature is known by its text. The desk's id is the
present text too, in another account than `default` with the account before it (`text_ids`).

States (inferred from the states that third parties transcribed from the vendor's pages): CHECKING
goes to SUCCESS or FAIL, with apply_vip by way of APLLYING_VIP; sign/update takes CHECKING and FAIL
back to CHECKING (official Python SDK 1.0.0), and nothing leaves the account any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic import JsonValue

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Desk, Signature, UnknownSignatureError
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.switches import Switches
from pulumi_smssign.sandbox.text_ids import id_of
from pulumi_smssign.sandbox.yunpian.codes import MISSING, NOT_QUALIFIED
from pulumi_smssign.sandbox.yunpian.contracts import ADD, GET, NAME, UPDATE
from pulumi_smssign.sandbox.yunpian.parameters import Form, bare
from pulumi_smssign.sandbox.yunpian.screening import Screening
from pulumi_smssign.sandbox.yunpian.statuses import (
    DISABLED,
    SUCCESS,
    USABLE,
    check_status,
    shown,
)
from pulumi_smssign.sandbox.yunpian.switches import ABSENT, EXISTING, NULL, REFUSED

FIRST_EXTENSION = 421

_POSITIVE = re.compile(r"0*[1-9][0-9]{0,8}")


class Actions:
    """The service behind the gateway."""

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        self._desk = desk
        self._switches = switches
        self._clock = clock
        self._by_name: Mapping[str, Callable[[str, Form], Document]] = {
            ADD: self._add,
            GET: self._get,
            UPDATE: self._update,
        }

    def perform(self, action: str, account: str, form: Form) -> Document:
        """Perform an action for an account and give the answer.

        Raises:
            Refusal: with a code of the service.
        """
        if action != GET and not self._switches.flag("yunpian.developer_verified"):
            raise Refusal(NOT_QUALIFIED, "请先完善开发者信息")
        with self._desk.transaction():
            return {"code": 0, **self._by_name[action](account, form)}

    def _add(self, account: str, form: Form) -> Document:
        application = Screening(form, self._switches, self._desk.shelf).application()
        twin = self._own(account, application.text)
        policy = self._switches.text("yunpian.duplicate")
        if twin is not None and policy == REFUSED:
            raise self._exists()
        if twin is not None and policy == EXISTING:
            return self._added(twin)
        if twin is not None:
            resubmitted = self._desk.resubmit(
                NAME,
                twin.id,
                text=application.text,
                fields={**application.fields, "extend": twin.fields.get("extend", "")},
                evidence=application.evidence,
                verdict=application.verdict,
            )
            return self._added(resubmitted)
        extension = f"{self._desk.next_number(NAME, FIRST_EXTENSION):04d}"
        added = self._desk.submit(
            NAME,
            account,
            signature_id=id_of(account, application.text),
            text=application.text,
            fields={**application.fields, "extend": extension},
            evidence=application.evidence,
            verdict=application.verdict,
        )
        return self._added(added)

    def _update(self, account: str, form: Form) -> Document:
        old = form.text("old_sign")
        if not old:
            raise Refusal(MISSING, "参数 old_sign 必须传入")
        signature = self._own(account, bare(old))
        if signature is None:
            code = self._switches.text("yunpian.update_missing_code")
            raise Refusal(code, f"签名不存在，old_sign:{old}")
        takes = self._switches.text("yunpian.update_statuses").split(",")
        if self._status(signature) not in takes:
            code = self._switches.text("yunpian.update_approved_code")
            raise Refusal(code, "仅“审核中”或者“审核失败”的签名可以进行修改")
        application = Screening(form, self._switches, self._desk.shelf, signature).application()
        if application.text != signature.text and self._own(account, application.text) is not None:
            raise self._exists()
        updated = self._desk.resubmit(
            NAME,
            signature.id,
            text=application.text,
            fields={**application.fields, "extend": signature.fields.get("extend", "")},
            evidence=application.evidence,
            verdict=application.verdict,
            new_id=id_of(account, application.text),
        )
        return {"msg": "OK", "sign": self._result(updated)}

    def _get(self, account: str, form: Form) -> Document:
        wanted = self._cased(form.text("sign"))
        found = [
            signature
            for signature in self._desk.find(NAME, account)
            if self._visible(signature) and wanted in self._cased(f"【{signature.text}】")
        ]
        if self._switches.text("yunpian.list_order") == "newest":
            found.reverse()
        return {
            "total": len(found),
            "sign": [self._item(signature) for signature in self._page(form, found)],
        }

    def _status(self, signature: Signature) -> str:
        return shown(signature, self._switches, self._clock)

    def _own(self, account: str, text: str) -> Signature | None:
        try:
            return self._desk.get(NAME, id_of(account, text))
        except UnknownSignatureError:
            return None

    def _exists(self) -> Refusal:
        return Refusal(self._switches.text("yunpian.duplicate_code"), "签名已存在")

    def _added(self, signature: Signature) -> Document:
        result: JsonValue = self._result(signature)
        if self._switches.text("yunpian.add_sign_shape") == "array":
            result = [result]
        return {"msg": "OK", "sign": result}

    def _result(self, signature: Signature) -> Document:
        return {
            "apply_state": check_status(self._status(signature)),
            "sign": f"【{signature.text}】",
            "is_apply_vip": signature.fields.get("apply_vip", False),
            "is_only_global": signature.fields.get("is_only_global", False),
            "industry_type": signature.fields.get("industry_type", ""),
        }

    def _cased(self, text: str) -> str:
        return text.casefold() if self._switches.flag("yunpian.search_ignores_case") else text

    def _visible(self, signature: Signature) -> bool:
        delay = self._switches.number("yunpian.visibility_delay")
        return self._clock.now() >= signature.created_at + delay

    def _page(self, form: Form, found: list[Signature]) -> list[Signature]:
        number, size = _positive(form.text("page_num")), _positive(form.text("page_size"))
        if number is None or size is None:
            return found
        most = int(self._switches.number("yunpian.most_per_page"))
        size = min(size, most) if most else size
        return found[(number - 1) * size : number * size]

    def _item(self, signature: Signature) -> JsonValue:
        status = self._status(signature)
        usable = status in USABLE
        dedicated = status in {SUCCESS, DISABLED} and signature.fields.get("apply_vip") is True
        only_global = signature.fields.get("is_only_global") is True
        extend = str(signature.fields.get("extend", "")) if usable else ""
        brackets = self._switches.flag("yunpian.result_brackets")
        return {
            "chan": _channel(usable=usable, only_global=only_global, dedicated=dedicated),
            "check_status": check_status(status),
            "enabled": usable and status != DISABLED,
            **self._optional("extend", extend),
            "industry_type": signature.fields.get("industry_type", ""),
            "only_global": only_global,
            **self._optional("remark", signature.reason),
            "sign": f"【{signature.text}】" if brackets else signature.text,
            "vip": dedicated,
        }

    def _optional(self, name: str, text: str) -> Document:
        way = self._switches.text(f"yunpian.empty_{name}")
        if text or way not in {NULL, ABSENT}:
            return {name: text}
        return {name: None} if way == NULL else {}


def _channel(*, usable: bool, only_global: bool, dedicated: bool) -> str:
    if not usable:
        return "NONE"
    if only_global:
        return "GLOBAL"
    return "VIP" if dedicated else "NORMAL"


def _positive(text: str) -> int | None:
    """Read a number of 1 or more; None if it is none."""
    return int(text) if _POSITIVE.fullmatch(text) else None
