"""Variables of the environment: those that the vendors' own SDKs and command lines read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pulumi_smssign.core.registry import OURS, named

VARIABLES: Mapping[str, Mapping[str, str]] = {
    "alibaba": {
        "accessKeyId": "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "accessKeySecret": "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "securityToken": "ALIBABA_CLOUD_SECURITY_TOKEN",
        "endpoint": "SMSSIGN_ALIBABA_ENDPOINT",
    },
    "tencent": {
        "secretId": "TENCENTCLOUD_SECRET_ID",
        "secretKey": "TENCENTCLOUD_SECRET_KEY",
        "token": "TENCENTCLOUD_TOKEN",
        "region": "TENCENTCLOUD_REGION",
        "endpoint": "SMSSIGN_TENCENT_ENDPOINT",
    },
    "huawei": {
        "ak": "HUAWEICLOUD_SDK_AK",
        "sk": "HUAWEICLOUD_SDK_SK",
        "securityToken": "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        "projectId": "HUAWEICLOUD_SDK_PROJECT_ID",
        "endpoint": "SMSSIGN_HUAWEI_ENDPOINT",
        "iamEndpoint": "SMSSIGN_HUAWEI_IAM_ENDPOINT",
    },
    "ucloud": {
        "publicKey": "UCLOUD_PUBLIC_KEY",
        "privateKey": "UCLOUD_PRIVATE_KEY",
        "projectId": "UCLOUD_PROJECT_ID",
        "endpoint": "SMSSIGN_UCLOUD_ENDPOINT",
    },
    "yunpian": {"apikey": "YUNPIAN_APIKEY", "endpoint": "SMSSIGN_YUNPIAN_ENDPOINT"},
}


@pytest.mark.parametrize("vendor", OURS)
def test_variables_have_the_names_that_the_vendors_tools_read(vendor: str) -> None:
    assert named(vendor).credentials.environment == VARIABLES[vendor]
