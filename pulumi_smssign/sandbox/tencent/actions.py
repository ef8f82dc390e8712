"""The four signature actions: AddSmsSign, ModifySmsSign, DescribeSmsSignList, DeleteSmsSign."""

from __future__ import annotations

import itertools

from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.parameters import Arguments
from pulumi_smssign.sandbox.service import ERROR, Application, Service
from pulumi_smssign.sandbox.tencent import contracts, statuses
from pulumi_smssign.sandbox.tencent.screening import Screening

FIRST_SIGN_ID = 730001
MOST_IDS = 100
MOST_A_PAGE = 100
DEFAULT_PAGE = 10


class Actions(Service[Arguments]):
    """The SMS service behind the gateway."""

    screening = Screening

    def perform(self, action: str, account: str, arguments: Arguments) -> Document:
        """Perform an action for an account and give its answer's own keys, or raise a Refusal."""
        perform = {
            contracts.ADD: self._add,
            contracts.MODIFY: self._modify,
            contracts.DESCRIBE: self._describe,
            contracts.DELETE: self._delete,
        }[action]
        with self._desk.transaction():
            return perform(account, arguments)

    def _add(self, account: str, arguments: Arguments) -> Document:
        application = self._screened(account, arguments)
        number = self._desk.next_number(self._vendor, FIRST_SIGN_ID)
        self._submit(account, str(number), application)
        return {"AddSignStatus": {"SignId": number}}

    def _modify(self, account: str, arguments: Arguments) -> Document:
        number = arguments.integer("SignId")
        signature = self._own(account, str(number))
        if signature is None:
            code = "FailedOperation.MissingSignatureToModify"
            raise Refusal(code, f"There is no signature {number}.")
        if arguments.integer("International") != _international(signature):
            message = "International is not the one of the signature to be modified."
            raise Refusal(contracts.BAD_INTERNATIONAL, message)
        self._check_modifiable(signature)
        self._resubmit(signature, self._screened(account, arguments, signature))
        return {"ModifySignStatus": {"SignId": number}}

    def _describe(self, account: str, arguments: Arguments) -> Document:
        international = arguments.integer("International")
        if international not in {contracts.MAINLAND, contracts.GLOBAL}:
            raise Refusal(contracts.BAD_INTERNATIONAL, "International is 0 or 1.")
        must_name = self._switches.text("tencent.missing_sign_id_set") == ERROR
        if must_name and "SignIdSet" not in arguments:
            raise Refusal(
                "MissingParameter", "The request is missing a required parameter `SignIdSet`."
            )
        numbers = arguments.integers("SignIdSet")
        if len(numbers) > MOST_IDS:
            message = f"SignIdSet has {len(numbers)} ids, {MOST_IDS} are allowed."
            raise Refusal(contracts.OTHER_ERROR, message)
        if numbers:
            own = (self._own(account, str(number)) for number in dict.fromkeys(numbers))
            signatures = [each for each in own if each is not None and self._is_visible(each)]
        else:
            signatures = self._page(account, arguments, international)
        return {"DescribeSignListStatusSet": [self._item(signature) for signature in signatures]}

    def _delete(self, account: str, arguments: Arguments) -> Document:
        number = arguments.integer("SignId")
        signature = self._own(account, str(number))
        if signature is None:
            code = "FailedOperation.SignIdNotExist"
            raise Refusal(code, f"There is no signature {number}.")
        self._desk.withdraw(self._vendor, signature.id)
        return {
            "DeleteSignStatus": {
                "DeleteStatus": "return successfully!",
                "DeleteTime": int(self._clock.now()),
            }
        }

    def _status(self, signature: Signature) -> int:
        return statuses.shown_status(signature, self._switches, self._clock)

    def _check_modifiable(self, signature: Signature) -> None:
        status = self._status(signature)
        if status in {statuses.APPROVED, statuses.PASSED_NOT_EFFECTIVE}:
            message = "This signature has been approved and cannot be modified again."
            raise Refusal(contracts.ALREADY_PASSED, message)
        if status not in {statuses.PENDING, statuses.REJECTED}:
            raise Refusal(
                contracts.OTHER_ERROR, f"A signature in status {status} can not be modified."
            )

    @override
    def _check_twin(self, twin: Signature, application: Application) -> None:
        """Refuse a name that another signature of its kind bears, unless that one is rejected."""
        status = self._status(twin)
        is_of_its_kind = _international(twin) == application.fields["International"]
        if status == statuses.REJECTED or not is_of_its_kind:
            return
        if status == statuses.PENDING:
            message = "The same signature pending review already exists."
            raise Refusal(contracts.IN_REVIEW_ALREADY, message)
        message = "A signature with this name has been approved already."
        raise Refusal(contracts.ALREADY_PASSED, message)

    def _page(self, account: str, arguments: Arguments, international: int) -> list[Signature]:
        limit = arguments.integer("Limit", DEFAULT_PAGE)
        offset = arguments.integer("Offset")
        if not 1 <= limit <= MOST_A_PAGE:
            raise Refusal("InvalidParameterValue.LimitVerifyFail", f"Limit is 1 to {MOST_A_PAGE}.")
        if offset < 0:
            raise Refusal("InvalidParameterValue.OffsetVerifyFail", "Offset is 0 or more.")
        listed = (each for each in self._listed(account) if _international(each) == international)
        return list(itertools.islice(listed, offset, offset + limit))

    def _item(self, signature: Signature) -> JsonValue:
        number = signature.fields.get("QualificationId") or 0
        return {
            "SignId": int(signature.id),
            "International": _international(signature),
            "StatusCode": self._status(signature),
            "ReviewReply": signature.reason,
            "SignName": signature.text,
            "CreateTime": int(signature.submitted_at),
            "QualificationId": number,
            "QualificationName": f"Sandbox Ltd_{number}" if number else "",
            "QualificationStatusCode": signature.fields.get(
                "QualificationStatusCode", 1 if number else 0
            ),
        }


def _international(signature: Signature) -> int:
    is_global = signature.fields.get("International") == contracts.GLOBAL
    return contracts.GLOBAL if is_global else contracts.MAINLAND
