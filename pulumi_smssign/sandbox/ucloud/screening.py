"""What the service checks of an application: refusals at once, and objections for the reviewers.

Rules: vendor pages UpdateUSMSSignature (seed 003) and CreateUSMSSignature (2026-08), USMS audit
rules and notice (2026-07). The pages don't say which flaws are refused at once and which in review:
switches decide. A flaw left to the reviewers has the application rejected at submission.

Every QualificationId is an approved qualification, but one that ends in 404 doesn't exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_smssign.sandbox.arguments import Arguments
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.objections import Objections
from pulumi_smssign.sandbox.review import Verdict
from pulumi_smssign.sandbox.shelf import Shelf
from pulumi_smssign.sandbox.switches import Switches
from pulumi_smssign.sandbox.ucloud.codes import INVALID, MALFORMED, MISSING, parameter_refusal
from pulumi_smssign.sandbox.ucloud.contracts import FOR_OTHERS, OWN_USE, TYPES, WITHDRAWN_TYPES
from pulumi_smssign.sandbox.ucloud.files import decoded

SHORTEST, LONGEST = 2, 12
"""Characters of SigContent, each counted as 1."""

MEDIA_TYPES = frozenset({"image/png", "image/jpeg", "application/pdf"})

_BRACKETS = frozenset("【】[]")
_AUDITED = re.compile(r"[\u3400-\u9fffA-Za-z0-9_]*")


@dataclass(frozen=True)
class Application:
    """A checked application; `verdict` is the rejection that its flaws bring about, if any."""

    text: str
    international: bool
    fields: Document
    evidence: Mapping[str, Evidence]
    verdict: Verdict | None


class Screening:
    """Checks one application; `before` is the signature that it changes, None for a new one."""

    def __init__(
        self, arguments: Arguments, switches: Switches, before: Signature | None, shelf: Shelf
    ) -> None:
        self._arguments = arguments
        self._switches = switches
        self._before = before
        self._shelf = shelf
        self._objections = Objections(switches)
        self._fields: Document = dict(before.fields) if before else {}
        self._fields.update(self._sent())

    def application(self) -> Application:
        """Check everything and give what is to be filed.

        Raises:
            Refusal: for the first flaw that is refused at once.
        """
        self._check_types()
        self._check_content()
        self._check_qualification()
        evidence = self._evidence()
        verdict = self._objections.verdict()
        text = self._arguments.string("SigContent")
        return Application(text, self._international, self._fields, evidence, verdict)

    @property
    def _international(self) -> bool:
        return self._fields.get("International") is True

    def _sent(self) -> Document:
        """Give the fields that the call sets: all of them if it creates, else those that it has."""
        sent = self._arguments
        fields: Document = {
            name: sent.integer(name) for name in ("SigType", "SigPurpose", "CertificateType")
        }
        if "CertificateType" not in sent:
            fields["CertificateType"] = sent.integer("SigType")
        if self._before is None:
            fields["International"] = sent.flag("International")
            fields.update({name: sent.string(name) for name in ("Description", "QualificationId")})
        if self._before is None or "SceneDesc" in sent:
            fields["SceneDesc"] = sent.string("SceneDesc")
        return fields

    def _refusal(self, code: int, name: str, message: str) -> Refusal:
        return parameter_refusal(self._switches.text("ucloud.parameter_codes"), code, name, message)

    def _flaw(self, switch: str, code: int, name: str, message: str) -> None:
        self._objections.meet(switch, self._refusal(code, name, message), message)

    def _check_types(self) -> None:
        sig_type = self._arguments.integer("SigType")
        certificate_type = self._arguments.integer("CertificateType")
        if sig_type not in TYPES:
            raise self._refusal(INVALID, "SigType", f"there is no SigType {sig_type}")
        if certificate_type not in TYPES:
            raise self._refusal(
                INVALID, "CertificateType", f"there is no CertificateType {certificate_type}"
            )
        if self._arguments.integer("SigPurpose") not in {OWN_USE, FOR_OTHERS}:
            raise self._refusal(INVALID, "SigPurpose", "SigPurpose is 0 or 1")
        if self._fields["CertificateType"] != sig_type:
            self._flaw(
                "ucloud.pair_mismatch",
                INVALID,
                "CertificateType",
                f"CertificateType {certificate_type} does not go with SigType {sig_type}",
            )
        if sig_type in WITHDRAWN_TYPES and not self._international:
            self._flaw(
                "ucloud.withdrawn_types",
                INVALID,
                "SigType",
                f"SigType {sig_type} can no longer be registered in mainland China",
            )

    def _check_content(self) -> None:
        text = self._arguments.string("SigContent")
        audited = self._switches.text("ucloud.content_rules") == "audit"
        if not SHORTEST <= len(text) <= LONGEST:
            flaw = f"has {len(text)} characters; {SHORTEST} to {LONGEST} are allowed"
        elif _BRACKETS.intersection(text):
            flaw = "has brackets, which the platform adds"
        elif audited and not _AUDITED.fullmatch(text):
            flaw = "has more than Chinese, Latin letters, digits and underscores"
        else:
            return
        self._flaw("ucloud.bad_content", INVALID, "SigContent", f"SigContent {flaw}")

    def _check_qualification(self) -> None:
        qualification = self._arguments.string("QualificationId")
        if qualification.endswith("404"):
            raise self._refusal(
                INVALID, "QualificationId", f"there is no qualification {qualification}"
            )

    def _evidence(self) -> Mapping[str, Evidence]:
        sent = {
            name: self._file(name)
            for name, url in (("File", "Document"), ("ProxyFile", "ProxyDoc"))
            if name in self._arguments and not self._stays(url)
        }
        evidence = {**(self._before.evidence if self._before else {}), **sent}
        proved = "File" in evidence or "Document" in self._arguments
        if not proved and not self._fields["QualificationId"]:
            self._flaw(
                "ucloud.missing_proof",
                MISSING,
                "File",
                "neither a proof document (File) nor a QualificationId was given",
            )
        authorised = "ProxyFile" in self._arguments or "ProxyDoc" in self._arguments
        if self._arguments.integer("SigPurpose") == FOR_OTHERS and not authorised:
            self._flaw(
                "ucloud.missing_proxy",
                MISSING,
                "ProxyFile",
                "a signature for others needs an authorization letter (ProxyFile)",
            )
        return evidence

    def _stays(self, url: str) -> bool:
        """Tell whether the document at `url` counts and not the file that is sent beside it."""
        return (
            url in self._arguments
            and self._switches.text("ucloud.file_beside_document") == "document"
        )

    def _file(self, name: str) -> Evidence:
        try:
            content, encoded_size = decoded(
                self._arguments.string(name),
                documented=self._switches.text("ucloud.file_format") == "documented",
                lenient=self._switches.text("ucloud.base64") == "lenient",
            )
        except ValueError as error:
            raise self._refusal(MALFORMED, name, f"{name} {error}") from None
        if not content:
            raise self._refusal(INVALID, name, f"{name} is an empty file")
        evidence = self._shelf.take(content)
        by_encoded = self._switches.text("ucloud.file_limit_measures") == "encoded"
        size = encoded_size if by_encoded else evidence.size
        limit = int(self._switches.number("ucloud.file_limit"))
        if limit and size > limit:
            self._flaw(
                "ucloud.file_too_large",
                INVALID,
                name,
                f"{name} has {size} bytes; {limit} are allowed",
            )
        if evidence.media_type not in MEDIA_TYPES:
            self._flaw("ucloud.file_content", INVALID, name, f"{name} is no PNG, JPEG or PDF")
        return evidence
