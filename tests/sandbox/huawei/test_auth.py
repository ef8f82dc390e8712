"""The verifier against signatures that the official SDK made, and the lock."""

from __future__ import annotations

import dataclasses

import httpx
import pytest

from pulumi_smssign.sandbox import ManualClock, Sandbox
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.huawei import auth
from pulumi_smssign.sandbox.huawei.switches import SWITCHES
from pulumi_smssign.sandbox.switches import Switches
from tests.sandbox.huawei.caller import AK, SIGNATURES, SK, Wire, code_of, signed_headers

EXAMPLE_PROJECT = "845ada5bc7444f1295cd517af0123da1"
EXAMPLE_BODY = (
    b'{"app_id":"9e61f59c-1a6b-4ee5-9651-5bca450694b3","is_involved_third":"No",'
    b'"signature_name":"CloudTest","signature_source":0,"signature_type":"NOTIFY_TYPE"}'
)
NOW = 1_744_372_800.0
DATE = "20250411T120000Z"


def example(
    method: str, target: str, content_type: str, body: bytes = b"", **headers: str
) -> HttpRequest:
    path, _, query = f"/v2/{EXAMPLE_PROJECT}/msgsms/{target}".partition("?")
    sent = {
        "content-type": content_type,
        "host": "127.0.0.1:18977",
        "x-project-id": EXAMPLE_PROJECT,
        "x-sdk-date": DATE,
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return HttpRequest(method, path, query, sent, body)


VECTORS = [
    (
        example("POST", "signatures", "application/json", EXAMPLE_BODY),
        "7b5862ac0d46bc8696ebe2c0313a911b5bfb2c55ccb06bb2af83f559180c6b70",
    ),
    (
        example(
            "GET",
            "signatures?limit=10&offset=0&signature_name=%E4%BA%91%20%E6%B5%8B%E8%AF%95",
            "application/json",
        ),
        "f047fb6b7136c42648bd84f4b753b287a0d376841fcd702289b4592301d8140e",
    ),
    (
        example(
            "POST",
            "upload-files?file_desc=lic",
            "multipart/form-data; boundary=BOUNDARY",
            b"any body",
            x_sdk_content_sha256="UNSIGNED-PAYLOAD",
        ),
        "733bfb11e5c1811eb533a79b3729eed68eb4736a4c6bbb41dc30b7172a3d24f0",
    ),
]


@pytest.mark.parametrize(("request_", "expected"), VECTORS, ids=["create", "list", "upload"])
def test_the_signature_is_the_official_sdks(request_: HttpRequest, expected: str) -> None:
    assert auth.signature(request_, tuple(sorted(request_.headers)), sk="SKEXAMPLE") == expected


class Verifier:
    """A verifier whose clock stands at NOW, and requests that the official signer made then."""

    def __init__(self) -> None:
        self.switches = Switches(SWITCHES)
        self.clock = ManualClock(NOW)
        self.verifier = auth.KeyVerifier(self.switches, self.clock)

    def signed(
        self,
        url: str = "http://127.0.0.1:8080/v2/p/msgsms/signatures?limit=10",
        body: bytes = b"",
        *,
        keys: tuple[str, str] = (AK, SK),
        **headers: str,
    ) -> HttpRequest:
        target = httpx.URL(url)
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = signed_headers("GET", target, own, body, at=self.clock.now(), keys=keys)
        path, _, query = target.raw_path.decode().partition("?")
        lower = {name.lower(): value for name, value in sent.items()}
        return HttpRequest("GET", path, query, lower, body)

    def flaw(self, request: HttpRequest) -> str:
        with pytest.raises(Refusal) as caught:
            self.verifier.account(request)
        assert caught.value.code == "APIGW.0301"
        return caught.value.message.removeprefix("Incorrect IAM authentication information: ")


@pytest.fixture
def verifier() -> Verifier:
    return Verifier()


def changed(request: HttpRequest, **headers: str) -> HttpRequest:
    own = {name.replace("_", "-"): value for name, value in headers.items()}
    return dataclasses.replace(request, headers={**request.headers, **own})


def test_the_account_follows_from_the_key(verifier: Verifier) -> None:
    marketing = verifier.signed(keys=("smssign-sandbox.marketing", SK))

    assert verifier.verifier.account(verifier.signed()) == "default"
    assert verifier.verifier.account(marketing) == "marketing"
    assert auth.claimed_account(marketing) == "marketing"


@pytest.mark.parametrize(
    "url",
    [
        "http://h/v2/p/msgsms/signatures/a%2Fb",
        "http://h/v2/p/msgsms/signatures/~a-b_c.d%20e",
        "http://h/v2/p/msgsms/signatures?b=2&a=%2B&a=&c=%E4%BA%91",
        "http://h/v2/p/msgsms/signatures/",
    ],
)
def test_a_request_target_is_read_as_the_signer_reads_it(verifier: Verifier, url: str) -> None:
    assert verifier.verifier.account(verifier.signed(url)) == "default"


def test_a_header_beyond_ascii_is_signed_as_text(verifier: Verifier) -> None:
    assert verifier.verifier.account(verifier.signed(x_note="云 ")) == "default"


def test_a_plus_for_a_space_is_no_signed_space(verifier: Verifier) -> None:
    request = verifier.signed("http://h/v2/p/msgsms/signatures?signature_name=a%20b")
    sent = dataclasses.replace(request, query="signature_name=a+b")

    assert verifier.flaw(sent) == "verify aksk signature fail"


@pytest.mark.parametrize(
    "change", [{"body": b"{}"}, {"path": "/v2/p/msgsms/apps"}, {"query": ""}, {"method": "PUT"}]
)
def test_a_change_on_the_way_is_noticed(verifier: Verifier, change: dict[str, str]) -> None:
    request = dataclasses.replace(verifier.signed(body=b'{"a":1}'), **change)  # type: ignore[arg-type] # its fields

    assert verifier.flaw(request) == "verify aksk signature fail"


def test_a_changed_signed_header_is_noticed(verifier: Verifier) -> None:
    assert verifier.flaw(changed(verifier.signed(), host="elsewhere"))


def test_the_host_need_not_be_signed() -> None:
    """The official SDK for Go signs user-agent, x-project-id and x-sdk-date alone."""
    request = example("GET", "apps", "application/json", user_agent="huaweicloud-usdk-go/3.0")
    names = ("user-agent", "x-project-id", "x-sdk-date")
    authorization = (
        f"SDK-HMAC-SHA256 Access={auth.AK}, SignedHeaders={';'.join(names)}, "
        f"Signature={auth.signature(request, names)}"
    )
    assert Verifier().verifier.account(changed(request, authorization=authorization)) == "default"


def test_a_body_goes_unsigned_only_by_a_signed_header(verifier: Verifier) -> None:
    unsigned = verifier.signed(body=b"1", Content_Type="multipart/form-data; boundary=B")
    smuggled = changed(verifier.signed(body=b"1"), x_sdk_content_sha256="UNSIGNED-PAYLOAD")

    assert verifier.verifier.account(dataclasses.replace(unsigned, body=b"2")) == "default"
    assert verifier.flaw(dataclasses.replace(smuggled, body=b"2"))


def test_an_empty_body_is_hashed_though_the_header_says_unsigned(verifier: Verifier) -> None:
    request = verifier.signed(Content_Type="multipart/form-data; boundary=B")

    assert verifier.verifier.account(request) == "default"


@pytest.mark.parametrize(("off", "taken"), [(900, True), (-900, True), (901, False), (-901, False)])
def test_a_clock_may_be_off_by_a_quarter_of_an_hour(
    verifier: Verifier, off: int, taken: bool
) -> None:
    request = verifier.signed()
    verifier.clock.advance(off)

    if taken:
        assert verifier.verifier.account(request) == "default"
    else:
        assert verifier.flaw(request) == "calc ak sk signature fail:signature expired"


@pytest.mark.parametrize("date", ["yesterday", "20251399T999999Z", "2025-04-11T12:00:00Z"])
def test_a_date_that_is_none_is_refused(verifier: Verifier, date: str) -> None:
    assert verifier.flaw(changed(verifier.signed(), x_sdk_date=date))


@pytest.mark.parametrize(
    "authorization",
    [
        "Basic x",
        "V11-HMAC-SHA256 Access=smssign-sandbox, SignedHeaders=host;x-sdk-date, Signature=0",
        "SDK-HMAC-SHA256 Access=smssign-sandbox, SignedHeaders=host, Signature=0",
        "SDK-HMAC-SHA256 Access=smssign-sandbox, SignedHeaders=x-sdk-date;host, Signature=0",
        "SDK-HMAC-SHA256 Access=smssign-sandbox, SignedHeaders=host;x-none;x-sdk-date, Signature=0",
        "SDK-HMAC-SHA256 Access=smssign-sandbox, SignedHeaders=Host;x-sdk-date, Signature=0",
    ],
)
def test_an_authorization_that_is_none_is_refused(verifier: Verifier, authorization: str) -> None:
    request = changed(verifier.signed(), authorization=authorization)

    assert verifier.flaw(request).startswith("verify aksk signature fail: ")


@pytest.mark.parametrize("ak", ["nobody", "smssign-sandboxed", "smssign-sandbox."])
def test_an_unknown_key_is_told_so(verifier: Verifier, ak: str) -> None:
    assert verifier.flaw(verifier.signed(keys=(ak, SK))) == (
        f"Get secretKey failed,ak:{ak},err:ak not exist"
    )


@pytest.mark.parametrize(
    ("ak", "account"),
    [("smssign-temporary", "default"), ("smssign-temporary.marketing", "marketing")],
)
def test_a_temporary_key_needs_its_token(verifier: Verifier, ak: str, account: str) -> None:
    with_token = verifier.signed(keys=(ak, SK), X_Security_Token="smssign-sandbox-token")

    assert verifier.verifier.account(with_token) == account
    assert "security token" in verifier.flaw(verifier.signed(keys=(ak, SK)))
    assert "security token" in verifier.flaw(verifier.signed(keys=(ak, SK), X_Security_Token="x"))


LOCKED = "AK access failed to reach the limit,forbidden"
MISMATCH = "verify aksk signature fail"


def flaws(verifier: Verifier, count: int) -> list[str]:
    return [verifier.flaw(verifier.signed(keys=(AK, "wrong"))) for _ in range(count)]


def test_a_key_is_locked_for_five_minutes_from_its_fifth_failure(verifier: Verifier) -> None:
    met = flaws(verifier, 5)
    verifier.clock.advance(299)
    locked = verifier.flaw(verifier.signed())
    verifier.clock.advance(1)

    assert met == [MISMATCH] * 5
    assert locked == LOCKED
    assert verifier.verifier.account(verifier.signed()) == "default"
    assert flaws(verifier, 6) == [*[MISMATCH] * 5, LOCKED]


def test_only_failures_in_a_row_lock_a_key(verifier: Verifier) -> None:
    flaws(verifier, 4)
    verifier.verifier.account(verifier.signed())

    assert flaws(verifier, 5) == [MISMATCH] * 5


def test_a_lock_is_of_its_key_alone_and_goes_with_a_reset(verifier: Verifier) -> None:
    flaws(verifier, 5)

    assert verifier.verifier.account(verifier.signed(keys=(f"{AK}.marketing", SK))) == "marketing"
    verifier.verifier.reset()
    assert verifier.verifier.account(verifier.signed()) == "default"


def test_no_key_is_locked_where_the_switch_says_so(verifier: Verifier) -> None:
    verifier.switches.set({"huawei.enforce_lock": False})
    flaws(verifier, 6)

    assert verifier.verifier.account(verifier.signed()) == "default"


def test_a_lock_is_met_by_the_whole_gateway_and_ends_with_a_reset(
    http: httpx.Client, clock: ManualClock, wire: Wire, sandbox: Sandbox
) -> None:
    wrong = Wire(http, clock, (AK, "wrong"))
    for _ in range(5):
        assert wrong.send("GET", SIGNATURES).status_code == 401
    answer = wire.send("GET", "/v3/projects")
    sandbox.reset()

    assert code_of(answer) == "APIGW.0301"
    assert LOCKED in answer.json()["error_msg"]
    assert wire.names() == []
