"""Alibaba Cloud's older signature, in the parameters: RPC version 1, HMAC-SHA1.

The vectors are the vendor's own (page "Signature method" of RPC calls; SDK 4.6.0 with its
signature `v2`). The forms are those in which Python core 2.13, Node pop-core 1.8 and Go 1.61 send:
all in the query of either method, all in a form, and some in each.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import secrets
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

import httpx
import pytest

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.alibaba import auth
from tests.sandbox.alibaba.caller import CREATE, GET, KEY, LIST, SECRET, Alibaba
from tests.sandbox.caller import TEXT

AWKWARD = "登录 & 测 *~(b)+/='!"


def pairs_of(alibaba: Alibaba, action: str, **changes: str | None) -> dict[str, str]:
    """The parameters of a call, without its signature; None leaves one out."""
    moment = dt.datetime.fromtimestamp(alibaba.now, dt.UTC)
    pairs = {
        "Action": action,
        "Version": "2017-05-25",
        "Format": "JSON",
        "Timestamp": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureVersion": "1.0",
        "SignatureNonce": secrets.token_hex(16),
        "AccessKeyId": alibaba.key(KEY),
        "SecurityToken": alibaba.token,
        **changes,
    }
    return {name: value for name, value in pairs.items() if value is not None}


def string_to_sign(method: str, pairs: Mapping[str, str]) -> str:
    """What is signed, as the vendor documents it, without a line of the sandbox's."""
    query = "&".join(f"{quote(n, safe='')}={quote(pairs[n], safe='')}" for n in sorted(pairs))
    return f"{method}&%2F&{quote(query, safe='')}"


def signed(method: str, pairs: Mapping[str, str], secret: str = SECRET) -> dict[str, str]:
    mac = hmac.digest(f"{secret}&".encode(), string_to_sign(method, pairs).encode(), "sha1")
    return {**pairs, "Signature": base64.b64encode(mac).decode()}


def code(answer: httpx.Response) -> str:
    return str(answer.json()["Code"])


def met(alibaba: Alibaba, changes: Mapping[str, str | None], secret: str = SECRET) -> str:
    """The code that a call meets, signed with all that it has."""
    pairs = signed("POST", pairs_of(alibaba, LIST, **changes), secret)
    return code(alibaba.http.post("/", params=pairs))


@pytest.mark.parametrize(
    ("method", "pairs", "secret", "signature"),
    [
        (
            "GET",
            (
                "Timestamp=2016-02-23T12%3A46%3A24Z&Format=XML&AccessKeyId=testid"
                "&Action=DescribeRegions&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0"
                "&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Version=2014-05-26"
            ),
            "testsecret",
            "OLeaidS1JvxuMvnyHOwuJ+uX5qY=",
        ),
        (
            "POST",
            (
                "Action=GetSmsSign&Format=json&Version=2017-05-25&SignName=%E7%A4%BA%E4%BE%8B+A*~(b)"
                "&Timestamp=2025-01-02T03%3A04%3A05Z&SignatureNonce=0123456789abcdef0123456789abcdef"
                "&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&AccessKeyId=TESTAK"
            ),
            "local-secret-for-tests",
            "CZKxYrpJj/j1SUwMZi6sv+GtH7E=",
        ),
    ],
)
def test_the_vendors_own_examples_are_reproduced(
    method: str, pairs: str, secret: str, signature: str
) -> None:
    given = dict(httpx.QueryParams(pairs))
    to_sign = auth.rpc_string_to_sign(method, {**given, "Signature": "x"})

    assert auth.rpc_signature(to_sign, secret=secret) == signature


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("encode", [urlencode, lambda pairs: urlencode(pairs, quote_via=quote)])
def test_a_call_is_taken_from_query_and_form(
    alibaba: Alibaba, method: str, encode: Callable[[Mapping[str, str]], str]
) -> None:
    alibaba.submit(Remark=AWKWARD)
    query = encode(signed(method, pairs_of(alibaba, GET, SignName=TEXT)))

    answer = alibaba.http.request(method, f"/?{query}")

    assert answer.json()["Remark"] == AWKWARD
    assert answer.headers["content-type"] == "application/json;charset=utf-8"


@pytest.mark.parametrize("in_the_form", [{"SignName", "Remark"}, None])
def test_a_form_is_signed_with_the_query(alibaba: Alibaba, in_the_form: set[str] | None) -> None:
    fields = {"SignName": TEXT, "SignSource": "0", "Remark": AWKWARD, "QualificationId": "1"}
    pairs = signed("POST", pairs_of(alibaba, CREATE, **fields))
    form = {n: v for n, v in pairs.items() if in_the_form is None or n in in_the_form}
    query = {n: v for n, v in pairs.items() if n not in form}

    assert code(alibaba.http.post("/", params=query, data=form)) == "OK"
    assert alibaba.get()["Remark"] == AWKWARD
    assert code(alibaba.http.post("/", params=query, data={**form, "SignName": "x"})) != "OK"


def test_other_parameters_of_clients_do_not_matter(alibaba: Alibaba) -> None:
    headers = {"x-acs-action": LIST, "x-acs-version": "2017-05-25", "x-sdk-client": "Node.js"}
    pairs = signed("POST", pairs_of(alibaba, LIST, SignatureType="", RegionId="cn-hangzhou"))

    assert code(alibaba.http.post("/", params=pairs, headers=headers)) == "OK"


@pytest.mark.parametrize("name", ["SignatureMethod", "SignatureVersion", "Format"])
def test_a_parameter_that_names_the_usual_may_be_left_out(alibaba: Alibaba, name: str) -> None:
    assert met(alibaba, {name: None}) == "OK"


@pytest.mark.parametrize("name", ["Timestamp", "SignatureNonce"])
def test_a_missing_parameter_of_the_signature_is_named(alibaba: Alibaba, name: str) -> None:
    assert met(alibaba, {name: None}) == f"Missing{name}"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"SignatureMethod": "HMAC-MD5"}, "IncompleteSignature"),
        ({"SignatureVersion": "2.0"}, "IncompleteSignature"),
        ({"AccessKeyId": "LTAIsomebody"}, "InvalidAccessKeyId.NotFound"),
        ({"Timestamp": "2025-01-02 03:04:05"}, "InvalidTimeStamp.Format"),
        ({"Timestamp": "2025-01-02T03:04:05Z"}, "InvalidTimeStamp.Expired"),
        ({"Version": "2014-05-26"}, "InvalidVersion"),
        ({"Action": "AddSmsSign"}, "InvalidAction.NotFound"),
    ],
)
def test_a_wrong_parameter_meets_the_vendors_code(
    alibaba: Alibaba, changes: dict[str, str], expected: str
) -> None:
    assert met(alibaba, changes) == expected


def test_a_signature_that_is_wrong_is_told_what_was_verified(alibaba: Alibaba) -> None:
    pairs = pairs_of(alibaba, GET, SignName=AWKWARD)
    answer = alibaba.http.get("/", params=signed("GET", pairs, "another"))

    assert (answer.status_code, code(answer)) == (400, "SignatureDoesNotMatch")
    assert answer.json()["Message"] == (
        "Specified signature is not matched with our calculation. server string to sign is:"
        + string_to_sign("GET", pairs)
    )
    mistaken = signed("POST", pairs), {**signed("GET", pairs), "SignName": "x"}
    answers = [alibaba.http.get("/", params=each) for each in mistaken]
    answers += [alibaba.http.get("/", params={**pairs, "Signature": ""})]
    assert [code(each) for each in answers] == ["SignatureDoesNotMatch"] * 2 + ["MissingSignature"]


def test_a_nonce_is_taken_once_in_whichever_signature(alibaba: Alibaba) -> None:
    nonce = {"SignatureNonce": "0123"}
    wrong = met(alibaba, nonce, "another")
    codes = [met(alibaba, nonce) for _ in range(2)]

    assert [wrong, *codes] == ["SignatureDoesNotMatch", "OK", "SignatureNonceUsed"]
    headers = {"x-acs-signature-nonce": "0123"}
    assert code(alibaba.send(LIST, headers=headers)) == "SignatureNonceUsed"
    assert met(alibaba.of("marketing"), nonce) == "OK"


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (auth.SECURITY_TOKEN, "OK"),
        ("another", "InvalidSecurityToken.Expired"),
        (None, "MissingSecurityToken"),
    ],
)
def test_a_temporary_key_needs_its_token(
    alibaba: Alibaba, token: str | None, expected: str
) -> None:
    changes = {"AccessKeyId": auth.TEMPORARY_ACCESS_KEY_ID, "SecurityToken": token}

    assert met(alibaba, changes) == expected


def test_a_call_is_recorded_with_its_account_and_nothing_of_its_key(
    alibaba: Alibaba, sandbox: Sandbox
) -> None:
    met(alibaba.of("marketing"), {"Action": GET, "SignName": TEXT})
    call = sandbox.calls("alibaba", GET)[0]

    assert (call.account, call.fields["SignName"]) == ("marketing", TEXT)
    assert {call.fields[name] for name in ("AccessKeyId", "Signature", "SignatureNonce")} == {True}
