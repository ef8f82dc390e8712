"""What the service checks of an application: refusals at once, and objections for the reviewers.

Rules: vendor pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10), and the official SDK
3.1.153 for the qualification. Where these leave open whether a flaw is refused at once or in
review, a switch decides. A flaw left to the reviewers has the application rejected at submission.

Every QualificationId above 0 is an approved qualification, but for two kinds of test numbers: one
that ends in 404 doesn't exist, one that ends in 403 is not approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_smssign.sandbox.arguments import Arguments
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.objections import Objections
from pulumi_smssign.sandbox.review import Verdict
from pulumi_smssign.sandbox.shelf import Shelf
from pulumi_smssign.sandbox.switches import Switches
from pulumi_smssign.sandbox.tencent.codes import BAD_DOCUMENT_TYPE, BAD_PURPOSE, OTHER_ERROR
from pulumi_smssign.sandbox.tencent.contracts import (
    ADD,
    ALL_DOCUMENT_TYPES,
    DOCUMENT_TYPES,
    GLOBAL,
    MAINLAND,
    WITHDRAWN_DOCUMENT_TYPES,
    WITHDRAWN_SIGN_TYPES,
)
from pulumi_smssign.sandbox.tencent.files import decoded
from pulumi_smssign.sandbox.tencent.switches import REFUSED, plays_today

OWN_USE, FOR_OTHERS = 0, 1
"""SignPurpose."""

BRACKETS = frozenset("【】[]")
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Application:
    """A checked application; `verdict` is the rejection that its flaws bring about, if any."""

    name: str
    international: int
    fields: dict[str, int | str]
    evidence: Mapping[str, Evidence]
    verdict: Verdict | None


class Screening:
    """Checks one application; `kept` is the evidence that an empty image leaves in place."""

    def __init__(
        self,
        action: str,
        arguments: Arguments,
        switches: Switches,
        kept: Mapping[str, Evidence],
        shelf: Shelf,
    ) -> None:
        self._action = action
        self._arguments = arguments
        self._switches = switches
        self._kept = kept
        self._shelf = shelf
        self._objections = Objections(switches)
        self._international = arguments.integer("International")
        self._today = plays_today(switches)

    def application(self) -> Application:
        """Check everything and give what is to be filed.

        Raises:
            Refusal: for the first flaw that is refused at once.
        """
        self._check_international()
        self._check_purpose()
        self._check_name()
        self._check_types()
        self._check_qualification()
        self._check_remark()
        evidence = self._evidence()
        verdict = self._objections.verdict()
        name = self._arguments.string("SignName")
        return Application(name, self._international, self._fields(), evidence, verdict)

    def _flaw(self, switch: str, code: str, message: str) -> None:
        self._objections.meet(switch, Refusal(code, message))

    def _check_international(self) -> None:
        if self._international not in {MAINLAND, GLOBAL}:
            raise Refusal("InvalidParameterValue.InvalidInternational", "International is 0 or 1.")

    def _check_purpose(self) -> None:
        if self._arguments.integer("SignPurpose") in {OWN_USE, FOR_OTHERS}:
            return
        on_add = self._switches.text("tencent.add_purpose_code")
        raise Refusal(on_add if self._action == ADD else BAD_PURPOSE, "SignPurpose is 0 or 1.")

    def _check_name(self) -> None:
        name = self._arguments.string("SignName")
        site = "global" if self._international == GLOBAL else "mainland"
        limit = int(self._switches.number(f"tencent.name_limit_{site}"))
        if len(name) > limit:
            raise Refusal(
                "InvalidParameterValue.SignNameLengthTooLong",
                f"SignName has {len(name)} characters, {limit} are allowed.",
            )
        if len(name) < SHORTEST_NAME or BRACKETS.intersection(name):
            self._flaw(
                "tencent.bad_name",
                OTHER_ERROR,
                f"The name has {SHORTEST_NAME} characters or more, without brackets.",
            )

    def _check_types(self) -> None:
        sign_type = self._arguments.integer("SignType")
        document_type = self._arguments.integer("DocumentType")
        bad_sign_type = self._switches.text("tencent.bad_sign_type_code")
        if sign_type not in DOCUMENT_TYPES:
            raise Refusal(bad_sign_type, f"There is no SignType {sign_type}.")
        if document_type not in ALL_DOCUMENT_TYPES:
            raise Refusal(BAD_DOCUMENT_TYPE, f"There is no DocumentType {document_type}.")
        if self._today and sign_type in WITHDRAWN_SIGN_TYPES[self._international]:
            self._flaw(
                "tencent.withdrawn_types",
                bad_sign_type,
                f"SignType {sign_type} is no longer supported.",
            )
        if self._today and document_type in WITHDRAWN_DOCUMENT_TYPES[self._international]:
            self._flaw(
                "tencent.withdrawn_types",
                BAD_DOCUMENT_TYPE,
                f"DocumentType {document_type} is no longer supported.",
            )
        if document_type not in DOCUMENT_TYPES[sign_type]:
            self._flaw(
                "tencent.pair_mismatch",
                BAD_DOCUMENT_TYPE,
                f"DocumentType {document_type} does not go with SignType {sign_type}.",
            )

    def _check_qualification(self) -> None:
        if not self._today or self._international == GLOBAL:
            return
        qualification = self._arguments.integer("QualificationId")
        if "QualificationId" not in self._arguments:
            self._flaw(
                "tencent.missing_qualification",
                "InvalidParameterValue.QualificationIdNotFound",
                "A mainland signature needs the QualificationId of an approved qualification.",
            )
        elif qualification <= 0 or str(qualification).endswith("404"):
            raise Refusal(
                "InvalidParameterValue.QualificationIdNotFound",
                f"There is no qualification {qualification}.",
            )
        elif str(qualification).endswith("403"):
            raise Refusal(
                "FailedOperation.QualificationIdNotApproved",
                f"The qualification {qualification} is not approved.",
            )

    def _check_remark(self) -> None:
        limit = int(self._switches.number("tencent.remark_limit"))
        if limit and len(self._arguments.string("Remark")) > limit:
            raise Refusal(OTHER_ERROR, f"Remark has more than {limit} characters.")

    def _evidence(self) -> Mapping[str, Evidence]:
        evidence = {"ProofImage": self._image("ProofImage")}
        if self._arguments.integer("SignPurpose") != FOR_OTHERS:
            return evidence
        if "CommissionImage" in self._arguments:
            evidence["CommissionImage"] = self._image("CommissionImage")
        else:
            self._flaw(
                "tencent.missing_commission",
                "MissingParameter",
                "A signature for others needs a power of attorney (CommissionImage).",
            )
        return evidence

    def _image(self, name: str) -> Evidence:
        text = self._arguments.string(name)
        if not text and name in self._kept and self._keeps_empty():
            return self._kept[name]
        try:
            content = decoded(text, lenient=self._switches.text("tencent.base64") == "lenient")
        except ValueError:
            raise Refusal(
                "InvalidParameterValue.ImageInvalid",
                f"{name} is not Base64; the prefix 'data:image/jpeg;base64,' has to go.",
            ) from None
        evidence = self._shelf.take(content)
        limit = int(self._switches.number("tencent.image_limit"))
        if not content or evidence.size > limit:
            raise Refusal(
                "InvalidParameterValue.ImageInvalid",
                f"{name} has {evidence.size} bytes; 1 to {limit} are taken.",
            )
        images_only = self._switches.text("tencent.image_content") == "image"
        if images_only and evidence.media_type not in {"image/png", "image/jpeg"}:
            raise Refusal("InvalidParameterValue.ImageInvalid", f"{name} is not a PNG or JPEG.")
        return evidence

    def _keeps_empty(self) -> bool:
        return self._switches.text("tencent.modify_empty_image") != REFUSED

    def _fields(self) -> dict[str, int | str]:
        names = ("SignType", "DocumentType", "International", "SignPurpose")
        fields: dict[str, int | str] = {name: self._arguments.integer(name) for name in names}
        fields["Remark"] = self._arguments.string("Remark")
        if self._today:
            mainland = self._international == MAINLAND
            fields["QualificationId"] = (
                self._arguments.integer("QualificationId") if mainland else 0
            )
        return fields
