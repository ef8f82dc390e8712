"""Bare forms to Yunpian's side: an invented brand, pictures of nothing."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus

import httpx
from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.http_messages import Document
from tests.images import jpeg, png
from tests.sandbox.caller import TEXT, Caller, Review

APIKEY = "5a1d00000000000000000000005b0c00"
ID_CARD_NUMBER = "11010019000101001X"
MOBILE = "13000000000"
FORM = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
DISABLED = "SUCCESS (disabled)"


def licence(seed: int = 0) -> str:
    return "data:image/jpg;base64," + base64.b64encode(jpeg(seed)).decode()


APPLICATION: Document = {
    "sign": TEXT,
    "sign_use": "0",
    "website": "https://geek.example/",
    "prove_type": "1",
    "license_base64": licence(),
    "notify": "false",
    "apply_vip": "false",
    "is_only_global": "false",
    "industry_type": "电子商务",
}
FOR_OTHERS: Document = {
    "sign_use": "1",
    "business_license_name": "极客科技有限公司",
    "id_card_name": "张三",
    "id_card_number": ID_CARD_NUMBER,
    "id_card_front": base64.b64encode(png(1)).decode(),
    "id_card_back": base64.b64encode(png(2)).decode(),
    "agent_mobile": MOBILE,
}
"""The changes that make it one on behalf of another company, with all its papers."""


def licences(*seeds: int) -> list[JsonValue]:
    return [licence(seed) for seed in seeds]


def form(fields: Mapping[str, JsonValue]) -> bytes:
    """The body of a form, without the fields that are None."""
    return "&".join(
        f"{name}={_encoded(str(value))}"
        for name, values in fields.items()
        if values is not None
        for value in (values if isinstance(values, list) else [values])
    ).encode()


def _encoded(text: str) -> str:
    """A value as it stands in a form; of a large file only what Base64 has to escape is."""
    if len(text) < 1 << 20:
        return quote_plus(text)
    return text.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")


@dataclass
class Yunpian(Caller):
    """Posts forms, with a good apikey unless told otherwise."""

    vendor, text, usual = "yunpian", "sign", APPLICATION

    def post(self, call: str, fields: Mapping[str, JsonValue]) -> httpx.Response:
        content = form({"apikey": self.key(APIKEY), **fields})
        return self.http.post(f"/v2/sign/{call}.json", content=content, headers=FORM)

    def call(self, call: str, **fields: JsonValue) -> Document:
        """A successful answer."""
        response = self.post(call, fields)
        document: Document = response.json()
        assert (response.status_code, document["code"]) == (200, 0), document
        return document

    def error(self, call: str, **fields: JsonValue) -> tuple[str, str]:
        """The code and the detail of a refusal, empty if it is none."""
        response = self.post(call, fields)
        document: Document = response.json()
        assert response.status_code == document.get("http_status_code", 200)
        code = "" if document["code"] == 0 else str(document["code"])
        return code, str(document.get("detail", ""))

    def code(self, call: str, **fields: JsonValue) -> str:
        """The code that a call meets, empty if it is 0."""
        return self.error(call, **fields)[0]

    @override
    def apply(self, fields: Document) -> tuple[str, str]:
        code, text = self.code("add", **fields), str(fields.get("sign", ""))
        return code, text if self.account == "default" else f"{self.account}【{text}】"

    @override
    def change(self, signature_id: str, **changes: JsonValue) -> str:
        return self.code("update", **{"old_sign": signature_id, **changes})

    @override
    def review(self, signature_id: str) -> Review | None:
        items = self.items(sign=f"【{signature_id}】")
        if not items:
            return None
        text, status = str(items[0]["sign"])[1:-1], str(items[0]["check_status"])
        is_disabled = status == "SUCCESS" and items[0]["enabled"] is False
        return Review(text, DISABLED if is_disabled else status, str(items[0]["remark"]))

    @override
    def withdraw(self, signature_id: str) -> str:
        raise NotImplementedError

    @override
    def ping(self) -> str:
        return self.code("get")

    @override
    def lists(self, **fields: JsonValue) -> list[str]:
        return [str(item["sign"]).strip("【】") for item in self.items(**fields)]

    def add(self, **changes: JsonValue) -> Document:
        """The `sign` that sign/add answers."""
        sign = self.call("add", **self.application(**changes))["sign"]
        assert isinstance(sign, dict)
        return sign

    def update(self, old_sign: str = TEXT, **fields: JsonValue) -> Document:
        """The `sign` that sign/update answers."""
        sign = self.call("update", old_sign=old_sign, **fields)["sign"]
        assert isinstance(sign, dict)
        return sign

    def items(self, **fields: JsonValue) -> list[Document]:
        items = self.call("get", **fields)["sign"]
        assert isinstance(items, list)
        return [each for each in items if isinstance(each, dict)]

    def item(self, text: str = TEXT) -> Document:
        """The one signature of that text, as sign/get shows it."""
        (item,) = self.items(sign=f"【{text}】")
        return item
