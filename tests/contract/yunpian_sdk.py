"""The official Yunpian SDK as a test's client."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from yunpian_python_sdk.model.result import Result
from yunpian_python_sdk.ypclient import YunpianClient

from pulumi_smssign.sandbox import RunningSandbox
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import jpeg, png

APIKEY = "5a1d00000000000000000000005b0c00"

Field: TypeAlias = "str | int | bool | Sequence[str] | None"


class Signing:
    """The three calls of the SDK, and what it makes of their answers."""

    def __init__(self, served: RunningSandbox, apikey: str = APIKEY, slash: str = "") -> None:
        self._client = YunpianClient(
            apikey, {"yp.sign.host": served.url + slash, "http.so.timeout": "5"}
        )

    def result(self, call: str, fields: Mapping[str, Field]) -> Result:
        """What a call comes to, a success or an error."""
        return getattr(self._client.sign(), call)(dict(fields))

    def add(self, **changes: Field) -> Document:
        return self._sign("add", application(**changes))

    def update(self, old_sign: str, **fields: Field) -> Document:
        return self._sign("update", {"old_sign": old_sign, **fields})

    def get(self, **fields: Field) -> list[Document]:
        result = self.result("get", fields)
        assert result.is_succ()
        found = result.data()
        assert isinstance(found, list)
        return found

    def code(self, call: str, **fields: Field) -> int:
        """The code of an error, which has all that the SDK knows of an error."""
        result = self.result(call, fields)
        assert not result.is_succ()
        assert (result.data(), result.exception()) == (None, None)
        assert result.msg()
        assert result.detail()
        code = result.code()
        assert isinstance(code, int)
        return code

    def _sign(self, call: str, fields: Mapping[str, Field]) -> Document:
        result = self.result(call, fields)
        assert (result.code(), result.msg()) == (0, "OK")
        sign = result.data()
        assert isinstance(sign, dict)
        return sign


def licence(seed: int = 0) -> str:
    return "data:image/jpg;base64," + base64.b64encode(jpeg(seed)).decode()


def application(**changes: Field) -> dict[str, Field]:
    """An application for own use that is taken; the SDK leaves out what is None."""
    return {
        "sign": "极客科技",
        "sign_use": 0,
        "website": "https://geek.example/?a=1&b=2",
        "prove_type": 1,
        "license_base64": licence(),
        "notify": "false",
        "industry_type": "IT/通信/电子服务",
        **changes,
    }


def for_others(**changes: Field) -> dict[str, Field]:
    """An application on behalf of another company, with all its papers."""
    return application(
        **{
            "sign_use": 1,
            "business_license_name": "极客科技有限公司",
            "id_card_name": "张三",
            "id_card_number": "11010019000101001X",
            "id_card_front": base64.b64encode(png(1)).decode(),
            "id_card_back": base64.b64encode(png(2)).decode(),
            "agent_mobile": "13000000000",
            **changes,
        }
    )
