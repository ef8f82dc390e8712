"""No answer breaks a client: whatever comes for one, it is understood or refused in our words.

Each vendor's answers, taken from the sandbox, are bent: each part is each of a list of odd things
(other types, huge numbers, deep nesting, half characters), and then several parts at once are what
nobody thought of. `FUZZ_EXAMPLES=1000` searches longer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from google.protobuf.struct_pb2 import Struct
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from pulumi_smssign.contract.pace import unpaced
from pulumi_smssign.core.outputs import outputs_of
from pulumi_smssign.huawei.api import SignatureApi as HuaweiApi
from pulumi_smssign.huawei.signing import KeyAuth
from pulumi_smssign.huawei.tokens import TokenAuth, User
from pulumi_smssign.model.errors import BugError, SmsSignError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.contract.client import Client
from tests.engine.cases import CASES, HUAWEI, Case
from tests.vendors.calls import NOWHERE, answer_with, connected

SEARCHES_LONG = "FUZZ_EXAMPLES" in os.environ
SHARE = 5
"""One odd value of so many is put into each part of an answer, unless the search is long."""
BOUNDED = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "6")),
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # to shrink what takes parsers long takes for ever
)
STATUSES = (200, 201, 204, 302, 400, 401, 403, 404, 413, 429, 500, 503)

RAW = (
    "1e999",
    "NaN",
    "9" * 400,
    "9" * 5_000,
    f'"{"9" * 5_000}"',
    "[" * 100_000,
    '{"a":' * 20_000 + "1" + "}" * 20_000,
    '"\\ud800"',
)
"""What JSON may have and Python's own would not write."""
MARK = "@raw:"
_RAW_MARKS = [f"{MARK}{number}@" for number in range(len(RAW))]
ODD: tuple[object, ...] = (
    *(None, True, -1, 0, 1.5, 10**12, 10**18, 2**70, 1e300),
    *("", "0", "OK", "x", "\x00", "1" * 300),
    *([], {}, [{}], [[]], [1], {"": 0}),
    *_RAW_MARKS,
)
"""What each part of an answer is in turn."""

_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from((-1, 0, 1, 10**12, 10**18, 2**63, 2**70)),
    st.floats(),
    st.text(),
    st.sampled_from(("", "0", "OK", "-1", "【】", "\x00", "\u202e", "1" * 300)),
    st.sampled_from(_RAW_MARKS),
)
VALUES = st.recursive(
    _LEAVES,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=6,
)
"""Anything that JSON can say."""

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Recorded:
    """The true responses to an operation, one for each of its calls."""

    run: Callable[[Any], object]
    responses: tuple[httpx.Response, ...]


class Answers:
    """Answers the first calls as recorded, and then each with the same odd one."""

    def __init__(self, before: Sequence[httpx.Response], odd: httpx.Response) -> None:
        self._before = list(before)
        self._odd = odd

    def __call__(self, _request: httpx.Request) -> httpx.Response:
        response = self._before.pop(0) if self._before else self._odd
        return httpx.Response(
            response.status_code, headers=response.headers, content=response.content
        )


def record(case: Case, served: RunningSandbox, folder: Path) -> Mapping[str, Recorded]:
    """The sandbox's answers to each operation of a vendor's client."""
    responses: list[httpx.Response] = []
    recorded: dict[str, Recorded] = {}

    def keep(response: httpx.Response) -> None:
        response.read()
        responses.append(response)

    with unpaced(), closing(connected(case.vendor, served.url)) as api:
        client = Client(case, served, folder, lambda: api, api)
        client.sandbox.switches.set({"tencent.enforce_rate": False})
        api._transport._http.event_hooks["response"].append(keep)

        def note(operation: str, run: Callable[[Any], object]) -> object:
            responses.clear()
            result = run(api)
            recorded[operation] = Recorded(run, tuple(responses))
            return result

        fresh = client.application
        identifier = str(note("submit", lambda api: api.submit(fresh()).id))
        handle = Handle(identifier, fresh().text, api.full_scope(fresh().scope))
        note("details", lambda api: api.details(handle))
        note("find", lambda api: api.find(fresh()))
        client.sandbox.reject(client.name, client.held_id(), "unreadable")
        note("resubmit", lambda api: api.resubmit(handle, fresh()))
        if case is HUAWEI:
            client.sandbox.set_status(client.name, client.held_id(), "TO_BE_ACTIVATED")
            note("request", lambda api: api.request("activate", handle))
        client.sandbox.approve(client.name, client.held_id())
        if case.deletes:
            note("withdraw", lambda api: api.withdraw(handle))
    return recorded


def _operations(case: Case) -> tuple[str, ...]:
    """The operations of a vendor's client; `reviews` reads what `details` reads."""
    own = ("request",) if case is HUAWEI else ()
    return ("submit", "details", "find", "resubmit", *own, *(("withdraw",) if case.deletes else ()))


each_operation = pytest.mark.parametrize(
    ("bench", "operation"),
    [pytest.param(case, name, id=f"{case}-{name}") for case in CASES for name in _operations(case)],
    indirect=["bench"],
    scope="module",
)


@dataclass(frozen=True)
class Bench:
    """A vendor's client whose calls are answered as a test says."""

    api: Any
    recorded: Mapping[str, Recorded]

    def play(self, operation: str, turn: int, odd: httpx.Response) -> None:
        """Let an operation end in either way when its calls, from this one on, are answered so."""
        true = self.recorded[operation]
        answers = Answers(true.responses[:turn], odd)
        answer_with(self.api, answers)
        if isinstance(self.api, HuaweiApi):  # which asks no more once its keys were refused
            keys = KeyAuth("an-invented-key", SecretStr("an-invented-secret"))
            self.api._transport._http.auth = keys
        understood_or_refused(lambda: true.run(self.api))


@pytest.fixture(scope="module")
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    case: Case = request.param
    with running() as served:
        recorded = record(case, served, tmp_path_factory.mktemp(case.vendor))
    with closing(connected(case.vendor, NOWHERE)) as api:
        yield Bench(api, recorded)


def places(document: object, here: Place = ()) -> Iterator[Place]:
    """Every place in a document, the whole of it first."""
    yield here
    inside: Any = ()
    if isinstance(document, Mapping):
        inside = document.items()
    elif isinstance(document, list):
        inside = enumerate(document)
    for name, part in inside:
        yield from places(part, (*here, name))


def bent(document: Any, place: Place, value: object, *, gone: bool) -> Any:  # noqa: ANN401
    """The document with something else in a place, or with nothing there."""
    if not place:
        return value
    name, copy = place[0], document.copy()
    if gone and len(place) == 1:
        del copy[name]
    else:
        copy[name] = bent(document[name], place[1:], value, gone=gone)
    return copy


def text_of(document: object) -> bytes:
    """The document as it is sent, with what only other languages write."""
    text = json.dumps(document, ensure_ascii=False)
    for mark, raw in zip(_RAW_MARKS, RAW, strict=True):
        text = text.replace(f'"{mark}"', raw)
    return text.encode("utf-8", "surrogatepass")


def document_of(response: httpx.Response) -> Any:  # noqa: ANN401
    """The document in an answer; nothing where it has no body."""
    return json.loads(response.content) if response.content else {}


def answer_of(response: httpx.Response, document: object) -> httpx.Response:
    """An answer that says something else."""
    headers = end_headers(response)
    return httpx.Response(response.status_code, headers=headers, content=text_of(document))


@st.composite
def odd_answers(draw: st.DrawFn, true: httpx.Response) -> httpx.Response:
    """An answer that is nearly the true one."""
    document = document_of(true)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(list(places(document))))
        document = bent(document, place, draw(VALUES), gone=draw(st.booleans()))
    body = text_of(document)
    if draw(st.integers(0, 9)) == 0:
        body = body[: draw(st.integers(0, len(body)))]
    status = draw(st.sampled_from((true.status_code, true.status_code, *STATUSES)))
    return httpx.Response(status, headers=end_headers(true), content=body)


def end_headers(response: httpx.Response) -> dict[str, str]:
    """The headers but those about the body's form on the wire."""
    wire = ("content-length", "content-encoding", "transfer-encoding")
    return {name: text for name, text in response.headers.items() if name not in wire}


def understood_or_refused(run: Callable[[], object]) -> None:
    """Let it end in either way, and hold its result against what state can keep."""
    result: object = None
    refusal: SmsSignError | None = None
    try:
        result = run()
    except SmsSignError as error:
        refusal = error
    assert not isinstance(refusal, BugError), refusal
    assert str(refusal).encode()
    for review in result if isinstance(result, list) else [result]:
        if isinstance(review, Review):
            state: dict[str, Any] = {**outputs_of(review), **review.reported, "id": review.id}
            Struct().update(state)


@each_operation
def test_each_part_of_an_answer_may_be_anything(bench: Bench, operation: str) -> None:
    for turn, response in enumerate(bench.recorded[operation].responses):
        document = document_of(response)
        parts = [
            (place, value, False)
            for number, place in enumerate(places(document))
            for value in (ODD if SEARCHES_LONG else ODD[number % SHARE :: SHARE])
        ]
        parts += [(place, None, True) for place in places(document)]
        for place, value, gone in parts:
            odd = answer_of(response, bent(document, place, value, gone=gone))
            bench.play(operation, turn, odd)


@each_operation
@BOUNDED
@given(data=st.data())
def test_bent_answer_is_understood_or_refused(
    bench: Bench, operation: str, data: st.DataObject
) -> None:
    responses = bench.recorded[operation].responses
    turn = data.draw(st.integers(0, len(responses) - 1))
    bench.play(operation, turn, data.draw(odd_answers(responses[turn])))


@each_operation
@BOUNDED
@given(body=st.binary() | VALUES.map(text_of), status=st.sampled_from(STATUSES))
def test_other_bytes_are_understood_or_refused(
    bench: Bench, operation: str, body: bytes, status: int
) -> None:
    bench.play(operation, 0, httpx.Response(status, content=body))


TOKEN = {"token": {"issued_at": "2026-11-25T10:00:00.000000Z", "expires_at": "2026-11-26T10:00Z"}}
WANTED = User("somebody", SecretStr("an-invented-password"), "somewhere", "5b0c")


@BOUNDED
@given(
    answer=odd_answers(httpx.Response(201, content=json.dumps(TOKEN).encode())),
    token=st.none() | st.text("abc =\t\x7f"),
)
def test_odd_token_is_taken_or_refused(answer: httpx.Response, token: str | None) -> None:
    headers = {} if token is None else {"X-Subject-Token": token}
    odd = httpx.Response(answer.status_code, headers=headers, content=answer.content)
    auth = TokenAuth(WANTED, "http://127.0.0.1:9")
    with httpx.Client(transport=httpx.MockTransport(Answers((), odd)), auth=auth) as client:
        understood_or_refused(lambda: client.get("http://127.0.0.1:9/v2"))
