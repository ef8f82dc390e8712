"""The check of an application: refusals at once, and objections for the reviewers.

Rules: vendor pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10), and the official SDK
3.1.153 for the qualification. Where these leave open whether a flaw is refused at once or in
review, a code that fits it says at once, and a switch decides of what users meet. A flaw left to
the reviewers has the application rejected at submission.

Every QualificationId above 0 is an approved qualification, but for two kinds of test numbers: one
that ends in 404 doesn't exist, one that ends in 403 is not approved.
"""

from __future__ import annotations

from collections.abc import Mapping

from typing_extensions import override

from pulumi_smssign.sandbox import service
from pulumi_smssign.sandbox.evidence import Evidence, from_base64
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.parameters import Arguments
from pulumi_smssign.sandbox.service import Application
from pulumi_smssign.sandbox.tencent import contracts

OWN_USE, FOR_OTHERS = 0, 1
"""SignPurpose."""

BRACKETS = frozenset("【】[]")
SHORTEST_NAME = 2


class Screening(service.Screening[Arguments]):
    """The check of a call's arguments."""

    @property
    def _international(self) -> int:
        return self._sent.integer("International")

    @override
    def application(self) -> Application:
        self._check_international()
        self._check_purpose()
        self._check_name()
        self._check_types()
        self._check_qualification()
        evidence = self._evidence()
        name = self._sent.string("SignName")
        return Application(name, self._fields(), evidence, self._objections.verdict())

    def _flaw(self, switch: str, code: str, message: str) -> None:
        self._objections.meet(switch, Refusal(code, message))

    def _check_international(self) -> None:
        if self._international not in {contracts.MAINLAND, contracts.GLOBAL}:
            raise Refusal(contracts.BAD_INTERNATIONAL, "International is 0 or 1.")

    def _check_purpose(self) -> None:
        if self._sent.integer("SignPurpose") in {OWN_USE, FOR_OTHERS}:
            return
        name = "InvalidUsedMethod" if self._before is None else "InvalidSignPurpose"
        raise Refusal(f"InvalidParameterValue.{name}", "SignPurpose is 0 or 1.")

    def _check_name(self) -> None:
        name = self._sent.string("SignName")
        limit = int(self._switches.number("tencent.name_limit_mainland"))
        if self._international == contracts.GLOBAL:
            limit = contracts.LONGEST_GLOBAL_NAME
        if len(name) > limit:
            raise Refusal(
                "InvalidParameterValue.SignNameLengthTooLong",
                f"SignName has {len(name)} characters, {limit} are allowed.",
            )
        if len(name) < SHORTEST_NAME or BRACKETS.intersection(name):
            self._objections.note(
                f"The name has {SHORTEST_NAME} characters or more, without brackets."
            )

    def _check_types(self) -> None:
        sign_type = self._sent.integer("SignType")
        document_type = self._sent.integer("DocumentType")
        if sign_type not in contracts.DOCUMENT_TYPES:
            raise Refusal(contracts.OTHER_ERROR, f"There is no SignType {sign_type}.")
        if document_type not in contracts.ALL_DOCUMENT_TYPES:
            raise Refusal(contracts.BAD_DOCUMENT_TYPE, f"There is no DocumentType {document_type}.")
        if sign_type in contracts.WITHDRAWN_SIGN_TYPES[self._international]:
            message = f"SignType {sign_type} is no longer supported."
            self._flaw("tencent.withdrawn_types", contracts.OTHER_ERROR, message)
        if document_type in contracts.WITHDRAWN_DOCUMENT_TYPES[self._international]:
            message = f"DocumentType {document_type} is no longer supported."
            self._flaw("tencent.withdrawn_types", contracts.BAD_DOCUMENT_TYPE, message)
        if document_type not in contracts.DOCUMENT_TYPES[sign_type]:
            message = f"DocumentType {document_type} does not go with SignType {sign_type}."
            raise Refusal(contracts.BAD_DOCUMENT_TYPE, message)

    def _check_qualification(self) -> None:
        if self._international == contracts.GLOBAL:
            return
        qualification = self._sent.integer("QualificationId")
        if "QualificationId" not in self._sent:
            self._flaw(
                "tencent.missing_qualification",
                contracts.NO_QUALIFICATION,
                "A mainland signature needs the QualificationId of an approved qualification.",
            )
        elif qualification <= 0 or str(qualification).endswith("404"):
            raise Refusal(contracts.NO_QUALIFICATION, f"There is no qualification {qualification}.")
        elif str(qualification).endswith("403"):
            raise Refusal(
                "FailedOperation.QualificationIdNotApproved",
                f"The qualification {qualification} is not approved.",
            )

    def _evidence(self) -> Mapping[str, Evidence]:
        evidence = {"ProofImage": self._image("ProofImage")}
        if self._sent.integer("SignPurpose") != FOR_OTHERS:
            return evidence
        if "CommissionImage" in self._sent:
            evidence["CommissionImage"] = self._image("CommissionImage")
        else:
            self._objections.note(
                "A signature for others needs a power of attorney (CommissionImage)."
            )
        return evidence

    def _image(self, name: str) -> Evidence:
        text = self._sent.string(name)
        if not text and self._before is not None and name in self._before.evidence:
            return self._before.evidence[name]
        try:
            content = from_base64(text)
        except ValueError:
            message = f"{name} is not Base64; the prefix 'data:image/jpeg;base64,' has to go."
            raise Refusal(contracts.BAD_IMAGE, message) from None
        evidence = self._shelf.take(content)
        if not 1 <= evidence.size <= contracts.LARGEST_IMAGE:
            message = f"{name} has {evidence.size} bytes; 1 to {contracts.LARGEST_IMAGE} are taken."
            raise Refusal(contracts.BAD_IMAGE, message)
        if evidence.media_type not in {"image/png", "image/jpeg"}:
            raise Refusal(contracts.BAD_IMAGE, f"{name} is not a PNG or JPEG.")
        return evidence

    def _fields(self) -> Document:
        names = ("SignType", "DocumentType", "International", "SignPurpose", "QualificationId")
        fields: Document = {name: self._sent.integer(name) for name in names}
        if self._international == contracts.GLOBAL:
            fields["QualificationId"] = 0
        return {**fields, "Remark": self._sent.string("Remark")}
