"""What the tests send to Yunpian's side: an invented brand, pictures of nothing, bare forms."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TypeAlias
from urllib.parse import quote_plus

import httpx
from pydantic import JsonValue

from pulumi_smssign.sandbox.http_messages import Document
from tests.images import jpeg, png

APIKEY = "5a1d00000000000000000000005b0c00"
ID_CARD_NUMBER = "11010019000101001X"
MOBILE = "13000000000"

Field: TypeAlias = "str | Sequence[str] | None"


def licence(seed: int = 0) -> str:
    return "data:image/jpg;base64," + base64.b64encode(jpeg(seed)).decode()


def application(**changes: Field) -> dict[str, Field]:
    """An application for own use that is taken; None leaves a field out."""
    return {
        "sign": "极客科技",
        "sign_use": "0",
        "website": "https://geek.example/",
        "prove_type": "1",
        "license_base64": licence(),
        "notify": "false",
        "apply_vip": "false",
        "is_only_global": "false",
        "industry_type": "电子商务",
        **changes,
    }


def for_others(**changes: Field) -> dict[str, Field]:
    """An application on behalf of another company, with all its papers."""
    papers: dict[str, Field] = {
        "sign_use": "1",
        "business_license_name": "极客科技有限公司",
        "id_card_name": "张三",
        "id_card_number": ID_CARD_NUMBER,
        "id_card_front": base64.b64encode(png(1)).decode(),
        "id_card_back": base64.b64encode(png(2)).decode(),
        "agent_mobile": MOBILE,
    }
    return application(**{**papers, **changes})


def form(fields: dict[str, Field]) -> bytes:
    """The body of a form, without the fields that are None."""
    return "&".join(
        f"{name}={_encoded(value)}"
        for name, values in fields.items()
        if values is not None
        for value in ([values] if isinstance(values, str) else values)
    ).encode()


def _encoded(text: str) -> str:
    """A value as it stands in a form; of a large file only what Base64 has to escape is."""
    if len(text) < 1 << 20:
        return quote_plus(text)
    return text.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")


class Yunpian:
    """Posts forms, with a good apikey unless told otherwise."""

    def __init__(self, http: httpx.Client, apikey: str = APIKEY) -> None:
        self._http = http
        self._apikey = apikey

    def post(self, call: str, fields: dict[str, Field]) -> httpx.Response:
        return self._http.post(
            f"/v2/sign/{call}.json",
            content=form({"apikey": self._apikey, **fields}),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )

    def call(self, call: str, **fields: Field) -> Document:
        """A successful answer."""
        response = self.post(call, fields)
        document: Document = response.json()
        assert (response.status_code, document["code"]) == (200, 0), document
        return document

    def error(self, call: str, fields: dict[str, Field]) -> tuple[int, str]:
        """The code and the detail of a refusal."""
        response = self.post(call, fields)
        document: Document = response.json()
        assert response.status_code == document["http_status_code"] == 400
        code, detail = document["code"], document["detail"]
        assert isinstance(code, int)
        assert isinstance(detail, str)
        return code, detail

    def code(self, call: str, fields: dict[str, Field]) -> int:
        return self.error(call, fields)[0]

    def add(self, **changes: Field) -> Document:
        """The `sign` that sign/add answers."""
        sign = self.call("add", **application(**changes))["sign"]
        assert isinstance(sign, dict)
        return sign

    def update(self, old_sign: str = "极客科技", **fields: Field) -> Document:
        sign = self.call("update", old_sign=old_sign, **fields)["sign"]
        assert isinstance(sign, dict)
        return sign

    def item(self, text: str = "极客科技") -> Document:
        """The one signature of that text, as sign/get shows it."""
        found = self.call("get", sign=f"【{text}】")["sign"]
        assert isinstance(found, list)
        assert len(found) == 1
        assert isinstance(found[0], dict)
        return found[0]

    def texts(self, **fields: Field) -> list[JsonValue]:
        found = self.call("get", **fields)["sign"]
        assert isinstance(found, list)
        return [each["sign"] for each in found if isinstance(each, dict)]
