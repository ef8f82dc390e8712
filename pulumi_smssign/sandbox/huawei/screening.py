"""The check of an application: refusals at once, and objections for the reviewers.

Rules: vendor page "Creating an SMS Signature" (international, 2025-04-11) with its table of
sources; the China site's page (2025-12-02) for PROMOTION_TYPE and the qualification; the vendor's
FAQ for names and powers of attorney. Which of these are enforced, and when, no page says: of what
users meet switches decide, and the rest is the reviewers' to find. A flaw left to the reviewers has
the application rejected at submission.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from typing_extensions import override

from pulumi_smssign.sandbox import service
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.huawei.codes import BAD_TYPE, ServiceRefusal
from pulumi_smssign.sandbox.huawei.contracts import CHINA, LENGTHS, REQUIRED
from pulumi_smssign.sandbox.huawei.parameters import invalid
from pulumi_smssign.sandbox.service import Application

ENTERPRISE, APPLICATION, TRADEMARK = 0, 2, 5
"""signature_source; 1 website, 3 applet and 4 shop are discarded."""

SOURCES = frozenset({ENTERPRISE, APPLICATION, TRADEMARK})

TYPES = frozenset({"VERIFY_CODE_TYPE", "NOTIFY_TYPE"})
CHINA_TYPES = TYPES | {"PROMOTION_TYPE"}

_EVIDENCE: Mapping[int, tuple[str, ...]] = {
    APPLICATION: ("signature_related_file_id", "license_number"),
    TRADEMARK: ("signature_related_file_id", "registration_number"),
}
"""By source, what the page asks for besides the licence."""

_GOOD_NAME = re.compile(r"(?![0-9]+$)[0-9A-Za-z\u3400-\u9fff]{2,32}")
_QUALIFICATION = re.compile(r"[A-Za-z0-9_-]*")


class Screening(service.Screening[Document]):
    """The check of a document whose files were uploaded before, and are looked up after it."""

    @property
    def _china(self) -> bool:
        return self._switches.text("huawei.contract") == CHINA

    @override
    def application(self) -> Application:
        self._check_fields()
        self._check_texts()
        source = self._source()
        self._check_type()
        self._check_name()
        third_party = self._involves_third_party()
        self._check_evidence(source, third_party=third_party)
        self._check_qualification()
        known = {name: self._sent[name] for name in LENGTHS if name in self._sent}
        fields: Document = {**known, "signature_source": source}
        return Application(self._text("signature_name"), fields, {}, self._objections.verdict())

    def _text(self, name: str) -> str:
        value = self._sent.get(name, "")
        return value if isinstance(value, str) else ""

    def _flaw(self, switch: str, field: str, message: str) -> None:
        self._objections.meet(switch, invalid(field), message)

    def _check_fields(self) -> None:
        for name in REQUIRED:
            if name not in self._sent:
                raise invalid(name)
        unknown = self._sent.keys() - LENGTHS.keys() - {"signature_source"}
        if unknown:
            raise invalid(min(unknown)[:64])

    def _check_texts(self) -> None:
        for name, (fewest, most) in LENGTHS.items():
            value = self._sent.get(name)
            if value is None:
                continue
            if not isinstance(value, str) or not fewest <= len(value) <= most:
                raise invalid(name)
            if name in REQUIRED and not value.strip():
                raise invalid(name)

    def _source(self) -> int:
        """Read signature_source, also from the text that the page's own example sends."""
        value = self._sent["signature_source"]
        if isinstance(value, str) and re.fullmatch(r"[0-9]", value):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or value not in SOURCES:
            raise invalid("signature_source")
        if value == APPLICATION:
            message = "The names of apps are taken no more."
            self._flaw("huawei.app_source", "signature_source", message)
        return value

    def _check_type(self) -> None:
        signature_type = self._text("signature_type")
        if signature_type not in (CHINA_TYPES if self._china else TYPES):
            raise ServiceRefusal(BAD_TYPE, f"signature_type={signature_type}")

    def _check_name(self) -> None:
        if not _GOOD_NAME.fullmatch(self._text("signature_name")):
            self._objections.note(
                "The name has 2 to 32 Chinese characters, digits and letters, not digits only."
            )

    def _involves_third_party(self) -> bool:
        answer = self._text("is_involved_third")
        if answer not in {"Yes", "No"}:
            raise invalid("is_involved_third")
        return answer == "Yes"

    def _check_evidence(self, source: int, *, third_party: bool) -> None:
        wanted = _EVIDENCE.get(source, ())
        if third_party:
            wanted = (*wanted, "power_attorney_fileid")
        for name in wanted:
            if not self._text(name):
                self._objections.note(f"{name} is missing.")

    def _check_qualification(self) -> None:
        qualification = self._text("qualification_id")
        if not _QUALIFICATION.fullmatch(qualification):
            raise invalid("qualification_id")
        if self._china and not qualification:
            message = "A qualification (qualification_id) is missing."
            self._flaw("huawei.missing_qualification", "qualification_id", message)
