"""The five signature operations: Create, Update, Get, QueryList and Delete.

There is no id at the vendor: an account's signature is known by its text, exactly as written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from pulumi_smssign.sandbox.alibaba import codes, contracts, statuses
from pulumi_smssign.sandbox.alibaba.screening import Screening
from pulumi_smssign.sandbox.alibaba.statuses import moment
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.parameters import Arguments
from pulumi_smssign.sandbox.service import Service
from pulumi_smssign.sandbox.text_ids import id_of

FIRST_ORDER = 20_044_170_001
"""The first OrderId, the ticket of a submission."""

_USAGES: Mapping[JsonValue, str] = {
    0: "企事业单位名",
    1: "工信部备案网站名",
    2: "APP应用名",
    3: "公众号或小程序名",
    4: "电商平台店铺名",
    5: "商标名",
}
"""SignUsage by SignSource; the labels are the sandbox's own words for the sources."""

_NUMBERS = ("QualificationId", "AuthorizationLetterId", "TrademarkId", "AppIcpRecordId")
_MADE_BY_THE_USER = "2"
_NO_REMARK = "无审核备注"
_EXISTS = "Sorry, this signature already exists and cannot be applied for again."


class Actions(Service[Arguments]):
    """The service behind the gateway."""

    screening = Screening

    def perform(self, action: str, account: str, arguments: Arguments) -> Document:
        """Perform an action for an account and give its answer's own keys, or raise a Refusal."""
        perform = {
            contracts.CREATE: self._create,
            contracts.UPDATE: self._update,
            contracts.GET: self._get,
            contracts.LIST: self._list,
            contracts.DELETE: self._delete,
        }[action]
        with self._desk.transaction():
            return perform(account, arguments)

    def _create(self, account: str, arguments: Arguments) -> Document:
        application = self._screened(account, arguments)
        signature_id = id_of(account, application.text)
        if self._own(account, signature_id) is not None:
            raise Refusal(codes.EXISTS, _EXISTS)
        ticket: Document = {"OrderId": self._order()}
        application = replace(application, fields={**application.fields, **ticket})
        self._submit(account, signature_id, application)
        return {"SignName": application.text, **ticket}

    def _update(self, account: str, arguments: Arguments) -> Document:
        signature = self._existing(account, arguments)
        status = statuses.filed(signature)
        if str(status) not in self._switches.text("alibaba.update_statuses").split(","):
            message = f"A signature in status {status} can not be modified."
            raise Refusal(codes.NOT_MODIFIABLE, message)
        application = self._screened(account, arguments, signature)
        ticket: Document = {"OrderId": self._order()}
        fields = statuses.with_earlier(signature, {**application.fields, **ticket})
        self._resubmit(signature, replace(application, fields=fields))
        return {"SignName": signature.text, **ticket}

    def _get(self, account: str, arguments: Arguments) -> Document:
        signature = self._existing(account, arguments)
        if not self._is_visible(signature):
            raise _not_found()
        fields = statuses.shown_fields(signature, self._switches)
        filing = statuses.filing_details(signature, self._switches, self._clock)
        return {
            "SignName": signature.text,
            "SignStatus": statuses.shown_status(signature, self._switches),
            "AuditInfo": {
                "RejectInfo": signature.reason,
                "AuditDate": moment(statuses.shown_review(signature, self._switches)),
            },
            "CreateDate": moment(signature.created_at),
            "OrderId": fields.get("OrderId"),
            **{number: fields.get(number, 0) for number in _NUMBERS},
            "AuthorizationLetterAuditPass": bool(fields.get("AuthorizationLetterId")),
            "ThirdParty": fields.get("ThirdParty"),
            "Remark": fields.get("Remark"),
            "FileUrlList": fields.get("MoreData"),
            "ApplyScene": fields.get("ApplySceneContent"),
            "SignUsage": _USAGES.get(fields.get("SignSource"), ""),
            "SignTag": _MADE_BY_THE_USER,
            "SignCode": _sign_code(signature.id),
            "RegisterResult": -1,
            "SignIspRegisterDetailList": filing,
        }

    def _list(self, account: str, arguments: Arguments) -> Document:
        index = _within("PageIndex", arguments.integer("PageIndex", 1), None)
        size = _within("PageSize", arguments.integer("PageSize", 10), contracts.MOST_A_PAGE)
        signatures = self._listed(account)
        page = signatures[(index - 1) * size : index * size]
        return {
            "SmsSignList": [self._item(signature) for signature in page],
            "TotalCount": len(signatures),
            "CurrentPage": index,
            "PageSize": size,
        }

    def _delete(self, account: str, arguments: Arguments) -> Document:
        signature = self._existing(account, arguments)
        if statuses.filed(signature) == statuses.IN_REVIEW:
            raise Refusal(codes.NOT_DELETABLE, "A signature in review can not be deleted.")
        self._desk.withdraw(self._vendor, signature.id)
        return {"SignName": signature.text}

    def _existing(self, account: str, arguments: Arguments) -> Signature:
        name = arguments.string("SignName")
        signature = self._own(account, id_of(account, name))
        if signature is None:
            raise _not_found()
        return signature

    def _order(self) -> str:
        return str(self._desk.next_number(self._vendor, FIRST_ORDER))

    def _item(self, signature: Signature) -> JsonValue:
        fields = statuses.shown_fields(signature, self._switches)
        status = statuses.shown_status(signature, self._switches)
        reason: Document = {"RejectInfo": _NO_REMARK}
        if status == statuses.REJECTED:
            remark, at = signature.reason, moment(signature.reviewed_at)
            reason = {"RejectInfo": remark, "RejectSubInfo": remark, "RejectDate": at}
        verification = fields.get("SignType") == contracts.VERIFICATION
        return {
            "SignName": signature.text,
            "AuditStatus": statuses.WORDS.get(status, f"AUDIT_STATE_{status}"),
            "CreateDate": moment(signature.created_at),
            "OrderId": fields.get("OrderId"),
            "Reason": reason,
            "BusinessType": "验证码类型" if verification else "通用类型",
            **{number: fields.get(number, 0) for number in _NUMBERS[1:]},
            "authorizationLetterAuditPass": bool(fields.get("AuthorizationLetterId")),
        }


def _within(name: str, number: int, most: int | None) -> int:
    if number < 1 or (most is not None and number > most):
        bounds = "1 or more" if most is None else f"1 to {most}"
        raise Refusal(codes.BAD_PARAMETER, f"{name} is {bounds}.")
    return number


def _not_found() -> Refusal:
    return Refusal(codes.NOT_FOUND, "The signature does not exist.")


def _sign_code(signature_id: str) -> str:
    """Give the SignCode, which no operation takes: always the same for an id."""
    return f"SIGN_{int(hashlib.sha256(signature_id.encode()).hexdigest(), 16) % 10**15:015}"
