"""What Yunpian checks of an application: refusals at once, and objections for the reviewers.

Rules: vendor page 添加签名 (sign/add, with its change of 2021-09-08); for sign/update the official
Python SDK 1.0.0, by which the three booleans fall back to their defaults when they aren't sent.
Where the page leaves open whether a flaw is refused at once or in review, a switch decides.

A refusal's words repeat a malformed value, as observed with the vendor; an objection's, which are
kept, never do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.objections import ERROR, Objections
from pulumi_smssign.sandbox.review import Verdict
from pulumi_smssign.sandbox.shelf import Shelf
from pulumi_smssign.sandbox.switches import Switches
from pulumi_smssign.sandbox.text_ids import BRACKETS
from pulumi_smssign.sandbox.yunpian.codes import BAD_FORMAT, MISSING
from pulumi_smssign.sandbox.yunpian.contracts import (
    FOR_OTHERS,
    ID_CARD_LIMIT,
    INDUSTRY_TYPES,
    LICENCE_FILE,
    LICENCE_LIMIT,
    LICENCE_PREFIX,
    LICENCE_URL,
    LONGEST_SIGN,
    MOST_LICENCES,
    OTHER_INDUSTRY,
    OWN_USE,
    PERSONAL,
    PROVE_TYPES,
    SHORTEST_SIGN,
    VENDOR_ITSELF,
)
from pulumi_smssign.sandbox.yunpian.files import SentFile, url_digest
from pulumi_smssign.sandbox.yunpian.parameters import Form
from pulumi_smssign.sandbox.yunpian.switches import HALF_WIDTH, UTF_16

_URL = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_ID_CARD_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")
_MOBILE = re.compile(r"1[0-9]{10}")
_INTEGER = re.compile(r"[0-9]{1,9}")
_IMAGE_PREFIX = re.compile(r"data:image/[a-z]+;base64,")
_UNCOMMON = frozenset({"C", "Z"})
_EMOJI = "So"

_LICENCE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif"})
_ID_CARD_TYPES = frozenset({"image/jpeg", "image/png"})

_PAPERS_FOR_OTHERS = (
    "business_license_name",
    "id_card_name",
    "id_card_number",
    "id_card_front",
    "id_card_back",
    "agent_mobile",
)
"""What sign_use 1 needs beside a licence; an ID-card image may be a URL as well."""

UNDOCUMENTED_FOR_UPDATE = frozenset({"sign_use", "prove_type"}) | PERSONAL


@dataclass(frozen=True)
class Application:
    """A checked application; `verdict` is the rejection that its flaws bring about, if any."""

    text: str
    fields: Document
    evidence: Mapping[str, Evidence]
    verdict: Verdict | None


class Screening:
    """Checks one application; `kept` is the signature that it updates, None for a new one."""

    def __init__(
        self, form: Form, switches: Switches, shelf: Shelf, kept: Signature | None = None
    ) -> None:
        if kept is not None and switches.text("yunpian.update_fields") == "documented":
            form = form.without(UNDOCUMENTED_FOR_UPDATE)
        self._form = form
        self._switches = switches
        self._shelf = shelf
        self._kept = kept
        self._kept_fields: Mapping[str, object] = kept.fields if kept else {}
        self._keeps_papers = switches.text("yunpian.update_papers") == "kept"
        self._objections = Objections(switches, "；")

    def application(self) -> Application:
        """Check everything and give what is to be filed.

        Raises:
            Refusal: for the first flaw that is refused at once.
        """
        text = self._sign()
        fields = self._plain_fields()
        evidence = self._licences()
        personal = self._personal()
        if fields["sign_use"] == FOR_OTHERS:
            self._check_papers_for_others(personal, evidence)
        verdict = self._objections.verdict()
        return Application(text, {**fields, **dict.fromkeys(personal, True)}, evidence, verdict)

    def _flaw(self, switch: str, code: str, detail: str, objection: str) -> None:
        self._objections.meet(switch, Refusal(code, detail), objection)

    def _malformed(self, name: str, value: str) -> None:
        """Object to a paper; its value is repeated in a refusal only."""
        objection = f"参数 {name} 格式不正确"
        self._flaw("yunpian.bad_papers", BAD_FORMAT, f"{objection}，{name}:{value}", objection)

    def _sign(self) -> str:
        sign = self._form.text("sign")
        if not sign and self._kept is not None:
            return self._kept.text
        if not sign:
            raise Refusal(MISSING, "参数 sign 必须传入")
        flaw = ""
        if BRACKETS.intersection(sign):
            flaw = "sign不能包含【】"
        elif sign == VENDOR_ITSELF:
            flaw = "sign不能是'云片网'"
        elif not SHORTEST_SIGN <= self._counted(sign) <= LONGEST_SIGN:
            flaw = f"sign长度应为{SHORTEST_SIGN}-{LONGEST_SIGN}个字"
        elif self._switches.text("yunpian.sign_characters") == "common" and _has_uncommon(sign):
            flaw = "sign仅支持中文、英文、数字和常用符号"
        if flaw:
            raise Refusal(
                self._switches.text("yunpian.bad_sign_code"), f"参数sign格式不正确,{flaw}"
            )
        return sign

    def _counted(self, sign: str) -> float:
        way = self._switches.text("yunpian.sign_count")
        if way == UTF_16:
            return len(sign.encode("utf-16-le")) / 2
        if way == HALF_WIDTH:
            return sum(0.5 if each.isascii() else 1 for each in sign)
        return len(sign)

    def _plain_fields(self) -> Document:
        only_global = self._boolean("is_only_global", default=False)
        fields: Document = {
            "sign_use": self._integer("sign_use", frozenset({OWN_USE, FOR_OTHERS})) or OWN_USE,
            "notify": self._boolean("notify", default=True),
            "apply_vip": self._boolean("apply_vip", default=False) and not only_global,
            "is_only_global": only_global,
            "industry_type": self._industry_type(),
            "website": self._website(),
        }
        prove_type = self._integer("prove_type", PROVE_TYPES)
        return fields if prove_type is None else {**fields, "prove_type": prove_type}

    def _integer(self, name: str, values: frozenset[int]) -> int | None:
        text = self._form.text(name)
        if not text:
            kept = self._kept_fields.get(name)
            return kept if isinstance(kept, int) else None
        number = int(text) if _INTEGER.fullmatch(text) else -1
        if number not in values:
            raise Refusal(BAD_FORMAT, f"参数 {name} 格式不正确，{name}:{text}")
        return number

    def _boolean(self, name: str, *, default: bool) -> bool:
        text = self._form.text(name)
        word = text.lower()
        if word in {"true", "false"}:
            return word == "true"
        if text and self._switches.text("yunpian.bad_boolean") == ERROR:
            raise Refusal(BAD_FORMAT, f"参数 {name} 格式不正确，{name}:{text}")
        return default

    def _industry_type(self) -> str:
        text = self._form.text("industry_type")
        if not text and self._switches.text("yunpian.update_industry_type") == "kept":
            text = str(self._kept_fields.get("industry_type", ""))
        return text if text in INDUSTRY_TYPES else OTHER_INDUSTRY

    def _website(self) -> str:
        website = self._form.text("website") or str(self._kept_fields.get("website", ""))
        if not website:
            self._flaw("yunpian.missing_website", MISSING, "参数 website 必须传入", "缺少业务网址")
        return website

    def _licences(self) -> Mapping[str, Evidence]:
        urls = self._form.list(LICENCE_URL)
        files = () if urls else self._form.files(LICENCE_FILE)
        if max(len(urls), len(files)) > MOST_LICENCES:
            name = LICENCE_URL if urls else LICENCE_FILE
            raise Refusal(BAD_FORMAT, f"参数 {name} 最多支持{MOST_LICENCES}次")
        if not urls and not files and self._kept is not None and self._keeps_papers:
            return self._kept.evidence
        evidence = {}
        for n, url in enumerate(urls, 1):
            if not _URL.fullmatch(url):
                self._malformed(LICENCE_URL, url)
            evidence[f"{LICENCE_URL}.{n}"] = url_digest(url)
        for n, upload in enumerate(files, 1):
            self._check_licence(n, upload)
            if upload.evidence is not None:
                evidence[f"{LICENCE_FILE}.{n}"] = upload.evidence
                self._shelf.keep(upload.evidence, upload.content)
        return evidence

    def _check_licence(self, n: int, upload: SentFile) -> None:
        if self._switches.text("yunpian.licence_prefix") == "exact":
            good = upload.prefix == LICENCE_PREFIX
        else:
            good = _IMAGE_PREFIX.fullmatch(upload.prefix) is not None
        types = _LICENCE_TYPES
        if self._switches.text("yunpian.licence_content") != "image":
            types = frozenset()
        if not good or not self._is_file(upload, LICENCE_LIMIT, types):
            self._malformed(LICENCE_FILE, f"第{n}个文件")

    def _is_file(self, upload: SentFile, limit: int, types: frozenset[str]) -> bool:
        """Tell whether this is a file of at most `limit` bytes and one of `types` (empty: any)."""
        if upload.evidence is None or not upload.evidence.size:
            return False
        in_base64 = self._switches.text("yunpian.size_counts") == "base64"
        size = upload.encoded_size if in_base64 else upload.evidence.size
        return size <= limit and (not types or upload.evidence.media_type in types)

    def _personal(self) -> set[str]:
        """Check the personal fields and give the names of those that are there."""
        sent = {name for name in PERSONAL if self._form.has(name)}
        for name, pattern in (("id_card_number", _ID_CARD_NUMBER), ("agent_mobile", _MOBILE)):
            if name in sent and not pattern.fullmatch(self._form.text(name)):
                self._malformed(name, self._form.text(name))
        for name in ("id_card_front", "id_card_back"):
            url = self._form.text(f"{name}_url")
            if url and not _URL.fullmatch(url):
                self._malformed(f"{name}_url", url)
            if not url and name in sent and not self._is_id_card(self._form.files(name)[0]):
                self._malformed(name, "图片")
        if not self._keeps_papers:
            return sent
        return sent | {name for name in PERSONAL if self._kept_fields.get(name)}

    def _is_id_card(self, upload: SentFile) -> bool:
        way = self._switches.text("yunpian.id_card_prefix")
        if upload.prefix and (way == "refused" or not _IMAGE_PREFIX.fullmatch(upload.prefix)):
            return False
        if not upload.prefix and way == "required":
            return False
        return self._is_file(upload, ID_CARD_LIMIT, _ID_CARD_TYPES)

    def _check_papers_for_others(
        self, personal: set[str], evidence: Mapping[str, Evidence]
    ) -> None:
        missing = [
            name
            for name in _PAPERS_FOR_OTHERS
            if name not in personal and f"{name}_url" not in personal
        ]
        if not evidence:
            missing.insert(0, LICENCE_FILE)
        for name in missing:
            self._flaw(
                "yunpian.missing_papers",
                MISSING,
                f"签名为他用时，参数 {name} 必须传入",
                f"签名为他用，缺少 {name}",
            )


def _has_uncommon(sign: str) -> bool:
    categories = {unicodedata.category(each) for each in sign}
    return _EMOJI in categories or any(each[0] in _UNCOMMON for each in categories)
