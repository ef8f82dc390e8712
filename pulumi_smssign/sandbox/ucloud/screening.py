"""The check of an application: refusals at once, and objections for the reviewers.

Rules: vendor pages UpdateUSMSSignature (seed 003) and CreateUSMSSignature (2026-08), USMS audit
rules and notice (2026-07). The pages don't say which flaws are refused at once and which in review:
switches decide of those that users meet. A flaw left to the reviewers has the application rejected
at submission.

Every QualificationId is an approved qualification, but one that ends in 404 doesn't exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from typing_extensions import override

from pulumi_smssign.sandbox import service
from pulumi_smssign.sandbox.evidence import Evidence, from_base64
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.parameters import Arguments
from pulumi_smssign.sandbox.service import Application
from pulumi_smssign.sandbox.ucloud import contracts
from pulumi_smssign.sandbox.ucloud.codes import INVALID, MALFORMED, MISSING, parameter_refusal

MEDIA_TYPES = frozenset({"image/png", "image/jpeg", "application/pdf"})

_BRACKETS = frozenset("【】[]")
_AUDITED = re.compile(r"[\u3400-\u9fffA-Za-z0-9_]*")
_PREFIX = re.compile(r"(?P<scheme>data:)?[a-z]+/[a-z0-9.+-]+;base64,", re.IGNORECASE)
"""The page of Update says `[file type];[code type],[base64]` and has bare Base64 in its example;
the vendor's acceptance scenario (2025-05) sends data URIs."""


class Screening(service.Screening[Arguments]):
    """The check of a call's arguments."""

    @override
    def application(self) -> Application:
        self._check_types()
        self._check_content()
        self._check_qualification()
        evidence = self._evidence()
        text = self._sent.string("SigContent")
        return Application(text, self._fields, evidence, self._objections.verdict())

    @cached_property
    def _fields(self) -> Document:
        """The fields after the call, which sets all of them if it creates, else those it has."""
        sent = self._sent
        fields = dict(self._before.fields) if self._before else {}
        fields.setdefault("ProjectId", sent.string("ProjectId"))
        for name in ("SigType", "SigPurpose", "CertificateType"):
            fields[name] = sent.integer(name)
        if "CertificateType" not in sent:
            fields["CertificateType"] = sent.integer("SigType")
        if self._before is None:
            fields["International"] = sent.flag("International")
            fields.update({name: sent.string(name) for name in ("Description", "QualificationId")})
        if self._before is None or "SceneDesc" in sent:
            fields["SceneDesc"] = sent.string("SceneDesc")
        return fields

    def _refusal(self, code: int, name: str, message: str) -> Refusal:
        return parameter_refusal(self._switches, code, name, message)

    def _flaw(self, switch: str, code: int, name: str, message: str) -> None:
        self._objections.meet(switch, self._refusal(code, name, message), message)

    def _check_types(self) -> None:
        sig_type = self._sent.integer("SigType")
        certificate_type = self._sent.integer("CertificateType")
        if sig_type not in contracts.TYPES:
            raise self._refusal(INVALID, "SigType", f"there is no SigType {sig_type}")
        if certificate_type not in contracts.TYPES:
            raise self._refusal(
                INVALID, "CertificateType", f"there is no CertificateType {certificate_type}"
            )
        if self._sent.integer("SigPurpose") not in {contracts.OWN_USE, contracts.FOR_OTHERS}:
            raise self._refusal(INVALID, "SigPurpose", "SigPurpose is 0 or 1")
        if self._fields["CertificateType"] != sig_type:
            message = f"CertificateType {certificate_type} does not go with SigType {sig_type}"
            raise self._refusal(INVALID, "CertificateType", message)
        if sig_type in contracts.WITHDRAWN_TYPES and self._fields.get("International") is not True:
            message = f"SigType {sig_type} can no longer be registered in mainland China"
            self._flaw("ucloud.withdrawn_types", INVALID, "SigType", message)

    def _check_content(self) -> None:
        text = self._sent.string("SigContent")
        shortest, longest = contracts.SHORTEST, contracts.LONGEST
        if not shortest <= len(text) <= longest:
            allowed = f"{shortest} to {longest} are allowed"
            self._objections.note(f"SigContent has {len(text)} characters; {allowed}")
        elif _BRACKETS.intersection(text):
            self._objections.note("SigContent has brackets, which the platform adds")
        elif not _AUDITED.fullmatch(text):
            flaw = "SigContent has more than Chinese, Latin letters, digits and underscores"
            self._flaw("ucloud.bad_content", INVALID, "SigContent", flaw)

    def _check_qualification(self) -> None:
        qualification = self._sent.string("QualificationId")
        if qualification.endswith("404"):
            raise self._refusal(
                INVALID, "QualificationId", f"there is no qualification {qualification}"
            )

    def _evidence(self) -> Mapping[str, Evidence]:
        earlier = self._before.evidence if self._before else {}
        sent = {name: self._file(name) for name in ("File", "ProxyFile") if name in self._sent}
        evidence = {**earlier, **sent}
        proved = "File" in evidence or "Document" in self._sent
        if not proved and not self._fields["QualificationId"]:
            message = "neither a proof document (File) nor a QualificationId was given"
            self._flaw("ucloud.missing_proof", MISSING, "File", message)
        authorised = "ProxyFile" in self._sent or "ProxyDoc" in self._sent
        if self._sent.integer("SigPurpose") == contracts.FOR_OTHERS and not authorised:
            message = "a signature for others needs an authorization letter (ProxyFile)"
            raise self._refusal(MISSING, "ProxyFile", message)
        return evidence

    def _file(self, name: str) -> Evidence:
        text = self._sent.string(name)
        prefix = _PREFIX.match(text)
        is_documented = prefix is not None and not prefix["scheme"]
        if self._switches.text("ucloud.file_format") == "documented" and not is_documented:
            message = f"{name} is not in the form [file type];[code type],[base64]"
            raise self._refusal(MALFORMED, name, message)
        try:
            content = from_base64(without_prefix(text))
        except ValueError:
            raise self._refusal(MALFORMED, name, f"{name} is not Base64") from None
        evidence = self._shelf.take(content)
        if not 1 <= evidence.size <= contracts.LARGEST_FILE:
            message = f"{name} has {evidence.size} bytes; 1 to {contracts.LARGEST_FILE} are allowed"
            raise self._refusal(INVALID, name, message)
        if evidence.media_type not in MEDIA_TYPES:
            self._objections.note(f"{name} is no PNG, JPEG or PDF")
        return evidence


def without_prefix(text: str) -> str:
    """Give the Base64 of a file without what stands before it, if anything."""
    prefix = _PREFIX.match(text)
    return text[prefix.end() :] if prefix else text
