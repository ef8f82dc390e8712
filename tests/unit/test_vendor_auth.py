"""What each vendor's credentials are made of: the sandbox's keys, and what is needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from pulumi_smssign.core.registry import OURS, named

TEST_KEYS: Mapping[str, Mapping[str, str]] = {
    "alibaba": {
        "accessKeyId": "LTAIsmssign-sandbox",
        "accessKeySecret": "smssign-sandbox-access-secret-0000",
    },
    "huawei": {
        "ak": "smssign-sandbox",
        "sk": "smssign-sandbox-sk-0000000000000000",
        "projectId": "5b0c00000000000000000000000d35c0",
    },
    "tencent": {
        "secretId": "AKIDsmssign-sandbox",
        "secretKey": "smssign-sandbox-secret-key-0000000",
    },
    "ucloud": {
        "publicKey": "smssign-sandbox",
        "privateKey": "smssign-sandbox-private-key-0000",
        "projectId": "org-sandbox",
    },
    "yunpian": {"apikey": "5a1d00000000000000000000005b0c00"},
}
UNSAID: Mapping[str, Mapping[str, Any]] = {
    "alibaba": {"security_token": None, "endpoint": "https://dysmsapi.aliyuncs.com"},
    "huawei": {
        "security_token": None,
        "user_name": None,
        "password": None,
        "domain_name": None,
        "region": "cn-north-4",
        "endpoint": "https://msgsms.cn-north-4.myhuaweicloud.com",
        "iam_endpoint": "https://iam.cn-north-4.myhuaweicloud.com",
    },
    "tencent": {
        "token": None,
        "region": "ap-guangzhou",
        "endpoint": "https://sms.tencentcloudapi.com",
    },
    "ucloud": {"endpoint": "https://api.ucloud.cn"},
    "yunpian": {"endpoint": "https://sms.yunpian.com"},
}
NEEDED: Mapping[str, set[frozenset[str]]] = {
    "alibaba": {frozenset({"accessKeyId", "accessKeySecret"})},
    "huawei": {
        frozenset({"ak", "sk", "projectId"}),
        frozenset({"userName", "password", "domainName", "projectId"}),
    },
    "tencent": {frozenset({"secretId", "secretKey"})},
    "ucloud": {frozenset({"publicKey", "privateKey"})},
    "yunpian": {frozenset({"apikey"})},
}


@pytest.mark.parametrize("vendor", OURS)
def test_sandboxs_keys_are_a_whole_account(vendor: str) -> None:
    model = named(vendor).credentials
    assert model.test_keys == TEST_KEYS[vendor]
    assert {frozenset(keys) for keys in model.needed} == NEEDED[vendor]
    account = model.model_validate(TEST_KEYS[vendor])
    aliases = {info.validation_alias or name: name for name, info in model.model_fields.items()}
    given = {aliases[key]: value for key, value in TEST_KEYS[vendor].items()}
    fields = {name: getattr(account, name) for name in model.model_fields}
    said = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in fields.items()
    }
    assert said == {**given, **UNSAID[vendor]}


@pytest.mark.parametrize("vendor", ["alibaba", "tencent", "ucloud", "yunpian"])
def test_account_without_one_of_its_keys_is_refused(vendor: str) -> None:
    (needed,) = NEEDED[vendor]
    for missing in needed:
        rest = {key: value for key, value in TEST_KEYS[vendor].items() if key != missing}
        with pytest.raises(ValidationError) as refused:
            named(vendor).credentials.model_validate(rest)
        assert [error["loc"] for error in refused.value.errors()] == [(missing,)]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("projectId", ""),
        ("projectId", "0" * 33),
        ("region", "north"),
        ("region", "CN-north-4"),
        ("region", "cn_north_4"),
    ],
)
def test_huaweis_project_and_region_have_a_form(setting: str, value: str) -> None:
    model = named("huawei").credentials
    with pytest.raises(ValidationError) as refused:
        model.model_validate({**TEST_KEYS["huawei"], setting: value})
    assert refused.value.errors()[0]["loc"] == (setting,)


@pytest.mark.parametrize("project", ["a", "F" * 32])
def test_huaweis_project_may_be_short_and_in_capitals(project: str) -> None:
    account: Any = named("huawei").credentials.model_validate(
        {**TEST_KEYS["huawei"], "projectId": project}
    )
    assert account.project_id == project


def test_yunpians_key_is_not_empty() -> None:
    with pytest.raises(ValidationError):
        named("yunpian").credentials.model_validate({"apikey": ""})
    account: Any = named("yunpian").credentials.model_validate({"apikey": "k"})
    assert account.apikey.get_secret_value() == "k"


@pytest.mark.parametrize("beside", ["ak", "sk"])
@pytest.mark.parametrize(
    ("setting", "value"),
    [("userName", "reviewer"), ("password", "an-invented-password"), ("domainName", "cloudtest")],
)
def test_huaweis_iam_user_is_none_beside_half_a_key(beside: str, setting: str, value: str) -> None:
    project = TEST_KEYS["huawei"]["projectId"]
    with pytest.raises(ValidationError, match="there is an ak or sk too") as refused:
        named("huawei").credentials.model_validate(
            {beside: "a-key", "projectId": project, setting: value}
        )
    assert [error["loc"] for error in refused.value.errors()] == [(setting,)]
