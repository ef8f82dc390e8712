"""Tencent's older signature, in the parameters: HmacSHA1 and HmacSHA256 (version 1).

The vector is the vendor's own (page "Signature" of API 3.0). The official SDK sends the forms and
the queries; by hand are signed those that vary: the host without its port, no SignatureMethod or an
unknown one, arrays of more than ten, texts with a plus, a percent sign or a blank.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from pydantic import JsonValue
from tencentcloud.common.profile.client_profile import ClientProfile

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.tencent import auth
from tests.sandbox.caller import TEXT
from tests.sandbox.tencent.caller import ADD, LIST, Tencent, error_of

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def pairs_of(tencent: Tencent, action: str, **changes: str | None) -> dict[str, str]:
    """The parameters of a call, without its signature; None leaves one out."""
    pairs = {
        "Action": action,
        "Version": "2021-01-11",
        "Region": "ap-guangzhou",
        "Timestamp": str(int(tencent.now)),
        "Nonce": "11886",
        "SecretId": tencent.key(auth.SECRET_ID),
        "Token": tencent.token,
        "International": "0",
        **changes,
    }
    return {name: value for name, value in pairs.items() if value is not None}


def signed(
    method: str,
    host: str,
    pairs: Mapping[str, str],
    *,
    key: str = auth.SECRET_KEY,
    algorithm: str = "sha1",
) -> dict[str, str]:
    """The parameters with a signature, as the vendor documents it, without a line of ours."""
    text = f"{method}{host}/?" + "&".join(f"{name}={pairs[name]}" for name in sorted(pairs))
    mac = hmac.digest(key.encode(), text.encode(), algorithm)
    return {**pairs, "Signature": base64.b64encode(mac).decode()}


def met(tencent: Tencent, changes: Mapping[str, str | None]) -> str:
    """The code that a well signed call meets."""
    pairs = signed("POST", tencent.served.address, pairs_of(tencent, LIST, **changes))
    return error_of(tencent.http.post("/", data=pairs))


def test_the_vendors_own_example_is_reproduced() -> None:
    pairs = {
        "Action": "DescribeInstances",
        "InstanceIds.0": "ins-09dx96dg",
        "Limit": "20",
        "Nonce": "11886",
        "Offset": "0",
        "Region": "ap-guangzhou",
        "SecretId": "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
        "Timestamp": "1465185768",
        "Version": "2017-03-12",
    }
    given = dict(reversed([*pairs.items(), ("Signature", "x")]))
    secret_key = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"

    signature = auth.form_signature("GET", "cvm.tencentcloudapi.com", given, secret_key=secret_key)

    assert signature == "EliP9YW3pW28FpsEdkXt/+WcGeI="


@pytest.mark.parametrize("sign_method", ["HmacSHA1", "HmacSHA256"])
@pytest.mark.parametrize("http_method", ["GET", "POST"])
def test_the_sdk_does_all_with_it(
    tencent: Tencent, sandbox: Sandbox, sign_method: str, http_method: str
) -> None:
    client = Tencent(tencent.served, tencent.http, tencent.clock, method=http_method)
    profile: ClientProfile = client._sdk.profile
    profile.signMethod = sign_method

    signature_id = client.submit()
    assert client.change(signature_id, SignName="极客网络", Remark="1 + 1 & %20=") == ""
    sandbox.approve("tencent", signature_id)
    item = client.item(signature_id) or {}
    assert (item["SignName"], item["StatusCode"]) == ("极客网络", 0)
    assert client.withdraw(signature_id) == ""
    assert {call.account for call in sandbox.calls("tencent")} == {"default"}
    submitted = sandbox.calls("tencent", ADD)[-1].fields
    assert submitted["SignName"] == TEXT
    assert not {"SecretId", "Signature", "Nonce", "Token", "Action"}.intersection(submitted)


def test_a_long_array_is_signed_by_name_and_read_by_place(tencent: Tencent) -> None:
    ids: list[JsonValue] = [str(1000 + number) for number in range(12)]
    elements = {f"SignIdSet.{number}": str(each) for number, each in enumerate(ids)}

    assert met(tencent, elements) == ""
    assert tencent.sandbox.calls("tencent", LIST)[0].fields["SignIdSet"] == ids


@pytest.mark.parametrize("host", ["127.0.0.1", "http://{}", "{}"])
def test_the_host_is_signed_as_the_client_has_it(tencent: Tencent, host: str) -> None:
    address = host.format(tencent.served.address)
    pairs = signed("GET", address, pairs_of(tencent, LIST))

    sent = address if "//" in address else tencent.served.address
    assert error_of(tencent.http.get("/", params=pairs, headers={"Host": sent})) == ""


@pytest.mark.parametrize(
    ("sign_method", "algorithm"),
    [(None, "sha1"), ("HmacSHA1", "sha1"), ("HmacSHA256", "sha256"), ("another", "sha1")],
)
def test_the_method_is_sha1_unless_it_is_named(
    tencent: Tencent, sign_method: str | None, algorithm: str
) -> None:
    pairs = pairs_of(tencent, LIST, SignatureMethod=sign_method)
    signatures = (
        signed("GET", tencent.served.address, pairs, algorithm=each) for each in ("sha1", "sha256")
    )
    codes = [error_of(tencent.http.get("/", params=each)) for each in signatures]

    failure = "AuthFailure.SignatureFailure"
    assert codes == (["", failure] if algorithm == "sha1" else [failure, ""])


@pytest.mark.parametrize("name", ["Action", "Version", "Region", "Timestamp", "Nonce"])
def test_a_parameter_that_must_be_sent_is_missed(tencent: Tencent, name: str) -> None:
    assert met(tencent, {name: None}) == "MissingParameter"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"Timestamp": "now"}, "InvalidParameter"),
        ({"Timestamp": "1465185768"}, "AuthFailure.SignatureExpire"),
        ({"Nonce": "x"}, "InvalidParameter"),
        ({"SecretId": "LTAIsomebody"}, "AuthFailure.InvalidSecretId"),
        ({"SecretId": "AKIDsomebody"}, "AuthFailure.SecretIdNotFound"),
        ({"SecretId": auth.TEMPORARY_SECRET_ID}, "AuthFailure.TokenFailure"),
        ({"SecretId": auth.TEMPORARY_SECRET_ID, "Token": auth.TOKEN}, ""),
        ({"Version": "2019-07-11"}, "NoSuchVersion"),
        ({"Action": "NoSuchAction"}, "InvalidAction"),
        ({"Invented": "x"}, "UnknownParameter"),
        ({"Language": "en-US", "RequestClient": "SDK_PYTHON_3"}, ""),
    ],
)
def test_a_wrong_parameter_meets_the_vendors_code(
    tencent: Tencent, changes: dict[str, str], expected: str
) -> None:
    assert met(tencent, changes) == expected


def test_a_change_on_the_way_is_noticed(tencent: Tencent) -> None:
    address, pairs = tencent.served.address, pairs_of(tencent, LIST)
    genuine = signed("POST", address, pairs)
    answers = [
        tencent.http.post("/", data={**genuine, "International": "1"}),
        tencent.http.post("/", data={**genuine, "SignIdSet.0": "1"}),
        tencent.http.post("/", data=signed("GET", address, pairs)),
        tencent.http.post("/", data=signed("POST", "sms.tencentcloudapi.com", pairs)),
        tencent.http.post("/", data=signed("POST", address, pairs, key="another")),
    ]

    assert [error_of(each) for each in answers] == ["AuthFailure.SignatureFailure"] * 5
    assert error_of(tencent.http.post("/", data=pairs)) == "MissingParameter"
    # The vendor lists no code for a nonce that comes twice.
    assert [error_of(tencent.http.post("/", data=genuine)) for _ in range(2)] == ["", ""]


def test_a_body_above_the_older_signatures_limit_is_refused(tencent: Tencent) -> None:
    pairs = pairs_of(tencent, ADD, ProofImage="A" * 1024 * 1024)
    answer = tencent.http.post("/", data=signed("POST", tencent.served.address, pairs))

    assert error_of(answer) == "AuthFailure.SignatureFailure"
    assert "exceeding request size limit" in answer.text


def test_bytes_that_are_no_form_are_no_call_of_anybody(tencent: Tencent) -> None:
    answer = tencent.http.post("/", content=b"SecretId=x&\xff=1", headers=FORM)

    assert error_of(answer) == "MissingParameter"


def test_a_form_that_is_no_utf_8_is_not_what_was_signed(tencent: Tencent) -> None:
    pairs = signed("POST", tencent.served.address, pairs_of(tencent, LIST, SignName="x"))
    body = urlencode(pairs).replace("SignName=x", "SignName=%ED%A0%80")

    answer = tencent.http.post("/", content=body, headers=FORM)
    assert error_of(answer) == "AuthFailure.SignatureFailure"
