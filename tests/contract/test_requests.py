"""Our requests are those of the vendors' official SDKs for the same input, signatures and all.

Both ask the same small server, which keeps what it was asked.
"""

from __future__ import annotations

import base64
import email.parser
import email.policy
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from huaweicloudsdkmsgsms.v2 import SmsSignatureReq
from pydantic import SecretStr
from tencentcloud.common import abstract_client
from ucloud.core.auth import Credential
from yunpian_python_sdk.api.sign import SignApi

from pulumi_smssign.huawei.signing import KeyAuth, authorization
from pulumi_smssign.model.review import Handle
from pulumi_smssign.tencent.auth import AccountCredentials
from pulumi_smssign.tencent.signing import TC3Auth
from pulumi_smssign.ucloud.auth import signature
from pulumi_smssign.yunpian.application import SignatureApplication
from tests.contract.client import Client
from tests.contract.huawei_sdk import AK, APP, SK
from tests.contract.recorder import ANSWERS, ID, Received, Recorder
from tests.contract.test_sdks import SDKS
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN, Case
from tests.images import jpeg, png
from tests.vendors.calls import connected

# Two SDKs ask for the time in a way that Python 3.12 calls deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*utcnow:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*utcfromtimestamp:DeprecationWarning"),
]

AT = 1_790_000_000
HANDLE = Handle(ID, "极客科技", "org-sandbox/mainland")


@dataclass
class Pair:
    """Our client and the SDK's, and the server that both ask."""

    client: Client
    sdk: Any
    recorder: Recorder

    @property
    def api(self) -> Any:  # noqa: ANN401 - each vendor's calls have a type of their own
        return self.client.api

    def submit(self, **changes: object) -> None:
        self.api.submit(self.client.application(**changes))

    def resubmit(self, handle: Handle = HANDLE, /, **changes: object) -> None:
        self.api.resubmit(handle, self.client.application(**changes))

    def find(self, **changes: object) -> None:
        self.api.find(self.client.application(**changes))


Call = Callable[[Pair], object]
Row = tuple[Case, Call, Call]


@pytest.fixture
def pair(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Pair]:
    case: Case = request.param
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Recorder(ANSWERS[case.vendor]) as recorder:
        thread = threading.Thread(target=recorder.serve_forever, args=(0.01,))
        thread.start()
        auth, keys = None, {}
        if case is TENCENT:
            monkeypatch.setattr(abstract_client.time, "time", lambda: AT)
            auth, keys = tc3(), {"token": "tok"}
        served: Any = recorder
        with closing(connected(case.vendor, recorder.url, auth, **keys)) as api:
            client = Client(case, served, tmp_path, lambda: api, api)
            yield Pair(client, SDKS[case.vendor](served, **keys), recorder)
        recorder.shutdown()
        thread.join()


def tc3() -> TC3Auth:
    settings = {**AccountCredentials.test_keys, "token": "tok"}
    return TC3Auth(AccountCredentials.model_validate(settings), clock=lambda: AT)


# What must agree


def same_at_alibaba(ours: Received, theirs: Received) -> None:
    """Query and action; the SDK of Python sends True, those of other languages true."""
    assert (ours.method, urlsplit(ours.target).path) == (theirs.method, "/")
    usual = {"SignType": "1", "ThirdParty": "false"} if "SignSource" in theirs.query else {}
    query, expected = dict(ours.query), {**usual, **theirs.query}
    paths, expected_paths = (each.pop("MoreData", "[]") for each in (query, expected))
    assert json.loads(paths) == json.loads(expected_paths)
    assert query == {name: value.replace("True", "true") for name, value in expected.items()}
    for header in ("x-acs-action", "x-acs-version"):
        assert ours.headers[header] == theirs.headers[header]


UNKNOWN_TO_THE_SDK = ("signature_related_file_id", "registration_number", "license_number")
"""Fields of Huawei's page (2025-04-11) that the SDK 3.1.219 can't send."""
OF_THE_MOMENT = {
    *("accept", "accept-encoding", "connection", "content-length", "user-agent"),
    *("authorization", "x-sdk-date"),
}
"""Headers of the HTTP library, of the client or of the moment."""


def same_at_huawei(ours: Received, theirs: Received) -> None:
    """Path, query, headers, fields; and each signs the other's request as the other has."""
    assert (ours.method, ours.target) == (theirs.method, theirs.target)
    assert telling(ours) == telling(theirs)
    assert ours.headers["authorization"] == signed_by_the_sdk(ours)
    assert theirs.headers["authorization"] == authorization(AK, SK, theirs.again(), names(theirs))
    if "multipart" in ours.headers["content-type"]:
        assert ours.headers["x-sdk-content-sha256"] == "UNSIGNED-PAYLOAD"
        assert parts(ours) == parts(theirs)
    elif theirs.body:
        only_ours = {name: ours.json[name] for name in UNKNOWN_TO_THE_SDK if name in ours.json}
        assert ours.json == {**theirs.json, **only_ours}
    else:
        assert ours.body == b""


def telling(received: Received) -> dict[str, str]:
    headers = received.headers.items()
    return {
        name: value.partition("boundary=")[0]
        for name, value in headers
        if name not in OF_THE_MOMENT
    }


def names(received: Received) -> list[str]:
    """The names of the signed headers."""
    signed = received.headers["authorization"].partition("SignedHeaders=")[2]
    return signed.partition(",")[0].split(";")


def signed_by_the_sdk(received: Received) -> str:
    target = urlsplit(received.target)
    cased = {name: "-".join(map(str.capitalize, name.split("-"))) for name in names(received)}
    request = SdkRequest(
        method=received.method,
        schema="http",
        host=received.headers["host"],
        resource_path=target.path,
        query_params=parse_qsl(target.query, keep_blank_values=True),
        header_params={cased[name]: received.headers[name] for name in names(received)},
        body=received.body,
    )
    Signer(BasicCredentials(AK, SK, None)).sign(request)
    return str(request.header_params["Authorization"])


def parts(received: Received) -> list[tuple[object, str | None, str, object]]:
    """Each part of a multipart body: its name, its file's name, its type and its content."""
    head = f"Content-Type: {received.headers['content-type']}\r\n\r\n".encode()
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in parser.parsebytes(head + received.body).iter_parts()
    ]


def same_at_tencent(ours: Received, theirs: Received) -> None:
    """Headers that mean something, body, and our signature over the SDK's bytes."""
    assert (ours.method, ours.target) == (theirs.method, theirs.target)
    keys = ("version", "region", "language", "timestamp", "token", "action")
    for header in ("content-type", "host", *(f"x-tc-{key}" for key in keys)):
        assert ours.headers[header] == theirs.headers[header], header
    assert ours.json == theirs.json
    signed = next(tc3().auth_flow(theirs.again()))
    assert signed.headers["Authorization"] == theirs.headers["authorization"]


def same_at_ucloud(ours: Received, theirs: Received) -> None:
    """The same line, kind and parameters, the signature over them among these.

    The SDK also sends `U-Timestamp-Ms`, which no page asks for and nothing signs.
    """
    assert (ours.method, ours.target) == (theirs.method, theirs.target) == ("POST", "/")
    assert ours.headers["content-type"] == theirs.headers["content-type"]
    assert ours.form == theirs.form
    assert sorted(ours.body.split(b"&")) == sorted(theirs.body.split(b"&"))


def same_at_yunpian(ours: Received, theirs: Received) -> None:
    """Byte for byte, but for what each client says of itself and the page's own `accept`."""
    assert (ours.method, ours.target) == (theirs.method, theirs.target)
    assert ours.body == theirs.body
    own = {"user-agent", "accept-encoding", "accept", "api-lang"}
    names = ours.headers.keys() - own
    assert {name: ours.headers[name] for name in names} == {
        name: value for name, value in theirs.headers.items() if name not in own
    }


SAME: Mapping[str, Callable[[Received, Received], None]] = {
    "alibaba": same_at_alibaba,
    "huawei": same_at_huawei,
    "tencent": same_at_tencent,
    "ucloud": same_at_ucloud,
    "yunpian": same_at_yunpian,
}

# The calls: ours, and the SDK's for the same input


def alibaba(**fields: object) -> Row:
    fields = {"more_data": None, **fields}
    return (
        ALIBABA,
        lambda pair: pair.submit(**fields),
        lambda pair: pair.sdk.submit(qualification_id=2000417, **fields),
    )


AT_ALIBABA: tuple[Row, ...] = (
    alibaba(),
    alibaba(third_party=True, authorization_letter_id=417),
    alibaba(sign_source=5, trademark_id=417),
    alibaba(remark="登录 & 测 *~(b)+", more_data=["1/a.png", "1/b c.png"]),
    alibaba(sign_type=0),
    (
        ALIBABA,
        lambda pair: pair.resubmit(more_data=None, remark="mended", sign_type=0),
        lambda pair: pair.sdk.change(qualification_id=2000417, remark="mended", sign_type=0),
    ),
    (ALIBABA, lambda pair: pair.api.reviews([HANDLE]), lambda pair: pair.sdk.get()),
    (ALIBABA, lambda pair: pair.api.withdraw(HANDLE), lambda pair: pair.sdk.delete()),
)

WHOLE: dict[str, Any] = {
    "app_id": APP,
    "signature_source": 5,
    "is_involved_third": True,
    "file_id": "f-1",
    "power_attorney_fileid": "f-2",
    "signature_related_file_id": "f-3",
    "registration_number": "TM-0042",
    "apply_desc": "订单通知",
    "source_title_content": "https://app.example",
    "qualification_id": "q-417",
}
PLAIN = {
    **dict.fromkeys(UNKNOWN_TO_THE_SDK),
    "signature_source": 0,
    "is_involved_third": False,
    "apply_desc": None,
}
LICENSED = {"apply_desc": "mended", "license_number": "粤B2-00000417", "signature_source": 2}


def huawei(name: str, **changes: object) -> Row:
    fields = {**WHOLE, **changes}
    yes_or_no = "Yes" if fields["is_involved_third"] else "No"
    known = {key: value for key, value in fields.items() if key not in UNKNOWN_TO_THE_SDK}
    known["is_involved_third"] = yes_or_no
    given: list[str] = [ID] if name == "change" else []
    return (
        HUAWEI,
        lambda pair: (pair.resubmit if given else pair.submit)(licence=None, **fields),
        lambda pair: getattr(pair.sdk, name)(*given, **known),
    )


def uploaded(name: str, media_type: str, content: bytes) -> Row:
    def ours(pair: Pair) -> None:
        application = pair.client.application(licence=pair.client.proof(name, content))
        pair.api.submit(application)
        del pair.recorder.requests[1:]
        assert application.uploads == {application.evidence[0].sha256: "f-9"}

    def theirs(pair: Pair) -> None:
        pair.sdk.upload(pair.client.folder, name, content, None, media_type)

    return HUAWEI, ours, theirs


AT_HUAWEI: tuple[Row, ...] = (
    huawei("submit"),
    huawei("submit", **PLAIN),
    huawei("change", **LICENSED),
    (HUAWEI, lambda pair: pair.api.reviews([HANDLE]), lambda pair: pair.sdk.get(ID)),
    (
        HUAWEI,
        lambda pair: pair.find(signature_name="云杉 示例~1"),
        lambda pair: pair.sdk.listed(
            signature_name="云杉 示例~1", signature_type="NOTIFY_TYPE", limit=500, offset=0
        ),
    ),
    (HUAWEI, lambda pair: pair.api.withdraw(HANDLE), lambda pair: pair.sdk.delete(ID)),
    (HUAWEI, lambda pair: pair.api.request("activate", HANDLE), lambda p: p.sdk.activate(ID)),
    uploaded("licence.png", "image/png", png()),
    uploaded("licence.pdf", "application/pdf", b"%PDF-1.4"),
)

ABROAD: dict[str, Any] = {"sign_type": 4, "document_type": 7, "sign_purpose": 1}
ABROAD_AT_THE_SDK = {
    "SignType": 4,
    "DocumentType": 7,
    "SignPurpose": 1,
    "International": 1,
    "Remark": "登录验证码",
    "CommissionImage": base64.b64encode(jpeg()).decode(),
}
TWO = [Handle("1110", scope="international"), Handle("1111", scope="international")]


def abroad(pair: Pair) -> dict[str, Any]:
    letter = pair.client.proof("letter.jpg", jpeg())
    return {**ABROAD, "international": True, "remark": "登录验证码", "commission_image": letter}


def two_reviews(pair: Pair) -> None:
    pair.api.reviews(TWO)
    del pair.recorder.requests[1:]  # the mainland's list, since these are in neither


AT_TENCENT: tuple[Row, ...] = (
    (
        TENCENT,
        lambda pair: pair.submit(**abroad(pair)),
        lambda pair: pair.sdk.submit(**ABROAD_AT_THE_SDK),
    ),
    (
        TENCENT,
        lambda pair: pair.resubmit(Handle("1110"), **abroad(pair)),
        lambda pair: pair.sdk.change("1110", **ABROAD_AT_THE_SDK),
    ),
    (
        TENCENT,
        two_reviews,
        lambda pair: pair.sdk.describe(International=1, SignIdSet=[1110, 1111]),
    ),
    (
        TENCENT,
        lambda pair: pair.find(international=True),
        lambda pair: pair.sdk.describe(International=1, Limit=100, Offset=0),
    ),
    (TENCENT, lambda pair: pair.api.withdraw(Handle("1110")), lambda p: p.sdk.delete("1110")),
)

URLS = {"document": "https://files.example/a?b=1&c=2", "proxy_doc": "https://files.example/d"}
OF_OTHERS = {
    "sig_type": 4,
    "certificate_type": 4,
    "sig_purpose": 1,
    "scene_desc": "shop = 商城",
    "qualification_id": "qual-example",
}
OF_OTHERS_AT_THE_SDK = {
    "SigType": 4,
    "CertificateType": 4,
    "SigPurpose": 1,
    "SceneDesc": "shop = 商城",
    "ProxyFile": f"image/jpeg;base64,{base64.b64encode(jpeg()).decode()}",
}
FILE = f"image/png;base64,{base64.b64encode(png()).decode()}"


def of_others(pair: Pair) -> dict[str, Any]:
    return {**OF_OTHERS, "proxy_file": pair.client.proof("letter.jpg", jpeg())}


def in_default_project(pair: Pair) -> None:
    with closing(connected("ucloud", pair.recorder.url, projectId=None)) as api:
        api.reviews([Handle(ID)])


AT_UCLOUD: tuple[Row, ...] = (
    (
        UCLOUD,
        lambda pair: pair.submit(description="login codes & 通知 +1", **of_others(pair)),
        lambda pair: pair.sdk.submit(
            International=False,
            QualificationId="qual-example",
            Description="login codes & 通知 +1",
            **OF_OTHERS_AT_THE_SDK,
        ),
    ),
    (
        UCLOUD,
        lambda pair: pair.submit(file=None, international=True),
        lambda pair: pair.sdk.client.create_usms_signature(
            {
                "SigContent": "极客科技",
                "SigType": 0,
                "SigPurpose": 0,
                "CertificateType": 0,
                "Description": "login codes",
                "International": True,
            }
        ),
    ),
    (
        UCLOUD,
        lambda pair: pair.resubmit(**URLS, **of_others(pair)),
        lambda pair: pair.sdk.change(
            ID,
            File=FILE,
            Document=URLS["document"],
            ProxyDoc=URLS["proxy_doc"],
            **OF_OTHERS_AT_THE_SDK,
        ),
    ),
    (UCLOUD, lambda pair: pair.api.reviews([HANDLE]), lambda pair: pair.sdk.query(SigId=ID)),
    (UCLOUD, lambda pair: pair.find(), lambda pair: pair.sdk.query(SigContent="极客科技")),
    (
        UCLOUD,
        in_default_project,
        lambda pair: SDKS["ucloud"](pair.client.served, project_id=None).show(ID),
    ),
    (UCLOUD, lambda pair: pair.api.withdraw(HANDLE), lambda pair: pair.sdk.delete(ID)),
)

SIGN = "极客 & 科技+"
LEAST = {
    "sign": SIGN,
    "sign_use": "0",
    "website": "https://a.example/?x=1&y=2",
    "notify": "true",
    "apply_vip": "false",
    "is_only_global": "false",
    "industry_type": "其它",
}
FIRST = {name: LEAST[name] for name in ("sign", "sign_use", "website")}
LAST = {name: LEAST[name] for name in LEAST if name not in FIRST}
"""The fields before and after an application's papers; Yunpian's SDK sends them in our order."""
LEAST_OF_OURS: dict[str, Any] = {
    "sign": SIGN,
    "website": LEAST["website"],
    "prove_type": None,
    "licences": None,
}
COMPANY = {
    "business_license_name": "极客科技有限公司",
    "id_card_name": "赵钱孙",
    "id_card_number": "11010119000101001X",
}
PAPER_URLS = ["https://a.example/1.png?token=a%2Fb", "https://a.example/2.png"]
SIDES = {
    "id_card_front_url": "https://a.example/front.png",
    "id_card_back_url": "https://a.example/back.png",
}
PICTURES = {"a.png": png(1), "b.jpg": jpeg(2), "front.png": png(3), "back.jpg": jpeg(4)}
ENCODED = {name: base64.b64encode(content).decode() for name, content in PICTURES.items()}


def every_field(pair: Pair) -> None:
    files = {name: pair.client.proof(name, content) for name, content in PICTURES.items()}
    changes = {
        **LEAST_OF_OURS,
        "sign_use": 1,
        "prove_type": 6,
        "licences": [files["a.png"], files["b.jpg"]],
        **COMPANY,
        "id_card_front": files["front.png"],
        "id_card_back": files["back.jpg"],
        "agent_mobile": "13000000000",
        "notify": False,
        "apply_vip": True,
        "industry_type": "IT/通信/电子服务",
    }
    pair.submit(**changes)


EVERY_FIELD_AT_THE_SDK: dict[str, Any] = {
    **FIRST,
    "sign_use": 1,
    "prove_type": 6,
    "license_base64": [f"data:image/jpg;base64,{ENCODED[name]}" for name in ("a.png", "b.jpg")],
    **COMPANY,
    "id_card_front": ENCODED["front.png"],
    "id_card_back": ENCODED["back.jpg"],
    "agent_mobile": "13000000000",
    "notify": "false",
    "apply_vip": "true",
    "is_only_global": "false",
    "industry_type": "IT/通信/电子服务",
}

AT_YUNPIAN: tuple[Row, ...] = (
    (
        YUNPIAN,
        lambda pair: pair.submit(**LEAST_OF_OURS),
        lambda pair: pair.sdk.result("add", LEAST),
    ),
    (YUNPIAN, every_field, lambda pair: pair.sdk.result("add", EVERY_FIELD_AT_THE_SDK)),
    (
        YUNPIAN,
        lambda pair: pair.submit(**{**LEAST_OF_OURS, "licence_urls": PAPER_URLS, **SIDES}),
        lambda pair: pair.sdk.result("add", {**FIRST, "license_url": PAPER_URLS, **SIDES, **LAST}),
    ),
    (
        YUNPIAN,
        lambda pair: pair.resubmit(Handle("旧名字", SIGN), **{**LEAST_OF_OURS, "sign": "极客云科"}),
        lambda pair: pair.sdk.result("update", {"old_sign": SIGN, **LEAST, "sign": "极客云科"}),
    ),
    (
        YUNPIAN,
        lambda pair: pair.api.reviews([Handle(SIGN, SIGN)]),
        lambda pair: pair.sdk.result("get", {"sign": f"【{SIGN}】"}),
    ),
)

ROWS = (*AT_ALIBABA, *AT_HUAWEI, *AT_TENCENT, *AT_UCLOUD, *AT_YUNPIAN)


@pytest.mark.parametrize(
    ("pair", "ours", "theirs"),
    ROWS,
    indirect=["pair"],
    ids=[f"{case}-{number}" for number, (case, *_) in enumerate(ROWS)],
)
def test_request_is_the_sdks(pair: Pair, ours: Call, theirs: Call) -> None:
    ours(pair)
    (our_request,) = pair.recorder.take()
    theirs(pair)
    (their_request,) = pair.recorder.take()
    SAME[pair.client.name](our_request, their_request)


# Signatures over requests that our calls don't make, and what an SDK is too old for


@pytest.mark.parametrize(
    ("method", "target", "content_type", "body"),
    [
        ("POST", "/v2/a", "multipart/form-data; boundary=B", b""),
        ("POST", "/v2/a", "multipart/form-data; boundary=B", b"--B--"),
        ("PUT", "/v2/%E4%BA%91/a%20b~c", "application/json", b"{}"),
        ("GET", "/v2/a/?b=2&a=1&a=0&c=&d=x%2By", "application/json;charset=utf8", b""),
    ],
    ids=["empty upload", "upload", "encoded path", "query"],
)
@pytest.mark.parametrize("token", [None, SecretStr("an-invented-security-token")], ids=str)
def test_huaweis_signature_is_the_sdks(
    method: str, target: str, content_type: str, body: bytes, token: SecretStr | None
) -> None:
    request = httpx.Request(
        method, f"http://h{target}", headers={"Content-Type": content_type}, content=body
    )
    signed = next(KeyAuth(AK, SecretStr(SK), token).sync_auth_flow(request))
    headers = {name.lower(): value for name, value in signed.headers.items()}
    received = Received(method, target, headers, body)
    assert headers["authorization"] == signed_by_the_sdk(received)
    assert ("x-security-token" in names(received)) is (token is not None)


@pytest.mark.parametrize(
    "parameters",
    [
        {"Action": "QueryUSMSSignature", "SigContent": "测试 A&B+="},
        {"Action": "DeleteUSMSSignature", **{f"SigIds.{number}": "SIG" for number in range(12)}},
        {"Action": "UpdateUSMSSignature", "SceneDesc": "", "SigType": "0"},
        {"b": "1", "B": "2", "a.b": "3", "a": "4"},
    ],
    ids=json.dumps,
)
def test_uclouds_signature_is_the_sdks(parameters: dict[str, str]) -> None:
    expected = Credential("a-public-key", "a-private-key").verify_ac(dict(parameters))
    assert signature({**parameters, "PublicKey": "a-public-key"}, "a-private-key") == expected


def test_huaweis_sdk_still_lacks_the_fields_that_are_excepted_here() -> None:
    assert set(UNKNOWN_TO_THE_SDK).isdisjoint(SmsSignatureReq.attribute_map)


def test_fields_that_yunpians_sdk_of_2017_has_never_heard_of_are_sent() -> None:
    """It sends what it is given, so they are handed to it as they are."""
    documented = f"{SignApi.add.__doc__} {SignApi.update.__doc__} {SignApi.get.__doc__}"
    sent_as = {"licences": "license_base64", "licence_urls": "license_url"}
    fields = {sent_as.get(name, name) for name in SignatureApplication.model_fields}
    unknown = {name for name in fields if name not in documented}
    assert unknown == {*EVERY_FIELD_AT_THE_SDK, *SIDES, "license_url"} - {
        name for name in fields if name in documented
    }
