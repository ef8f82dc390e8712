"""The sandbox's own answers are alike to the vendors' in keys, JSON types, status and words.

Each real answer of `tests/vendors/answers` is had from the sandbox by our client's call: as it goes
for an application, read, change or deletion, and by the fault `error` for a refusal. Left out are
those that we put together (own, analogies, rebuilt ones) and those of another API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from tests.contract.client import NEW, Client
from tests.engine.cases import CASES
from tests.vendors.real_answers import REAL_ANSWERS, RealAnswer

OF_ANOTHER_API = {
    "a18_old_query": "the withdrawn QuerySmsSign",
    "t02_add_ok_2019": "the version of 2019",
    "t05_list_2019": "the version of 2019",
    "y10_v1_bad_key": "the version of 2015",
    "h12_create_201_empty": "a status that no page has an answer for",
    "h15_list_later_status": "a schema's names, with values that nobody has seen",
}
LIKE = [
    answer
    for answer in REAL_ANSWERS
    if answer.kind not in {"own", "analogy"}
    and not answer.rebuilt
    and answer.name not in OF_ANOTHER_API
]
CONTENT_TYPES = {
    "alibaba": "application/json;charset=utf-8",
    "huawei": "application/json",
    "tencent": "application/json",
    "ucloud": "application/json",
    "yunpian": "application/json;charset=utf-8",
}
"""Of the recorded answers; a page's sample has none."""
_OF_HUAWEI = frozenset({"qualification_id", "qualification_name", "tenant", "update_time"})
YOUNGER: Mapping[str, frozenset[str]] = {
    "a13_forbidden": frozenset({"Recommend"}),
    "t04_list_both_sites": frozenset(
        {"QualificationId", "QualificationName", "QualificationStatusCode"}
    ),
    "h01_show_pending": _OF_HUAWEI,
    "h02_list_one": _OF_HUAWEI,
}
"""Keys that came after the sample, by the vendor's description of today."""

REJECTED, APPROVED, PENDING, NONE = "rejected", "approved", "pending", "none"
STATES: Mapping[str, str] = {
    "a03_get_rejected": REJECTED,
    "a04_list_rejected": REJECTED,
    "a22_list_demo_100": APPROVED,
    "t04_list_both_sites": APPROVED,
    "u03_query_ok": APPROVED,
    "y01_get_three": APPROVED,
    "y02_get_none": NONE,
}
"""What there is at the vendor in an answer to a read, if it isn't in review."""

Act = Callable[[Client, Handle], object]


def submit(client: Client, _handle: Handle) -> object:
    return client.api.submit(client.application(NEW))


def read(client: Client, handle: Handle) -> object:
    return client.api.reviews([handle])


def read_all(client: Client, handle: Handle) -> object:
    return list(client.api.catalogue(handle.scope))


def change(client: Client, handle: Handle) -> object:
    return client.api.resubmit(handle, client.application())


def withdraw(client: Client, handle: Handle) -> object:
    return client.api.withdraw(handle)


def activate(client: Client, handle: Handle) -> object:
    return client.api.request("activate", handle)


ACTS: Mapping[str, Act] = {
    "CreateSmsSign": submit,
    "UpdateSmsSign": change,
    "GetSmsSign": read,
    "QuerySmsSignList": read_all,
    "DeleteSmsSign": withdraw,
    "CreateSignature": submit,
    "UpdateSignature": change,
    "ShowSignature": read,
    "ListSignatureDetails": read_all,
    "EnableSignature": activate,
    "DeleteSignature": withdraw,
    "AddSmsSign": submit,
    "ModifySmsSign": change,
    "DescribeSmsSignList": read,
    "CreateUSMSSignature": submit,
    "UpdateUSMSSignature": change,
    "QueryUSMSSignature": read,
    "DeleteUSMSSignature": withdraw,
    "sign/add": submit,
    "sign/update": change,
    "sign/get": read,
}


def at_answers(answers: Iterable[RealAnswer]) -> pytest.MarkDecorator:
    """A test's answers, each with the client of its vendor."""
    cases = {case.vendor: case for case in CASES}
    rows = [pytest.param(cases[answer.vendor], answer, id=str(answer)) for answer in answers]
    return pytest.mark.parametrize(("client", "answer"), rows, indirect=["client"])


def last_answer(client: Client, act: Act, handle: Handle) -> httpx.Response:
    """The answer to the last call that a client makes, whatever it makes of it."""
    answers: list[httpx.Response] = []

    def keep(response: httpx.Response) -> None:
        response.read()
        answers.append(response)

    client.api._transport._http.event_hooks["response"].append(keep)
    with suppress(errors.SmsSignError):
        act(client, handle)
    return answers[-1]


def shape(value: JsonValue, without: frozenset[str] = frozenset()) -> object:
    """The keys, but for some, and the types of a JSON value; of a list, those of its first item."""
    if isinstance(value, dict):
        return {key: shape(each, without) for key, each in value.items() if key not in without}
    if isinstance(value, list):
        return [shape(each, without) for each in value[:1]]
    return type(value)


def code_of(body: JsonValue) -> str:
    """The code of a refusal; empty for a success, and without a body."""
    for key in ("Response", "Error"):
        inner = body.get(key) if isinstance(body, dict) else None
        body = inner or body
    for key in ("Code", "error_code", "RetCode", "code"):
        if isinstance(body, dict) and key in body:
            return "" if body[key] in {"OK", 0} else str(body[key])
    return ""


def arranged(client: Client, answer: RealAnswer) -> Handle:
    """What an answer is about, as it is at the vendor then."""
    described = {"apply_desc": "登录验证码"} if client.name == "huawei" else {}
    handle = client.submitted(**described)
    changes = ACTS[answer.action] in {change, withdraw}
    state = STATES.get(answer.name, REJECTED if changes else PENDING)
    if state == REJECTED:
        client.sandbox.reject(client.name, client.held_id(), "证件不清晰")
    elif state == APPROVED:
        client.sandbox.approve(client.name, client.held_id())
    if answer.name == "a03_get_rejected":
        failed: JsonValue = {"mobile": 0}
        client.sandbox.change(client.name, client.held_id(), fields={"RegisterStatus": failed})
    return Handle("1", NEW) if state == NONE else handle


@at_answers(LIKE)
def test_sandbox_answers_in_the_shape_of_the_vendor(client: Client, answer: RealAnswer) -> None:
    handle = arranged(client, answer)
    code = code_of(answer.body)
    if code:
        action = answer.action.removeprefix("sign/")
        client.fault(action, "error", code=code, message="words", times=None)

    own = last_answer(client, ACTS[answer.action], handle)

    body = own.json() if own.content else None
    assert shape(body, YOUNGER.get(answer.name, frozenset())) == shape(answer.body)
    assert own.status_code == answer.status
    assert own.headers.get("content-type") == (CONTENT_TYPES[answer.vendor] if body else None)
    assert set(answer.headers) - {"server"} <= set(own.headers)


SPEAKING = frozenset(
    {"Code", "Message", "Recommend", "HostId", "RejectInfo", "DeleteStatus", "RetCode"}
    | {"error_code", "error_msg", "code", "msg", "detail", "http_status_code"}
)
WORDS: Mapping[str, tuple[Act, Mapping[str, str]]] = {
    "a12_no_such_key": (read, {"accessKeyId": "LTAIunknown"}),
    "a16_exists": (lambda client, _handle: client.api.submit(client.application()), {}),
    "a17_not_found": (lambda client, _handle: client.api.reviews([Handle(NEW)]), {}),
    "a22_list_demo_100": (read_all, {}),
    "h03_enable_refused": (activate, {}),
    "h05_ak_not_exist": (read_all, {"ak": "INVENTEDKEY00000000"}),
    "h13_update_reject_only": (change, {}),
    "t06_delete_ok": (withdraw, {}),
    "t12_secret_id_not_found": (read, {"secretId": "AKIDunknown"}),
    "u05_verify_ac": (read, {"privateKey": "another"}),
    "y04_bad_key": (read, {"apikey": "0" * 32}),
}
"""Where the sandbox has the vendor's own words: the call that meets them, and by which key."""


def words(body: JsonValue) -> list[object]:
    """What an answer says, by the names of the keys."""
    if isinstance(body, list):
        return [each for item in body for each in words(item)]
    if not isinstance(body, dict):
        return []
    own = [(key, body[key]) for key in sorted(SPEAKING & set(body))]
    return [*own, *(each for value in body.values() for each in words(value))]


@at_answers(answer for answer in REAL_ANSWERS if answer.name in WORDS)
def test_sandbox_says_the_words_of_the_vendor(client: Client, answer: RealAnswer) -> None:
    act, key = WORDS[answer.name]
    handle = arranged(client, answer) if answer.name in STATES else client.submitted()
    client.api = client.connect(**key)

    own = last_answer(client, act, handle)

    assert words(own.json()) == words(answer.body)
    assert own.status_code == answer.status
