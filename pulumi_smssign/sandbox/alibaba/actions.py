"""The five signature operations: Create, Update, Get, QueryList and Delete.

There is no id at the vendor: an account's signature is known by its text, exactly as written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from pydantic import JsonValue

from pulumi_smssign.sandbox.alibaba import codes, statuses
from pulumi_smssign.sandbox.alibaba.contracts import (
    CREATE,
    DELETE,
    GET,
    LIST,
    MOST_A_PAGE,
    NAME,
    UPDATE,
    VERIFICATION,
)
from pulumi_smssign.sandbox.alibaba.filing import details, moment
from pulumi_smssign.sandbox.alibaba.screening import Screening
from pulumi_smssign.sandbox.alibaba.switches import CLAMPED
from pulumi_smssign.sandbox.arguments import Arguments
from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Desk, Signature, UnknownSignatureError
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.objections import ACCEPTED
from pulumi_smssign.sandbox.switches import Switches
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
_BLOCKABLE = frozenset({CREATE, UPDATE, GET})


class Actions:
    """The service behind the gateway."""

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        self._desk = desk
        self._switches = switches
        self._clock = clock
        self._deleted: dict[str, float] = {}
        self._by_name: Mapping[str, Callable[[str, Arguments], Document]] = {
            CREATE: self._create,
            UPDATE: self._update,
            GET: self._get,
            LIST: self._list,
            DELETE: self._delete,
        }

    def perform(self, action: str, account: str, arguments: Arguments) -> Document:
        """Perform an operation for an account and give what its answer has of its own.

        Raises:
            Refusal: with a code of the service.
        """
        if action in _BLOCKABLE and self._switches.flag("alibaba.account_blocked"):
            raise Refusal(codes.BLOCKED, "The account is blocked.")
        with self._desk.transaction():
            return self._by_name[action](account, arguments)

    def reset(self) -> None:
        """Forget which texts deleted signatures had."""
        self._deleted.clear()

    def _create(self, account: str, arguments: Arguments) -> Document:
        application = Screening(arguments, self._switches, None).application()
        self._check_twins(account, application.text)
        self._check_day(account)
        signature = self._desk.submit(
            NAME,
            account,
            signature_id=id_of(account, application.text),
            text=application.text,
            fields={**application.fields, "OrderId": self._order()},
            evidence={},
            verdict=application.verdict,
        )
        return _ticket(signature)

    def _update(self, account: str, arguments: Arguments) -> Document:
        name = arguments.string("SignName")
        signature = self._own(account, name)
        if signature is None:
            raise _not_found(self._switches.text("alibaba.update_missing_code"), name)
        status = statuses.filed(signature)
        if str(status) not in self._switches.text("alibaba.update_statuses").split(","):
            code = self._switches.text("alibaba.not_modifiable_code")
            raise Refusal(code, f"A signature in status {status} can not be modified.")
        application = Screening(arguments, self._switches, signature).application()
        fields: Document = {**application.fields, "OrderId": self._order()}
        updated = self._desk.resubmit(
            NAME,
            signature.id,
            text=application.text,
            fields=statuses.with_earlier(signature, fields),
            evidence={},
            verdict=application.verdict,
        )
        return _ticket(updated)

    def _get(self, account: str, arguments: Arguments) -> Document:
        name = arguments.string("SignName")
        signature = self._own(account, name)
        if signature is None or not self._visible(signature):
            raise _not_found(codes.NOT_FOUND, name)
        fields = statuses.shown_fields(signature, self._switches)
        filing = details(signature, self._switches, self._clock)
        return {
            "SignName": signature.text,
            "SignStatus": statuses.shown(signature, self._switches),
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
            "SignIspRegisterDetailList": filing,
        }

    def _list(self, account: str, arguments: Arguments) -> Document:
        index = self._within("PageIndex", arguments.integer("PageIndex", 1), None)
        size = self._within("PageSize", arguments.integer("PageSize", 10), MOST_A_PAGE)
        found = [each for each in self._desk.find(NAME, account) if self._visible(each)]
        if self._switches.text("alibaba.list_order") == "newest":
            found.reverse()
        page = found[(index - 1) * size : index * size]
        return {
            "SmsSignList": [self._item(signature) for signature in page],
            "TotalCount": len(found),
            "CurrentPage": index,
            "PageSize": size,
        }

    def _delete(self, account: str, arguments: Arguments) -> Document:
        name = arguments.string("SignName")
        signature = self._own(account, name)
        if signature is None:
            if self._switches.text("alibaba.delete_missing") == ACCEPTED:
                return {"SignName": name}
            raise _not_found(self._switches.text("alibaba.delete_missing"), name)
        if statuses.filed(signature) == statuses.IN_REVIEW:
            raise Refusal(codes.NOT_DELETABLE, "A signature in review can not be deleted.")
        self._desk.withdraw(NAME, signature.id)
        self._deleted[signature.id] = self._clock.now()
        return {"SignName": name}

    def _own(self, account: str, text: str) -> Signature | None:
        try:
            return self._desk.get(NAME, id_of(account, text))
        except UnknownSignatureError:
            return None

    def _order(self) -> str:
        return str(self._desk.next_number(NAME, FIRST_ORDER))

    def _visible(self, signature: Signature) -> bool:
        delay = self._switches.number("alibaba.visibility_delay")
        return self._clock.now() >= signature.created_at + delay

    def _check_twins(self, account: str, text: str) -> None:
        """Refuse a text that the account has already, or had until a moment ago."""
        held_until = self._deleted.get(id_of(account, text), 0.0)
        held_until += self._switches.number("alibaba.deleted_holds_name")
        ignores_case = self._switches.flag("alibaba.unique_ignores_case")
        twins = {each.text for each in self._desk.find(NAME, account)}
        if ignores_case:
            twins, text = {twin.casefold() for twin in twins}, text.casefold()
        if text in twins or self._clock.now() < held_until:
            raise Refusal(codes.EXISTS, "The SignName exists already.")

    def _check_day(self, account: str) -> None:
        """Refuse an application beyond the number of a day, China's time."""
        limit = int(self._switches.number("alibaba.applications_a_day"))
        today = moment(self._clock.now())[:10]
        applied = [moment(each.created_at)[:10] for each in self._desk.find(NAME, account)]
        if limit and applied.count(today) >= limit:
            raise Refusal(codes.TOO_MANY_A_DAY, f"{limit} signatures were applied for today.")

    def _within(self, name: str, number: int, most: int | None) -> int:
        nearest = max(1, number if most is None else min(number, most))
        if number == nearest or self._switches.text("alibaba.bad_page") == CLAMPED:
            return nearest
        bounds = "1 or more" if most is None else f"1 to {most}"
        raise Refusal(self._switches.text("alibaba.malformed_code"), f"{name} is {bounds}.")

    def _item(self, signature: Signature) -> JsonValue:
        fields = statuses.shown_fields(signature, self._switches)
        status = statuses.shown(signature, self._switches)
        reason: Document = {"RejectInfo": "", "RejectSubInfo": "", "RejectDate": ""}
        if status == statuses.REJECTED:
            reason["RejectInfo"] = signature.reason
            reason["RejectDate"] = moment(signature.reviewed_at)
        verification = fields.get("SignType") == VERIFICATION
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


def _ticket(signature: Signature) -> Document:
    return {"SignName": signature.text, "OrderId": signature.fields.get("OrderId")}


def _not_found(code: str, name: str) -> Refusal:
    return Refusal(code, f"There is no signature {name[:64]}.")


def _sign_code(signature_id: str) -> str:
    """Give the SignCode, which no operation takes: always the same for an id."""
    return f"SIGN_{int(hashlib.sha256(signature_id.encode()).hexdigest(), 16) % 10**15:015}"
