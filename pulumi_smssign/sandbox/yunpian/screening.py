"""The check of an application: refusals at once, and objections for the reviewers.

Rules: vendor page 添加签名 (sign/add, with its change of 2021-09-08); for sign/update the official
Python SDK 1.0.0, by which the three booleans fall back to their defaults when they aren't sent.
What has a code is refused at once. A refusal's words repeat a malformed value, as observed with the
vendor; nothing else keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from typing_extensions import override

from pulumi_smssign.sandbox import service
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.service import Application
from pulumi_smssign.sandbox.text_ids import BRACKETS
from pulumi_smssign.sandbox.yunpian import contracts
from pulumi_smssign.sandbox.yunpian.codes import BAD_FORMAT, MISSING
from pulumi_smssign.sandbox.yunpian.parameters import Form, SentFile, url_digest

_URL = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_ID_CARD_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")
_MOBILE = re.compile(r"1[0-9]{10}")
_INTEGER = re.compile(r"[0-9]{1,9}")
_IMAGE_PREFIX = re.compile(r"data:image/[a-z]+;base64,")
_LICENCE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif"})
_ID_CARD_TYPES = frozenset({"image/jpeg", "image/png"})


class Screening(service.Screening[Form]):
    """The check of a form."""

    @property
    def _earlier(self) -> Mapping[str, object]:
        return self._before.fields if self._before else {}

    @override
    def application(self) -> Application:
        text = self._sign()
        fields = self._plain_fields()
        evidence = self._licences()
        personal = self._personal()
        if fields["sign_use"] == contracts.FOR_OTHERS:
            self._check_papers_for_others(personal, evidence)
        fields.update(dict.fromkeys(personal, True))
        return Application(text, fields, evidence, None)

    def _sign(self) -> str:
        sign = self._sent.text("sign")
        if not sign and self._before is not None:
            return self._before.text
        if not sign:
            raise Refusal(MISSING, "参数 sign 必须传入")
        flaw = ""
        if BRACKETS.intersection(sign):
            flaw = "sign不能包含【】"
        elif sign == contracts.VENDOR_ITSELF:
            flaw = "sign不能是'云片网'"
        elif not contracts.SHORTEST_SIGN <= len(sign) <= contracts.LONGEST_SIGN:
            flaw = f"sign长度应为{contracts.SHORTEST_SIGN}-{contracts.LONGEST_SIGN}个字"
        if flaw:
            raise Refusal(BAD_FORMAT, f"参数sign格式不正确,{flaw}")
        return sign

    def _plain_fields(self) -> Document:
        only_global = self._boolean("is_only_global", default=False)
        fields: Document = {
            "sign_use": self._integer("sign_use", contracts.USES) or contracts.OWN_USE,
            "notify": self._boolean("notify", default=True),
            "apply_vip": self._boolean("apply_vip", default=False) and not only_global,
            "is_only_global": only_global,
            "industry_type": self._industry_type(),
            "website": self._website(),
        }
        prove_type = self._integer("prove_type", contracts.PROVE_TYPES)
        return fields if prove_type is None else {**fields, "prove_type": prove_type}

    def _integer(self, name: str, values: frozenset[int]) -> int | None:
        text = self._sent.text(name)
        if not text:
            earlier = self._earlier.get(name)
            return earlier if isinstance(earlier, int) else None
        number = int(text) if _INTEGER.fullmatch(text) else -1
        if number not in values:
            raise _malformed(name, text)
        return number

    def _boolean(self, name: str, *, default: bool) -> bool:
        text = self._sent.text(name)
        word = text.lower()
        if word in {"true", "false"}:
            return word == "true"
        if text:
            raise _malformed(name, text)
        return default

    def _industry_type(self) -> str:
        text = self._sent.text("industry_type") or str(self._earlier.get("industry_type", ""))
        return text if text in contracts.INDUSTRY_TYPES else contracts.OTHER_INDUSTRY

    def _website(self) -> str:
        website = self._sent.text("website") or str(self._earlier.get("website", ""))
        if not website:
            raise Refusal(MISSING, "参数 website 必须传入")
        return website

    def _licences(self) -> Mapping[str, Evidence]:
        urls = self._sent.values(contracts.LICENCE_URL)
        files = [] if urls else self._sent.files(contracts.LICENCE_FILE)
        if max(len(urls), len(files)) > contracts.MOST_LICENCES:
            name = contracts.LICENCE_URL if urls else contracts.LICENCE_FILE
            raise Refusal(BAD_FORMAT, f"参数 {name} 最多支持{contracts.MOST_LICENCES}次")
        if not urls and not files and self._before is not None:
            return self._before.evidence
        evidence = {}
        for n, url in enumerate(urls, 1):
            if not _URL.fullmatch(url):
                raise _malformed(contracts.LICENCE_URL, url)
            evidence[f"{contracts.LICENCE_URL}.{n}"] = url_digest(url)
        for n, upload in enumerate(files, 1):
            licence = upload.evidence
            has_prefix = upload.prefix == contracts.LICENCE_PREFIX
            if licence is None or not has_prefix or not _is_licence(licence):
                raise _malformed(contracts.LICENCE_FILE, f"第{n}个文件")
            evidence[f"{contracts.LICENCE_FILE}.{n}"] = licence
            self._shelf.keep(licence, upload.content)
        return evidence

    def _personal(self) -> set[str]:
        """Check the personal fields and give the names of those that are there."""
        sent = {name for name in contracts.PERSONAL if self._sent.has(name)}
        for name, pattern in (("id_card_number", _ID_CARD_NUMBER), ("agent_mobile", _MOBILE)):
            if name in sent and not pattern.fullmatch(self._sent.text(name)):
                raise _malformed(name, self._sent.text(name))
        for name in ("id_card_front", "id_card_back"):
            url = self._sent.text(f"{name}_url")
            if url and not _URL.fullmatch(url):
                raise _malformed(f"{name}_url", url)
            if not url and name in sent and not _is_id_card(self._sent.files(name)[0]):
                raise _malformed(name, "图片")
        return sent | {name for name in contracts.PERSONAL if self._earlier.get(name)}

    def _check_papers_for_others(
        self, personal: set[str], evidence: Mapping[str, Evidence]
    ) -> None:
        if not evidence:
            raise _missing_for_others(contracts.LICENCE_FILE)
        for name in contracts.PAPERS_FOR_OTHERS:
            if name not in personal and f"{name}_url" not in personal:
                raise _missing_for_others(name)


def _malformed(name: str, value: str) -> Refusal:
    return Refusal(BAD_FORMAT, f"参数 {name} 格式不正确，{name}:{value}")


def _missing_for_others(name: str) -> Refusal:
    return Refusal(MISSING, f"签名为他用时，参数 {name} 必须传入")


def _is_licence(evidence: Evidence) -> bool:
    return 1 <= evidence.size <= contracts.LICENCE_LIMIT and evidence.media_type in _LICENCE_TYPES


def _is_id_card(upload: SentFile) -> bool:
    """Tell an ID-card image, whose Base64 may have a prefix."""
    image = upload.evidence
    if image is None or (upload.prefix and not _IMAGE_PREFIX.fullmatch(upload.prefix)):
        return False
    return 1 <= image.size <= contracts.ID_CARD_LIMIT and image.media_type in _ID_CARD_TYPES
