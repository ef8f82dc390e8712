"""The four signature actions: AddSmsSign, ModifySmsSign, DescribeSmsSignList, DeleteSmsSign."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import JsonValue

from pulumi_smssign.sandbox.arguments import Arguments
from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Desk, Signature, UnknownSignatureError
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.objections import ACCEPTED
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.switches import Switches
from pulumi_smssign.sandbox.tencent.codes import (
    ALREADY_PASSED,
    BAD_LIMIT,
    IN_REVIEW_ALREADY,
    NOTHING_TO_MODIFY,
    OTHER_ERROR,
)
from pulumi_smssign.sandbox.tencent.contracts import (
    ADD,
    DELETE,
    DESCRIBE,
    GLOBAL,
    MAINLAND,
    MODIFY,
    NAME,
)
from pulumi_smssign.sandbox.tencent.screening import Application, Screening
from pulumi_smssign.sandbox.tencent.statuses import (
    APPROVED,
    PASSED_NOT_EFFECTIVE,
    PENDING,
    REJECTED,
    shown,
)
from pulumi_smssign.sandbox.tencent.switches import REFUSED, plays_today

FIRST_SIGN_ID = 730001
MOST_IDS = 100
MOST_A_PAGE = 100
DEFAULT_PAGE = 10


class Actions:
    """The SMS service behind the gateway."""

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        self._desk = desk
        self._switches = switches
        self._clock = clock
        self._by_name: Mapping[str, Callable[[str, Arguments], Document]] = {
            ADD: self._add,
            MODIFY: self._modify,
            DESCRIBE: self._describe,
            DELETE: self._delete,
        }

    def perform(self, action: str, account: str, arguments: Arguments) -> Document:
        """Perform an action for an account and give the answer's keys.

        Raises:
            Refusal: with a code of the service.
        """
        if not self._switches.flag("tencent.enterprise"):
            raise Refusal(
                "FailedOperation.NotEnterpriseCertification",
                "Individual users can not use the APIs of signatures.",
            )
        with self._desk.transaction():
            return self._by_name[action](account, arguments)

    def _add(self, account: str, arguments: Arguments) -> Document:
        application = self._screened(ADD, arguments, {})
        self._check_twins(account, application, None)
        limit = int(self._switches.number("tencent.sign_limit"))
        if limit and len(self._desk.find(NAME, account)) >= limit:
            raise Refusal(
                "FailedOperation.SignNumberLimit", f"The account has {limit} signatures already."
            )
        number = self._desk.next_number(NAME, FIRST_SIGN_ID)
        self._desk.submit(
            NAME,
            account,
            signature_id=str(number),
            text=application.name,
            fields=dict(application.fields),
            evidence=application.evidence,
            verdict=application.verdict,
        )
        return {"AddSignStatus": {"SignId": number}}

    def _modify(self, account: str, arguments: Arguments) -> Document:
        number = arguments.integer("SignId")
        signature = self._own(account, number)
        if signature is None:
            raise Refusal(NOTHING_TO_MODIFY, f"There is no signature {number}.")
        if arguments.integer("International", -1) != _international(signature):
            raise Refusal(
                "InvalidParameterValue.InvalidInternational",
                "International is not the one of the signature to be modified.",
            )
        self._check_modifiable(signature)
        application = self._screened(MODIFY, arguments, signature.evidence)
        self._check_twins(account, application, signature)
        self._desk.resubmit(
            NAME,
            signature.id,
            text=application.name,
            fields=dict(application.fields),
            evidence=application.evidence,
            verdict=application.verdict,
        )
        return {"ModifySignStatus": {"SignId": number}}

    def _describe(self, account: str, arguments: Arguments) -> Document:
        international = arguments.integer("International")
        if international not in {MAINLAND, GLOBAL}:
            raise Refusal("InvalidParameterValue.InvalidInternational", "International is 0 or 1.")
        if "SignIdSet" not in arguments:
            self._check_may_list()
        numbers = arguments.integers("SignIdSet")
        if len(numbers) > MOST_IDS:
            raise Refusal(
                self._switches.text("tencent.too_many_ids_code"),
                f"SignIdSet has {len(numbers)} ids, {MOST_IDS} are allowed.",
            )
        if numbers:
            found = self._by_ids(account, numbers, international)
        else:
            found = self._page(account, arguments, international)
        return {"DescribeSignListStatusSet": [self._item(signature) for signature in found]}

    def _delete(self, account: str, arguments: Arguments) -> Document:
        number = arguments.integer("SignId")
        signature = self._own(account, number)
        if signature is None:
            code = self._switches.text("tencent.delete_missing_code")
            raise Refusal(code, f"There is no signature {number}.")
        status = self._status(signature)
        switch = {PENDING: "tencent.delete_in_review", APPROVED: "tencent.delete_approved"}
        if status in switch and self._switches.text(switch[status]) == REFUSED:
            raise Refusal(OTHER_ERROR, f"A signature in status {status} can not be deleted.")
        self._desk.withdraw(NAME, signature.id)
        return {
            "DeleteSignStatus": {
                "DeleteStatus": "return successfully!",
                "DeleteTime": int(self._clock.now()),
            }
        }

    def _status(self, signature: Signature) -> int:
        return shown(signature, self._switches, self._clock)

    def _screened(
        self, action: str, arguments: Arguments, kept: Mapping[str, Evidence]
    ) -> Application:
        shelf = self._desk.shelf
        return Screening(action, arguments, self._switches, kept, shelf).application()

    def _own(self, account: str, number: int) -> Signature | None:
        try:
            signature = self._desk.get(NAME, str(number))
        except UnknownSignatureError:
            return None
        return signature if signature.account == account else None

    def _check_modifiable(self, signature: Signature) -> None:
        status = self._status(signature)
        taken = {PENDING, REJECTED}
        if self._switches.text("tencent.modify_status_2") == ACCEPTED:
            taken.add(PASSED_NOT_EFFECTIVE)
        if status in taken:
            return
        if status in {APPROVED, PASSED_NOT_EFFECTIVE}:
            raise Refusal(
                ALREADY_PASSED, "This signature has been approved and cannot be modified again."
            )
        raise Refusal(OTHER_ERROR, f"A signature in status {status} can not be modified.")

    def _check_twins(
        self, account: str, application: Application, itself: Signature | None
    ) -> None:
        """Refuse a name that another signature bears, unless that one is rejected."""
        for twin in self._desk.find(NAME, account):
            if itself is not None and twin.id == itself.id:
                continue
            status = self._status(twin)
            if status == REJECTED or not self._same_name(twin, application):
                continue
            if status == PENDING:
                raise Refusal(
                    IN_REVIEW_ALREADY, "The same signature pending review already exists."
                )
            code = self._switches.text("tencent.approved_duplicate_code")
            raise Refusal(code, "A signature with this name has been approved already.")

    def _same_name(self, signature: Signature, application: Application) -> bool:
        apart = self._switches.flag("tencent.unique_per_international")
        if apart and _international(signature) != application.international:
            return False
        if self._switches.flag("tencent.unique_ignores_case"):
            return signature.text.casefold() == application.name.casefold()
        return signature.text == application.name

    def _check_may_list(self) -> None:
        setting = self._switches.text("tencent.missing_sign_id_set")
        if setting == "list" or (setting == "contract" and plays_today(self._switches)):
            return
        raise Refusal(
            "MissingParameter", "The request is missing a required parameter `SignIdSet`."
        )

    def _by_ids(self, account: str, numbers: list[int], international: int) -> list[Signature]:
        filtered = self._switches.flag("tencent.ids_filter_international")
        own = (self._own(account, number) for number in dict.fromkeys(numbers))
        return [
            signature
            for signature in own
            if signature is not None
            and self._visible(signature)
            and (not filtered or _international(signature) == international)
        ]

    def _page(self, account: str, arguments: Arguments, international: int) -> list[Signature]:
        limit = arguments.integer("Limit", DEFAULT_PAGE)
        offset = arguments.integer("Offset")
        if not 1 <= limit <= MOST_A_PAGE:
            raise Refusal(BAD_LIMIT, f"Limit is 1 to {MOST_A_PAGE}.")
        if offset < 0:
            raise Refusal("InvalidParameterValue.OffsetVerifyFail", "Offset is 0 or more.")
        listed = [
            signature
            for signature in self._desk.find(NAME, account)
            if self._visible(signature) and _international(signature) == international
        ]
        if self._switches.text("tencent.list_order") == "newest":
            listed.reverse()
        return listed[offset : offset + limit]

    def _visible(self, signature: Signature) -> bool:
        delay = self._switches.number("tencent.visibility_delay")
        return self._clock.now() >= signature.created_at + delay

    def _item(self, signature: Signature) -> JsonValue:
        first = self._switches.text("tencent.modify_create_time") == "first"
        item: Document = {
            "SignId": int(signature.id),
            "International": _international(signature),
            "StatusCode": self._status(signature),
            "ReviewReply": self._review_reply(signature),
            "SignName": signature.text,
            "CreateTime": int(signature.created_at if first else signature.submitted_at),
        }
        if plays_today(self._switches):
            number = signature.fields.get("QualificationId") or 0
            item["QualificationId"] = number
            item["QualificationName"] = f"Sandbox Ltd_{number}" if number else ""
            item["QualificationStatusCode"] = signature.fields.get(
                "QualificationStatusCode", 1 if number else 0
            )
        return item

    def _review_reply(self, signature: Signature) -> str:
        if signature.reason or self._switches.text("tencent.modify_review_reply") == "cleared":
            return signature.reason
        if signature.status is not Status.PENDING:
            return ""
        return next((event.reason for event in reversed(signature.history) if event.reason), "")


def _international(signature: Signature) -> int:
    return GLOBAL if signature.fields.get("International") == GLOBAL else MAINLAND
