"""The reviewer's desk: what its page is served with, what it asks the control API for, and when."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from enum import Enum
from pathlib import Path

import httpx
import pytest

from pulumi_smssign.alibaba import choices as alibaba
from pulumi_smssign.huawei import choices as huawei
from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox, page, running
from pulumi_smssign.sandbox.call_log import KEPT_RAW, SHOWN
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.page.feed import MOST_LISTENERS, Feed
from pulumi_smssign.sandbox.registry import VENDORS
from pulumi_smssign.sandbox.shelf import Shelf
from pulumi_smssign.tencent import choices as tencent
from pulumi_smssign.ucloud import choices as ucloud
from pulumi_smssign.yunpian import choices as yunpian
from tests.images import png
from tests.sandbox.caller import Caller
from tests.sandbox.conftest import CALLERS
from tests.sandbox.tencent.caller import Tencent

STATIC = Path(page.__file__).with_name("static")
HTML, SCRIPT, STYLE = (
    (STATIC / name).read_text("utf-8") for name in ("desk.html", "desk.js", "desk.css")
)
ASSETS = ["/_page/desk.css", "/_page/desk.js", "/_page/icon.svg"]


# ---------------------------------------------------------------- what is served


@pytest.mark.parametrize("path", ["/", *ASSETS])
def test_nothing_runs_on_the_page_but_its_own_files(http: httpx.Client, path: str) -> None:
    answer = http.get(path)

    assert answer.status_code == 200
    guards = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-cache",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    assert {name: answer.headers[name] for name in guards} == guards
    assert answer.headers["content-security-policy"].split("; ") == [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]


def test_the_page_names_only_what_is_served(http: httpx.Client) -> None:
    named = re.findall(r'(?:src|href)="(/[^"]*)"', HTML)

    assert set(named) == set(ASSETS)
    types = [http.get(path).headers["content-type"].partition(";")[0] for path in ASSETS]
    assert types == ["text/css", "text/javascript", "image/svg+xml"]


def test_nothing_in_the_page_needs_what_the_policy_forbids() -> None:
    assert re.findall(r"<style|<script>|\sstyle=|\son[a-z]+=", HTML) == []
    assert re.findall(r"https?://", HTML + STYLE + SCRIPT) == []
    markup = r"innerHTML|insertAdjacentHTML|outerHTML\s*=|document\.write|\beval\(|new Function"
    assert re.findall(markup, SCRIPT) == []


def test_a_head_of_the_page_is_its_head_alone(http: httpx.Client) -> None:
    answer = http.head("/")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_the_page_stands_in_no_vendors_way(http: httpx.Client, sandbox: Sandbox) -> None:
    assert "Response" in http.get("/", headers={"X-TC-Action": "DescribeSmsSignList"}).json()
    assert "Code" in http.get("/", headers={"x-acs-action": "GetSmsSign"}).json()
    assert "RetCode" in http.get("/?Action=QueryUSMSSignature&PublicKey=x").json()
    assert [call.vendor for call in sandbox.calls()] == ["tencent", "alibaba", "ucloud"]


@pytest.mark.parametrize("path", ["/", *ASSETS, "/_desk/events", "/_desk/evidence"])
@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example:8725"}, {"Origin": "http://evil.example"}]
)
def test_another_page_sees_nothing_of_it(
    http: httpx.Client, path: str, headers: dict[str, str]
) -> None:
    assert http.get(path, headers=headers).status_code in {403, 421}


# ---------------------------------------------------------------- its words


def wordings() -> dict[str, tuple[str, str]]:
    table = SCRIPT.partition("const WORDS = {")[2].partition("\n};")[0]
    text = r'"((?:[^"\\]|\\.)+)"'
    entries = re.findall(rf"^  (\w+): \[\s*{text},\s*{text},?\s*\],$", table, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^  \w+: \[", table, re.MULTILINE))
    return {key: (english, chinese) for key, english, chinese in entries}


def test_every_word_is_there_in_both_languages() -> None:
    for key, (english, chinese) in wordings().items():
        has_chinese = re.search(r"[\u4e00-\u9fff]", chinese)
        assert has_chinese or key in {"language", "said_status"}, key  # its own name; no word
        placeholders = re.compile(r"\{\w+\}")
        assert sorted(placeholders.findall(english)) == sorted(placeholders.findall(chinese)), key


def test_every_word_that_is_asked_for_is_there_and_asked_for() -> None:
    asked = set(re.findall(r'data-(?:t|label)="(\w+)"', HTML))
    asked |= set(re.findall(r'\bt\("(\w+)"', SCRIPT))
    asked |= set(re.findall(r'(?:labelled|block|opens|state|button)\("(\w+)"', SCRIPT))
    asked |= {
        f"{name}_{part}"
        for name in re.findall(r'\bask\("(\w+)"', SCRIPT)
        for part in ("title", "text", "yes")
    }
    known = set(wordings())
    assert asked <= known
    prefixes = ("did_", "kind_", "policy_")
    named = {
        "approve_rest_no",
        *("approve", "pending", "approved", "rejected", "other"),
        *(deed for vendor in VENDORS for deed in vendor.console.deeds),
        *(
            word
            for vendor in VENDORS
            for table in vendor.console.meanings.values()
            for word in (table.values() if isinstance(table, Mapping) else table)
        ),
        *(
            carrier
            for vendor in VENDORS
            if vendor.console.carriers
            for carrier in vendor.console.carriers.names
        ),
        *re.findall(r"\b(\w+): (?:TEXT|NUMBER|\{ \.\.\.TEXT)\(", SCRIPT),
    }
    assert named <= known
    unused = {key for key in known - asked - named if not key.startswith(prefixes)}
    assert unused == set()


# ---------------------------------------------------------------- its colours


def luminance(colour: str) -> float:
    """The relative luminance of `#rgb` or `#rrggbb`, as WCAG has it."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *(("ink", ground) for ground in ("ground", "paper", "sunk", "chosen")),
        *(("soft", ground) for ground in ("ground", "paper", "sunk", "chosen")),
        *((status, f"{status}-ground") for status in ("good", "bad", "open", "other")),
        ("accent-ink", "accent"),
        ("paper", "ink"),
        ("bad", "paper"),
    ],
)
def test_whatever_is_read_stands_out_from_its_ground(theme: int, text: str, ground: str) -> None:
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", STYLE.split(":root {")[theme + 1]))
    darker, lighter = sorted(luminance(colours[each]) for each in (text, ground))

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


# ---------------------------------------------------------------- evidence


def test_a_picture_is_shown_as_what_it_is_and_nothing_in_it_comes_alive(tencent: Tencent) -> None:
    number = tencent.submit()
    proof = tencent.sandbox.signature("tencent", number).evidence["ProofImage"]
    answer = tencent.http.get(f"/_desk/evidence/{proof.sha256}")

    assert tencent.http.get("/_desk/evidence").json() == [proof.summary()]
    assert answer.content == png()
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7 ...",
        b"GIF-like but none",
    ],
)
def test_a_file_that_is_no_picture_is_only_saved(
    http: httpx.Client, sandbox: Sandbox, content: bytes
) -> None:
    evidence = sandbox.desk.shelf.take(content)
    answer = http.get(f"/_desk/evidence/{evidence.sha256}")

    assert answer.content == content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"


def test_the_oldest_files_make_room() -> None:
    shelf = Shelf(capacity=25)
    first, second, third = (bytes([number]) * 10 for number in range(3))
    for content in (first, second, first, third):
        shelf.take(content)

    assert shelf.get(Evidence.of(second).sha256) is None
    assert [shelf.get(Evidence.of(each).sha256) is not None for each in (first, third)] == [
        True
    ] * 2


def test_a_file_that_is_larger_than_the_shelf_is_described_and_not_kept() -> None:
    shelf = Shelf(capacity=25)
    shelf.take(b"small")

    assert shelf.take(b"x" * 26).size == 26
    assert [each.size for each in shelf.list()] == [5]


def test_a_reset_clears_the_shelf_and_an_absent_file_is_told_so(tencent: Tencent) -> None:
    proof = tencent.sandbox.signature("tencent", tencent.submit()).evidence["ProofImage"]
    tencent.http.post("/_desk/reset")
    answer = tencent.http.get(f"/_desk/evidence/{proof.sha256}")

    assert tencent.http.get("/_desk/evidence").json() == []
    assert answer.status_code == 404
    assert "in memory" in answer.json()["error"]


# ---------------------------------------------------------------- calls as they were


def test_a_call_is_kept_as_it_was_on_the_wire(http: httpx.Client, tencent: Tencent) -> None:
    signature_id = tencent.submit()
    (call,) = http.get("/_desk/calls").json()
    raw = http.get(f"/_desk/calls/{call['n']}").json()

    assert raw["request"]["start"] == "POST /"
    assert raw["request"]["headers"]["x-tc-action"] == "AddSmsSign"
    assert json.loads(raw["request"]["body"])["SignName"] == "极客科技"
    assert raw["answer"]["start"] == "HTTP 200"
    status = json.loads(raw["answer"]["body"])["Response"]["AddSignStatus"]
    assert status["SignId"] == int(signature_id)


def test_a_cut_call_has_no_answer_and_a_large_body_its_beginning(
    http: httpx.Client, sandbox: Sandbox
) -> None:
    sandbox.faults.add(kind="drop_before")
    with pytest.raises(httpx.RemoteProtocolError):
        http.post("/?a=b", headers={"X-TC-Action": "AddSmsSign"}, content=b"x" * (SHOWN + 1))
    raw = http.get(f"/_desk/calls/{sandbox.calls()[-1].n}").json()

    assert raw["answer"] is None
    assert (len(raw["request"]["body"]), raw["request"]["size"]) == (SHOWN, SHOWN + 1)
    assert raw["request"]["start"] == "POST /?a=b"


def test_only_the_last_calls_are_kept_as_they_were_until_they_are_forgotten(
    http: httpx.Client, sandbox: Sandbox
) -> None:
    http.post("/", headers={"X-TC-Action": "AddSmsSign"}, content=b"{}")
    (call,) = sandbox.calls()
    raw = sandbox.log.raw(call.n)
    for _ in range(KEPT_RAW):
        sandbox.log.record(call, raw)

    statuses = [
        http.get(f"/_desk/calls/{n}").status_code for n in (call.n, call.n + 1, call.n + KEPT_RAW)
    ]
    last = [each["n"] for each in http.get("/_desk/calls?last=2").json()]
    http.delete("/_desk/calls")

    assert statuses == [404, 200, 200]
    assert last == [call.n + KEPT_RAW - 1, call.n + KEPT_RAW]
    assert http.get(f"/_desk/calls/{call.n + 1}").status_code == 404


# ---------------------------------------------------------------- what each vendor has


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda each: each.name)
def test_the_desk_offers_what_the_vendor_has(http: httpx.Client, vendor: type) -> None:
    name: str = vendor.name  # type: ignore[attr-defined] # a gateway's
    offers = http.get("/_desk/vendors").json()[name]

    assert offers["title"]
    assert len(offers["reasons"]) >= 4
    assert all(chinese and english for chinese, english in offers["reasons"])
    assert {"pending", "approved", "rejected"} <= set(offers["statuses"].values())
    assert offers["actions"]


@pytest.mark.parametrize(
    ("vendor", "field", "choices"),
    [
        ("alibaba", "SignSource", alibaba.SignSource),
        ("alibaba", "SignType", alibaba.SignType),
        ("huawei", "signature_source", huawei.SignatureSource),
        ("huawei", "signature_type", huawei.SignatureType),
        ("tencent", "SignType", tencent.SignType),
        ("tencent", "DocumentType", tencent.DocumentType),
        ("tencent", "SignPurpose", tencent.SignPurpose),
        ("ucloud", "SigType", ucloud.SigType),
        ("ucloud", "CertificateType", ucloud.CertificateType),
        ("ucloud", "SigPurpose", ucloud.SigPurpose),
        ("yunpian", "sign_use", yunpian.SignUse),
        ("yunpian", "prove_type", yunpian.ProveType),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_every_code_that_a_program_chooses_is_explained(
    http: httpx.Client, vendor: str, field: str, choices: type[Enum]
) -> None:
    table = http.get("/_desk/vendors").json()[vendor]["meanings"][field]
    explained = dict(enumerate(table)) if isinstance(table, list) else table

    assert {str(each.value) for each in choices} <= {str(code) for code in explained}


@pytest.mark.parametrize("caller", list(CALLERS), indirect=True)
def test_only_what_a_vendor_has_is_explained(caller: Caller) -> None:
    offers = caller.http.get("/_desk/vendors").json()[caller.vendor]
    fields = set(caller.sandbox.signature(caller.vendor, caller.submit()).fields)
    of_the_desk = {
        "status",
        (offers["carriers"] or {}).get("name"),
        (offers["qualification"] or {}).get("state_field"),
    }

    assert set(offers["meanings"]) <= fields | of_the_desk
    assert set(offers["meanings"].get("status", {})) <= set(offers["statuses"])


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda each: each.name)
def test_whatever_the_desk_offers_the_vendor_shows(
    http: httpx.Client, sandbox: Sandbox, vendor: type
) -> None:
    name: str = vendor.name  # type: ignore[attr-defined] # a gateway's
    offers = http.get("/_desk/vendors").json()[name]
    sandbox.desk.submit(name, "default", signature_id="7", text="x", fields={}, evidence={})
    at = f"/_desk/signatures/{name}/7"

    for deed in offers["deeds"].values():
        answer = http.post(f"{at}/status", json=deed).json()
        assert {each: answer[each] for each in ("vendor_status", "reason")} == deed
    for raw, meaning in offers["statuses"].items():
        answer = http.post(f"{at}/status", json={"vendor_status": raw}).json()
        assert (answer["vendor_status"], answer["status"]) == (raw, meaning)


# ---------------------------------------------------------------- events


@contextmanager
def listening(url: str) -> Iterator[Iterator[Document]]:
    """The marks that are told, one after the other."""
    with (
        httpx.Client(trust_env=False, timeout=10) as client,
        client.stream("GET", f"{url}/_desk/events") as answer,
    ):
        assert answer.headers["content-type"] == "text/event-stream"
        lines = answer.iter_lines()
        yield (json.loads(line.removeprefix("data: ")) for line in lines if line)


def moved(before: Document, after: Document) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def test_whatever_changes_is_told(
    served: RunningSandbox, sandbox: Sandbox, http: httpx.Client, tencent: Tencent
) -> None:
    number = tencent.submit()
    with listening(served.url) as events:
        before = next(events)
        sandbox.approve("tencent", number)
        after = next(events)
        assert moved(before, after) == {"signatures"}

        http.post("/_desk/faults", json={"kind": "html", "times": None})
        before, after = after, next(events)
        assert moved(before, after) == {"faults"}

        http.post("/", headers={"X-TC-Action": "AddSmsSign"}, content=b"{}")
        before, after = after, next(events)
        assert moved(before, after) == {"calls"}

        http.delete("/_desk/faults/" + str(http.get("/_desk/faults").json()[0]["n"]))
        before, after = after, next(events)
        assert moved(before, after) == {"faults"}

        http.post("/_desk/review", json={"policy": "immediate"})
        before, after = after, next(events)
        assert moved(before, after) == {"signatures"}


def test_a_status_that_moves_by_the_clock_is_told_too(
    served: RunningSandbox, sandbox: Sandbox, tencent: Tencent, clock: ManualClock
) -> None:
    sandbox.switches.set({"tencent.effective_delay": 60})
    sandbox.approve("tencent", tencent.submit())
    with listening(served.url) as events:
        before = next(events)
        clock.advance(61)
        assert moved(before, next(events)) == {"signatures"}


def test_one_who_looks_on_hears_now_and_then_though_nothing_is_new(
    served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_smssign.sandbox.page.feed._QUIET", 0.0)
    with (
        httpx.Client(trust_env=False, timeout=10) as client,
        client.stream("GET", f"{served.url}/_desk/events") as answer,
    ):
        lines = (line for line in answer.iter_lines() if line)
        assert next(lines).startswith("data: ")
        assert [next(lines), next(lines)] == [":", ":"]


def test_marks_stay_while_nothing_is_new_or_nothing_can_be_stored(tmp_path: Path) -> None:
    state = tmp_path / "state" / "desk.json"
    state.parent.mkdir()
    clock = ManualClock()
    sandbox = Sandbox(state=state, clock=clock, review="after:60")
    feed = Feed(sandbox)
    marks = feed.marks()
    assert set(marks) == {"signatures", "calls", "faults"}
    assert feed.marks() == marks

    sandbox.desk.submit("tencent", "default", signature_id="1", text="x", fields={}, evidence={})
    state.unlink()
    state.parent.rmdir()
    clock.advance(60)
    assert Feed(sandbox).marks() == {}, "its approval is due, and can't be stored"


def test_so_many_may_look_on_and_one_who_leaves_makes_room(served: RunningSandbox) -> None:
    with httpx.Client(trust_env=False, timeout=10) as client:
        url = f"{served.url}/_desk/events"
        streams = [client.send(client.build_request("GET", url), stream=True) for _ in range(16)]
        assert {each.status_code for each in streams} == {200}
        refused = client.get(url)
        message = f"{MOST_LISTENERS} look on already; close one of the pages"
        assert (refused.status_code, refused.json()) == (503, {"error": message})
        streams.pop().close()
        deadline = time.monotonic() + 10
        while (again := client.send(client.build_request("GET", url), stream=True)).is_error:
            assert time.monotonic() < deadline
            again.close()
        assert client.get(url).status_code == 503, "room for one"
        for each in (*streams, again):
            each.close()


def test_a_sandbox_ends_at_once_though_somebody_looks_on() -> None:
    with ExitStack() as stack:
        served = stack.enter_context(running())
        with listening(served.url) as events:
            next(events)
            stack.close()
            with pytest.raises(httpx.RemoteProtocolError):
                next(events)
