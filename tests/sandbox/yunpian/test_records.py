"""What the sandbox remembers of a call: never a personal value, a key or a file."""

from __future__ import annotations

import httpx
import pytest

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.evidence import Evidence
from tests.images import jpeg
from tests.sandbox.yunpian.caller import ID_CARD_NUMBER, MOBILE, Yunpian, for_others, licence

FORM = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}


def test_a_call_is_recorded_by_its_plain_fields_and_digests(
    yunpian: Yunpian, sandbox: Sandbox
) -> None:
    url = "https://geek.example/licence.jpg?token=secret"
    yunpian.add(license_base64=[licence(1), licence(2)], sign_use=None, callback="x")
    yunpian.update(license_url=url, page_num="7")
    added, updated = sandbox.calls("yunpian")

    assert (added.action, added.account, added.code, added.http_status) == (
        "add",
        "default",
        "",
        200,
    )
    assert added.fields == {
        "apikey": True,
        "sign": "极客科技",
        "website": "https://geek.example/",
        "prove_type": "1",
        "notify": "false",
        "apply_vip": "false",
        "is_only_global": "false",
        "industry_type": "电子商务",
        "callback": True,
        "license_base64": [
            {
                "sha256": Evidence.of(jpeg(seed)).sha256,
                "size": len(jpeg(seed)),
                "media_type": "image/jpeg",
            }
            for seed in (1, 2)
        ],
    }
    digest = Evidence.of(url.encode())
    assert updated.fields["license_url"] == [
        {"sha256": digest.sha256, "size": digest.size, "media_type": "text/uri-list"}
    ]


def test_a_refused_call_is_recorded_with_its_code(marketing: Yunpian, sandbox: Sandbox) -> None:
    marketing.code("update", {"old_sign": "别的"})
    (call,) = sandbox.calls("yunpian", "update")

    assert (call.account, call.code, call.http_status) == ("marketing", "-55", 400)


def test_of_personal_fields_only_their_presence_is_remembered(
    yunpian: Yunpian, sandbox: Sandbox
) -> None:
    yunpian.call(
        "add",
        **for_others(
            id_card_front_url="https://geek.example/front.png?token=secret",
            id_card_back_url="https://geek.example/back.png?token=secret",
        ),
    )
    names = (
        "business_license_name",
        "id_card_name",
        "id_card_number",
        "id_card_front",
        "id_card_back",
        "id_card_front_url",
        "id_card_back_url",
        "agent_mobile",
    )

    assert {name: sandbox.calls()[0].fields[name] for name in names} == dict.fromkeys(names, True)
    (signature,) = sandbox.signatures()
    assert {name: signature.fields[name] for name in names} == dict.fromkeys(names, True)
    assert set(signature.evidence) == {"license_base64.1"}
    _assert_forgotten(sandbox)


@pytest.mark.parametrize(
    "changes",
    [
        {"id_card_number": "1101001900010100"},
        {"agent_mobile": "2300000000"},
        {"id_card_front_url": "secret"},
    ],
)
def test_a_malformed_personal_value_is_echoed_but_not_kept(
    yunpian: Yunpian, sandbox: Sandbox, changes: dict[str, str]
) -> None:
    ((name, value),) = changes.items()
    answer = yunpian.post("add", {**for_others(), **changes}).json()

    assert answer["detail"] == f"参数 {name} 格式不正确，{name}:{value}"
    _assert_forgotten(sandbox, value)


@pytest.mark.parametrize(
    "body", [f'{{"id_card_number": "{ID_CARD_NUMBER}"}}', f"{MOBILE}", f"x{'y' * 60}={MOBILE}"]
)
def test_a_name_that_is_none_is_not_remembered(
    http: httpx.Client, sandbox: Sandbox, body: str
) -> None:
    http.post("/v2/sign/add.json", content=body.encode(), headers=FORM)

    assert sandbox.calls()[0].fields == {"?": True}


def _assert_forgotten(sandbox: Sandbox, *values: str) -> None:
    kept = repr((sandbox.calls(), sandbox.signatures(), sandbox.desk.state()))
    for value in ("张三", ID_CARD_NUMBER, MOBILE, "token=secret", "有限公司", *values):
        assert value not in kept
