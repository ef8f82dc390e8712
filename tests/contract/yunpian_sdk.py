"""The official Yunpian SDK as a test's client; it raises nothing for a refusal."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import requests
from yunpian_python_sdk.model.result import Result
from yunpian_python_sdk.ypclient import YunpianClient

from pulumi_smssign.sandbox import RunningSandbox
from tests.contract.sdk import TEXT, Sdk, Shown
from tests.images import jpeg, png

Field: TypeAlias = "str | int | bool | Sequence[str] | None"


class SdkRefusalError(Exception):
    """A result of the SDK that says no."""


class YunpianSdk(Sdk):
    """The three calls of the SDK, and what it makes of their answers."""

    error, lost = SdkRefusalError, requests.ConnectionError

    def __init__(
        self,
        served: RunningSandbox,
        apikey: str = "5a1d00000000000000000000005b0c00",
        slash: str = "",
    ) -> None:
        settings = {"yp.sign.host": served.url + slash, "http.so.timeout": "5"}
        self._client = YunpianClient(apikey, settings)

    def result(self, call: str, fields: Mapping[str, Field]) -> Result:
        """The result of a call, a success or an error."""
        return getattr(self._client.sign(), call)(dict(fields))

    def add(self, **changes: Field) -> dict[str, Any]:
        return dict(self._data("add", application(**changes)))

    def submit(self, **changes: Field) -> str:
        self.add(**changes)
        return str(changes.get("sign", TEXT))

    def change(self, signature: str = TEXT, **fields: Field) -> dict[str, Any]:
        return dict(self._data("update", {"old_sign": signature, **fields}))

    def get(self, **fields: Field) -> list[dict[str, Any]]:
        return list(self._data("get", fields))

    def show(self, signature: str = TEXT) -> Shown:
        (item,) = self.get(sign=f"【{signature}】")
        return Shown(item["sign"].strip("【】"), item["check_status"], item["remark"])

    def delete(self, signature: str = TEXT) -> object:
        raise NotImplementedError(f"there is no deletion of {signature}")

    def code_of(self, error: SdkRefusalError) -> str:
        (result,) = error.args
        assert (result.data(), result.exception()) == (None, None)
        assert result.msg()
        assert result.detail()
        return str(result.code())

    def _data(self, call: str, fields: Mapping[str, Field]) -> Any:  # noqa: ANN401 - JSON
        result = self.result(call, fields)
        if not result.is_succ():
            raise SdkRefusalError(result)
        assert (result.code(), result.msg()) == (0, None if call == "get" else "OK")
        return result.data()


def licence(seed: int = 0) -> str:
    return "data:image/jpg;base64," + base64.b64encode(jpeg(seed)).decode()


def application(**changes: Field) -> dict[str, Field]:
    """An application for own use that is taken; the SDK leaves out what is None."""
    return {
        "sign": TEXT,
        "sign_use": 0,
        "website": "https://geek.example/?a=1&b=2",
        "prove_type": 1,
        "license_base64": licence(),
        "notify": "false",
        "industry_type": "IT/通信/电子服务",
        **changes,
    }


FOR_OTHERS: dict[str, Field] = {
    "sign_use": 1,
    "business_license_name": "极客科技有限公司",
    "id_card_name": "张三",
    "id_card_number": "11010019000101001X",
    "id_card_front": base64.b64encode(png(1)).decode(),
    "id_card_back": base64.b64encode(png(2)).decode(),
    "agent_mobile": "13000000000",
}
"""What an application on behalf of another company has beside that, with all its papers."""
