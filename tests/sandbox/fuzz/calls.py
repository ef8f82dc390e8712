"""A good call of each protocol, with the places where it can be spoilt."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from pydantic import JsonValue

from pulumi_smssign.sandbox.alibaba import auth as alibaba_auth
from pulumi_smssign.sandbox.http_messages import Document, HttpRequest
from pulumi_smssign.sandbox.huawei import auth as huawei_auth
from pulumi_smssign.sandbox.received_text import read_form, read_json
from pulumi_smssign.sandbox.tencent import auth as tencent_auth
from pulumi_smssign.sandbox.ucloud import auth as ucloud_auth
from tests.images import png
from tests.sandbox.alibaba import caller as alibaba_caller
from tests.sandbox.fuzz.mutations import HOST, Mutations, Sent
from tests.sandbox.huawei import caller as huawei_caller
from tests.sandbox.tencent import caller as tencent_caller
from tests.sandbox.ucloud import caller as ucloud_caller
from tests.sandbox.yunpian import caller as yunpian_caller

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

Call = Callable[[Mutations, float, str], Sent]
"""Gives a request: mutations, the time (Unix seconds), and a signature that is there, if any.

That is its id; to the control API, its vendor and its id with a slash between them.
"""


def tencent(m: Mutations, at: float, known: str) -> Sent:
    ids: list[JsonValue] = [int(known or 1)]
    calls: list[tuple[str, Document]] = [
        ("AddSmsSign", tencent_caller.APPLICATION),
        (
            "ModifySmsSign",
            {**tencent_caller.APPLICATION, "SignName": "云杉甲", "SignId": ids[0]},
        ),
        (
            "DescribeSmsSignList",
            {"International": 0, "SignIdSet": ids, "Limit": 10, "Offset": 0},
        ),
        ("DeleteSmsSign", {"SignId": ids[0]}),
        ("Nothing", {}),
    ]
    action, fields = m.any_of(calls)
    method = m.one_of("POST", "GET")
    target = "/" if method == "POST" else f"/?{m.form(m.pairs(fields))}"
    body = m.json(fields) if method == "POST" else b""
    stamp = m.one_of(str(int(at)), "", "0", "9" * 12, "-1", "x")
    headers = {
        "content-type": m.one_of(JSON, FORM, "application/json; charset=utf-8", ""),
        "host": HOST,
        "x-tc-action": action,
        "x-tc-version": m.one_of("2021-01-11", "2019-07-11"),
        "x-tc-region": m.one_of("ap-guangzhou", "x"),
        "x-tc-timestamp": stamp,
    }
    signed = ("content-type", "host")
    digest = ""
    if stamp.isdecimal() and len(stamp) < 12:
        request = HttpRequest(method, "/", target[2:], headers, body)
        digest = tencent_auth.signature(request, signed, stamp)
    day = time.strftime("%Y-%m-%d", time.gmtime(at))
    headers["authorization"] = (
        f"TC3-HMAC-SHA256 Credential={tencent_auth.SECRET_ID}/{day}/sms/tc3_request, "
        f"SignedHeaders={';'.join(signed)}, Signature={digest or 'x'}"
    )
    return Sent(method, target, headers, body)


def huawei(m: Mutations, at: float, known: str) -> Sent:
    listed: Document = {"limit": "10", "offset": "0", "signature_name": "云", "sort_dir": "asc"}
    own = f"/signatures/{m.one_of(known or 'x', '..', 'a' * 300, '%ED%A0%80', '%2e%2e', '%00')}"
    calls: list[tuple[str, str, Document, bool]] = [
        ("POST", "/signatures", huawei_caller.APPLICATION, False),
        ("PUT", own, {**huawei_caller.APPLICATION, "signature_name": "云杉甲"}, False),
        ("GET", "/signatures", listed, True),
        ("GET", own, {}, True),
        ("DELETE", own, {}, True),
        ("PUT", f"{own}/active", {}, True),
        ("GET", "/apps", {"limit": "10", "app_name": "x", "begin_time": "x"}, True),
        ("GET", "/upload-files", {"file_id": "x"}, True),
        ("POST", "/nothing", {}, False),
    ]
    method, path, fields, by_query = m.any_of(calls)
    path = f"/v2/{m.one_of(huawei_caller.PROJECT, 'x', '%ff')}/msgsms{path}"
    path += f"?{m.form(m.pairs(fields))}" if by_query else ""
    headers = {"content-type": m.one_of(JSON, "text/plain", "")}
    return _signed_for_huawei(
        m, at, Sent(method, path, headers, b"" if by_query else m.json(fields))
    )


def huawei_uploads(m: Mutations, at: float, _: str) -> Sent:
    disposition = f'form-data; name="{m.one_of("file", "", "x" * 300, "fi;le")}"; ' + m.one_of(
        'filename="a.png"', 'filename="', "filename*=utf-8''%ED%A0%80.png", 'filename=""'
    )
    head = f"--BoUnD\r\nContent-Disposition: {disposition}\r\nContent-Type: image/png\r\n\r\n"
    whole = head.encode() + png() + b"\r\n--BoUnD--\r\n"
    body = m.any_of([whole, whole, m.damaged(whole)])
    content_type = m.one_of(
        "multipart/form-data; boundary=BoUnD",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        'multipart/form-data; boundary="BoUnD"',
        "multipart/form-data; boundary=\xff",
        "multipart/form-data; boundary=(((",
    )
    query = m.form(m.pairs({"file_desc": "a licence"}))
    target = f"/v2/{huawei_caller.PROJECT}/msgsms/upload-files?{query}"
    return _signed_for_huawei(m, at, Sent("POST", target, {"content-type": content_type}, body))


def _signed_for_huawei(m: Mutations, at: float, sent: Sent) -> Sent:
    headers = {
        **sent.headers,
        "host": HOST,
        "x-project-id": huawei_caller.PROJECT,
        "x-sdk-date": m.one_of(
            time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(at)), "", "x", "00000000T000000Z"
        ),
    }
    names = ("host", "x-sdk-date")
    path, _, query = sent.target.partition("?")
    digest = huawei_auth.signature(HttpRequest(sent.method, path, query, headers, sent.body), names)
    headers["authorization"] = (
        f"SDK-HMAC-SHA256 Access={huawei_auth.AK}, SignedHeaders={';'.join(names)}, "
        f"Signature={digest}"
    )
    return replace(sent, headers=headers)


def huawei_iam(m: Mutations, at: float, _: str) -> Sent:
    token = base64.urlsafe_b64encode(m.damaged(b"x" * 40)).decode()
    if m.one_of("tokens", "projects") == "projects":
        query = m.form(m.pairs({"name": "cn-north-4"}))
        sent = _signed_for_huawei(m, at, Sent("GET", f"/v3/projects?{query}", {}))
        odd = {"x-auth-token": token, **sent.headers}
        return replace(sent, headers=m.any_of([sent.headers, odd]))
    depth = m.any_of([0, 1, 2, 3])

    def spoilt(at_depth: int, good: Document) -> Document:
        return m.document(good) if depth == at_depth else good

    name: Document = {"name": huawei_caller.AK}
    user = spoilt(3, {**name, "password": "smssign-sandbox-password", "domain": spoilt(2, name)})
    identity = spoilt(2, {"methods": ["password"], "password": {"user": user}})
    scope = spoilt(2, {"project": spoilt(3, {"id": huawei_caller.PROJECT})})
    body = m.json({"auth": spoilt(1, {"identity": identity, "scope": scope})})
    return Sent("POST", "/v3/auth/tokens", {"host": HOST, "content-type": JSON}, body)


def ucloud(m: Mutations, _: float, known: str) -> Sent:
    calls: list[tuple[str, Document]] = [
        ("CreateUSMSSignature", ucloud_caller.APPLICATION),
        ("UpdateUSMSSignature", {**ucloud_caller.APPLICATION, "SigId": known or "x"}),
        ("QueryUSMSSignature", {"SigId": known or "x"}),
        ("DeleteUSMSSignature", {"SigIds": [known or "x"]}),
        ("Nothing", {}),
    ]
    action, fields = m.any_of(calls)
    fields = {
        "Action": action,
        "PublicKey": m.one_of(ucloud_auth.PUBLIC_KEY, "x", "smssign-sandbox.marketing"),
        "ProjectId": m.one_of(ucloud_auth.PROJECT, "org-404", "", "x"),
        **fields,
    }
    how = m.one_of("form", "json", "json", "query")
    if how == "json":
        body = m.json(fields)
        digest = _signed_for_ucloud(body)
        body = body.removesuffix(b"}") + b', "Signature": "' + digest.encode() + b'"}'
        return Sent("POST", "/", {"host": HOST, "content-type": JSON}, body)
    form = m.form(m.pairs(fields))
    form += f"&Signature={_signed_for_ucloud(form)}"
    if how == "query":
        return Sent("GET", f"/?{form}", {"host": HOST})
    return Sent("POST", "/", {"host": HOST, "content-type": FORM}, form.encode())


def _signed_for_ucloud(content: bytes | str) -> str:
    """The signature of what the sandbox will read; of what it can't, any."""
    try:
        read = dict(read_form(content)) if isinstance(content, str) else read_json(content)
    except ValueError:
        return "x"
    return ucloud_auth.signature(dict(read)) if isinstance(read, dict) else "x"


def yunpian(m: Mutations, _: float, known: str) -> Sent:
    call = m.any_of(["add", "update", "get", "nothing"])
    own = yunpian_caller.APPLICATION
    good = m.any_of([own, {**own, **yunpian_caller.FOR_OTHERS}])
    fields: Document = {
        "apikey": m.one_of(yunpian_caller.APIKEY, "", "x"),
        "page_num": "1",
        "page_size": "10",
        **good,
    }
    if call == "update":
        fields["old_sign"] = known or "x"
    pairs = [(name.partition(".")[0], value) for name, value in m.pairs(fields)]
    content_type = m.one_of(
        f"{FORM};charset=utf-8", f"{FORM};charset=x", JSON, "text/plain;charset=\xff", FORM
    )
    method, target = m.one_of("POST", "GET"), f"/v2/sign/{call}.json"
    return Sent(
        method, target, {"host": HOST, "content-type": content_type}, m.form(pairs).encode()
    )


def alibaba(m: Mutations, at: float, known: str) -> Sent:
    listed: Document = {"PageIndex": 1, "PageSize": 10}
    named: Document = {"SignName": known or "x"}
    more: Document = {"MoreData": '["a/b.png"]', "Remark": "login", "ApplyScene": "login"}
    more = {**alibaba_caller.APPLICATION, **more}
    calls = [
        (alibaba_caller.CREATE, more),
        (alibaba_caller.UPDATE, {**more, **named}),
        (alibaba_caller.GET, named),
        (alibaba_caller.LIST, listed),
        (alibaba_caller.DELETE, named),
        ("Nothing", {}),
    ]
    action, fields = m.any_of(calls)
    pairs = [(name, _text(value)) for name, value in m.document(fields).items()]
    form = "&".join(
        f"{quote(n, errors='surrogatepass')}={quote(v, errors='surrogatepass')}" for n, v in pairs
    )
    in_body = m.one_of("query", "body") == "body"
    query, body = ("", form.encode()) if in_body else (form, b"")
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
    headers = {
        "host": HOST,
        "x-acs-action": action,
        "x-acs-version": m.one_of(alibaba_caller.VERSION, "x"),
        "x-acs-date": m.one_of(moment, "x", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z"),
        "x-acs-signature-nonce": m.random.randbytes(16).hex(),
        "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
        **({"content-type": FORM} if in_body else {}),
    }
    names = tuple(sorted(headers))
    method = m.one_of("POST", "GET")
    digest = alibaba_auth.signature(HttpRequest(method, "/", query, headers, body), names)
    headers["authorization"] = (
        f"{alibaba_auth.ALGORITHM} Credential={alibaba_auth.ACCESS_KEY_ID},"
        f"SignedHeaders={';'.join(names)},Signature={digest}"
    )
    return Sent(method, f"/?{query}" if query else "/", headers, body)


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else str(value)


def control(m: Mutations, _: float, known: str) -> Sent:
    vendor = m.any_of(["tencent", "huawei", "ucloud", "yunpian", "alibaba", "x", "*", "%ff"])
    odd = m.any_of(["1", "x", "..", "%00", "%ED%A0%80", "a/b"])
    signature = f"/signatures/{m.one_of(known or f'{vendor}/{odd}', f'{vendor}/{odd}')}"
    policy = m.any_of(["manual", "immediate", "after:5", "after:-1", "after:1e999", "after:nan"])
    calls: list[tuple[str, str, Document | None]] = [
        ("GET", "/", None),
        ("GET", "/signatures", None),
        ("GET", "/signatures?vendor=%00&text=%ff", None),
        ("GET", signature, None),
        ("POST", f"{signature}/approve", {}),
        ("POST", f"{signature}/reject", {"reason": "云杉 REJECT"}),
        ("POST", f"{signature}/status", {"vendor_status": "2", "reason": "x"}),
        ("PATCH", signature, {"text": "云杉甲", "fields": m.document({"QualificationId": 7})}),
        ("DELETE", signature, None),
        ("GET", "/calls?vendor=x", None),
        ("DELETE", "/calls", None),
        ("GET", "/faults", None),
        ("POST", "/faults", _fault(m, vendor)),
        ("DELETE", "/faults", None),
        ("GET", "/switches", None),
        ("POST", "/switches", {_switch(m): 5}),
        ("GET", "/review", None),
        ("POST", "/review", {"policy": policy}),
        ("POST", "/reset", None),
        ("GET", "/credentials", None),
        ("OPTIONS", "/reset", None),
        ("GET", "/nothing/../at/all", None),
    ]
    method, path, fields = m.any_of(calls)
    headers = {
        "host": m.one_of(HOST, "localhost", "[::1]:1", "evil.example", "", ":::", "127.0.0.1:x"),
        "content-type": m.one_of(JSON, FORM, "text/plain", "\xff"),
        **m.one_of({}, {"origin": "https://evil.example"}, {"origin": f"http://{HOST}"}),
    }
    return Sent(method, f"/_desk{path}", headers, b"" if fields is None else m.json(fields))


def _switch(m: Mutations) -> str:
    return m.any_of(
        [
            "huawei.approval_delay",
            "huawei.token_seconds",
            "huawei.contract",
            "tencent.effective_delay",
            "tencent.unfiled_status",
            "huawei.error_status",
            "yunpian.update_statuses",
            "ucloud.quoted_ret_code",
            "alibaba.filing_delay",
            "ucloud.not_found_code",
            "x",
        ]
    )


def _fault(m: Mutations, vendor: str) -> Document:
    orders: list[Document] = [
        {"kind": "error", "code": "7", "message": "x", "http_status": 503},
        {"kind": "status", "http_status": 502, "body": "x", "content_type": "text/plain"},
        {"kind": "html", "http_status": 304},
        {"kind": "body", "body": {"a": 1}, "content_type": "application/json"},
        {"kind": "drop_before"},
        {"kind": "drop_after"},
        {"kind": "empty", "http_status": 204},
        {"kind": "truncated"},
        {"kind": "missing", "key": "a.b"},
        {"kind": "unknown_fields"},
        {"kind": "verdict", "verdict": "status", "text": "极客科技", "vendor_status": "2"},
        {"kind": "verdict", "verdict": "reject", "text": "极客科技", "reason": "x"},
    ]
    order = {"vendor": vendor, "action": "*", "times": 1, **m.any_of(orders)}
    return m.document(order) if m.one_of("good", "odd") == "odd" else order


PROTOCOLS: dict[str, tuple[Call, bytes]] = {
    "tencent": (tencent, b'"SignId"'),
    "huawei": (huawei, b'"id"'),
    "huawei uploads": (huawei_uploads, b'"file_id"'),
    "huawei iam": (huawei_iam, b'"expires_at"'),
    "ucloud": (ucloud, b'"RetCode":0'),
    "yunpian": (yunpian, b'"code":0'),
    "alibaba": (alibaba, b'"Code":"OK"'),
    "control": (control, b'"magic_texts"'),
}
"""By name: its calls, and what the answer to the good signature has in it."""
