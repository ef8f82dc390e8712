"""The control API under `/_desk/`: JSON over HTTP, for tests, scripts and people.

| call | does |
| --- | --- |
| `GET /_desk/` | name, version, vendors, policy, magic texts |
| `GET /_desk/signatures[?vendor=&account=&text=]` | the signatures |
| `GET /_desk/signatures/{vendor}/{id}` | one of them |
| `POST /_desk/signatures/{vendor}/{id}/approve` | approves it |
| `POST /_desk/signatures/{vendor}/{id}/reject` | rejects it: `{"reason": "..."}` |
| `POST /_desk/signatures/{vendor}/{id}/status` | `{"vendor_status": "...", "reason": "..."}` |
| `POST /_desk/signatures/approve` | all or none: `{"signatures": [{"vendor": "", "id": ""}]}` |
| `POST /_desk/signatures/reject` | the same, with a `"reason"` |
| `PATCH /_desk/signatures/{vendor}/{id}` | drift: `{"text": "...", "fields": {...}}` |
| `DELETE /_desk/signatures/{vendor}/{id}` | it vanishes without a call |
| `GET /_desk/calls[?vendor=&action=&last=]` | the vendor calls received, or the last so many |
| `GET /_desk/calls/{n}` | one of the last: as it was on the wire, keys and all |
| `DELETE /_desk/calls` | forgets them |
| `GET /_desk/evidence`, `GET /_desk/evidence/{sha256}` | the files in memory; one of them |
| `GET /_desk/vendors` | by vendor, what may befall its signatures, and its actions |
| `GET /_desk/events` | server-sent events: that one of these listings is new |
| `GET`, `POST`, `DELETE /_desk/faults` | the faults queued; one more (see `faults`); none |
| `DELETE /_desk/faults/{n}` | takes one out |
| `GET`, `POST /_desk/switches` | all switches; sets some: `{"name": value}`, null is the default |
| `GET`, `POST /_desk/review` | the policy of applications to come: `{"policy": "manual"}`, |
| | `immediate`, `after:SECONDS` |
| `POST /_desk/reset` | everything as at the start |
| `GET /_desk/credentials` | by vendor, the environment for its clients |

A body is JSON, and says so in its Content-Type. What can't be done is answered with 4xx and
`{"error": "..."}`, which says why and what to do; some with its `message` and its `facts`, too.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, RootModel, ValidationError
from pydantic_core import to_jsonable_python
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.bodies import CONTROL_LIMIT, read_body
from pulumi_smssign.sandbox.call_log import KEPT, KEPT_RAW, RawCall, ReceivedCall
from pulumi_smssign.sandbox.desk import UnknownSignatureError
from pulumi_smssign.sandbox.gateway import Gateway
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.messages import OrderError
from pulumi_smssign.sandbox.page import GUARDS
from pulumi_smssign.sandbox.page.feed import Feed
from pulumi_smssign.sandbox.received_text import read_json
from pulumi_smssign.sandbox.review import MAGIC_TEXTS, Status, Verdict
from pulumi_smssign.sandbox.state import StateFileError
from pulumi_smssign.version import __version__


class _Body(BaseModel):
    """The body of a call that needs no more than its path: nothing, or an empty object."""

    model_config = ConfigDict(extra="forbid")


class _Rejection(_Body):
    reason: str = "Rejected at the sandbox's desk."


class _Key(_Body):
    vendor: str
    id: str


class _Approvals(_Body):
    signatures: list[_Key]

    @property
    def keys(self) -> list[tuple[str, str]]:
        return [(each.vendor, each.id) for each in self.signatures]


class _Rejections(_Approvals, _Rejection):
    pass


class _RawStatus(_Body):
    vendor_status: str | int
    reason: str = ""


class _Change(_Body):
    text: str | None = None
    fields: dict[str, JsonValue] = Field(default_factory=dict)


class _Policy(_Body):
    policy: str


class _Last(_Body):
    last: Annotated[int, Field(ge=1, le=KEPT)] = KEPT


_Options = RootModel[dict[str, JsonValue]]
_B = TypeVar("_B", bound=BaseModel)


def control(sandbox: Sandbox, token: str = "") -> Starlette:
    """Give the application that controls `sandbox`, to be mounted at `/_desk`."""
    faults, switches = sandbox.faults, sandbox.switches
    signature = "/signatures/{vendor}/{id:path}"  # an id may be a text with a slash in it

    def set_policy(_: Request, wanted: _Policy) -> None:
        sandbox.review_policy = wanted.policy

    def described(_: Request) -> object:
        return switches.describe()

    routes = [
        _get("/", lambda call: _about(sandbox, token, call)),
        _get(
            "/signatures",
            lambda call: sandbox.signatures(**_filters(call, "vendor", "account", "text")),
        ),
        _get(signature, lambda call: sandbox.signature(*_key(call))),
        _call(
            f"PATCH {signature}",
            _Change,
            lambda call, sent: sandbox.change(*_key(call), text=sent.text, fields=sent.fields),
        ),
        _call(
            f"DELETE {signature}",
            _Body,
            lambda call, _: sandbox.remove(*_key(call)),
            lambda call: {"removed": dict(zip(("vendor", "id"), _key(call), strict=True))},
        ),
        _call(
            "POST /signatures/approve",
            _Approvals,
            lambda _, sent: sandbox.decide(sent.keys, Verdict(Status.APPROVED)),
        ),
        _call(
            "POST /signatures/reject",
            _Rejections,
            lambda _, sent: sandbox.decide(sent.keys, Verdict(Status.REJECTED, sent.reason)),
        ),
        _call(f"POST {signature}/approve", _Body, lambda call, _: sandbox.approve(*_key(call))),
        _call(
            f"POST {signature}/reject",
            _Rejection,
            lambda call, sent: sandbox.reject(*_key(call), sent.reason),
        ),
        _call(
            f"POST {signature}/status",
            _RawStatus,
            lambda call, sent: sandbox.set_status(
                *_key(call), str(sent.vendor_status), sent.reason
            ),
        ),
        _get("/calls", lambda call: _calls(sandbox, call)),
        _call("DELETE /calls", _Body, lambda *_: sandbox.log.clear(), lambda _: []),
        _get("/calls/{n:int}", lambda call: _raw_call(sandbox, call)),
        _get("/evidence", lambda _: sandbox.desk.shelf.list()),
        _get("/evidence/{sha256}", lambda call: _file(sandbox, call)),
        _get("/vendors", lambda _: {name: _offers(each) for name, each in sandbox.vendors.items()}),
        Route("/events", Feed(sandbox), methods=["GET"]),
        _get("/faults", lambda _: faults.list()),
        _call(
            "POST /faults", _Options, lambda _, sent: faults.add(sent.root), lambda _: faults.list()
        ),
        _call("DELETE /faults", _Body, lambda *_: faults.clear(), lambda _: []),
        _call(
            "DELETE /faults/{n:int}",
            _Body,
            lambda call, _: faults.remove(call.path_params["n"]),
            lambda _: faults.list(),
        ),
        _get("/switches", described),
        _call("POST /switches", _Options, lambda _, sent: switches.set(sent.root), described),
        _get("/review", lambda _: {"policy": sandbox.review_policy}),
        _call("POST /review", _Policy, set_policy, lambda _: {"policy": sandbox.review_policy}),
        _call("POST /reset", _Body, lambda *_: sandbox.reset(), lambda _: {"reset": True}),
        _get("/credentials", lambda call: sandbox.credentials(call.url.netloc)),
    ]
    return Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: _wrong_call,
            UnknownSignatureError: _not_found,
            ValueError: _wrong_value,
            StateFileError: _broken,
            ClientDisconnect: lambda *_: Response(),
        },
    )


def _get(path: str, answer: Callable[[Request], object]) -> Route:
    """Give the route of a call that changes nothing, and whose body isn't read."""

    async def endpoint(request: Request) -> Response:
        return _json(answer(request))

    return Route(path, endpoint, methods=["GET"])


def _call(
    call: str,
    body: type[_B],
    act: Callable[[Request, _B], object],
    answer: Callable[[Request], object] | None = None,
) -> Route:
    """Give the route of a call that does something: what `act` gives is answered, or `answer`."""
    method, path = call.split()

    async def endpoint(request: Request) -> Response:
        outcome = act(request, body.model_validate(await _object(request)))
        return _json(answer(request) if answer else outcome)

    return Route(path, endpoint, methods=[method])


def _about(sandbox: Sandbox, token: str, request: Request) -> Document:
    challenge = request.headers.get("x-smssign-challenge", "")
    return {
        # Only who made the token can answer a new challenge so: another program can't pose as us.
        "proof": hmac.digest(token.encode(), challenge.encode(), "sha256").hex(),
        "name": "pulumi-smssign sandbox",
        "version": __version__,
        "vendors": list(sandbox.vendors),
        "review": sandbox.review_policy,
        "magic_texts": {word: verdict.status for texts, verdict in MAGIC_TEXTS for word in texts},
    }


def _calls(sandbox: Sandbox, request: Request) -> list[ReceivedCall]:
    filters = _filters(request, "vendor", "action", "last")
    last = _Last.model_validate({"last": filters.pop("last", KEPT)}).last
    return sandbox.calls(**filters)[-last:]


def _raw_call(sandbox: Sandbox, request: Request) -> RawCall | Response:
    raw = sandbox.log.raw(request.path_params["n"])
    return raw or _error(f"only the last {KEPT_RAW} calls are kept as they were", 404)


def _file(sandbox: Sandbox, request: Request) -> Response:
    """Have a picture shown and anything else saved, and nothing in it come alive."""
    file = sandbox.desk.shelf.get(request.path_params["sha256"])
    if file is None:
        return _error("no such file is in memory, or no more", 404)
    evidence, content = file
    is_picture = evidence.media_type.startswith("image/")
    headers = {
        **GUARDS,
        "cache-control": "no-store",
        "content-type": evidence.media_type if is_picture else "application/octet-stream",
        "content-security-policy": "default-src 'none'; sandbox",
        "content-disposition": "inline" if is_picture else "attachment",
    }
    return Response(content, headers=headers)


def _json(content: object) -> Response:
    if isinstance(content, Response):
        return content
    # Keys, and what people are asked for, are in some of these: no browser keeps them.
    return JSONResponse(to_jsonable_python(content), headers={"cache-control": "no-store"})


def _offers(vendor: Gateway) -> Document:
    offers: Document = to_jsonable_python(vendor.console)
    return {**offers, "actions": [*sorted(vendor.actions)]}


def _key(request: Request) -> tuple[str, str]:
    return request.path_params["vendor"], request.path_params["id"]


def _filters(request: Request, *names: str) -> dict[str, str]:
    unknown = set(request.query_params).difference(names)
    if unknown:
        raise ValueError(
            f"can't filter by {', '.join(sorted(unknown))}, only by {', '.join(names)}"
        )
    return dict(request.query_params)


async def _object(request: Request) -> dict[str, JsonValue]:
    """Read the JSON object that was sent; nothing at all is an empty one."""
    body = await read_body(request.receive, CONTROL_LIMIT)
    if len(body) > CONTROL_LIMIT:
        raise HTTPException(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a body has {CONTROL_LIMIT} bytes at most"
        )
    if not body:
        return {}
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"send the body as application/json, not as {media_type[:100] or 'nothing'} "
            "(with curl: --json '{...}', or -H 'Content-Type: application/json')",
        )
    try:
        document = read_json(body)
    except ValueError as error:
        raise ValueError(f"Invalid JSON: {error}") from None
    if not isinstance(document, dict):
        raise ValueError("the body is JSON, but not an object")  # noqa: TRY004 - the caller's
    return document


def _error(error: str, status: int, **more: object) -> Response:
    return JSONResponse({"error": error, **more}, status, {"cache-control": "no-store"})


async def _wrong_call(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    path = request.url.path
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return _error(f"{path} doesn't take {request.method}", status)
    if isinstance(error, HTTPException) and status != HTTPStatus.NOT_FOUND:
        return _error(error.detail, status)
    return _error(f"there is no {path}; GET /_desk/signatures lists what the desk has", status)


async def _not_found(_: Request, error: Exception) -> Response:
    return _error(f"{error}; GET /_desk/signatures lists what it has", HTTPStatus.NOT_FOUND)


async def _wrong_value(_: Request, error: Exception) -> Response:
    if isinstance(error, OrderError):
        return _error(str(error), HTTPStatus.BAD_REQUEST, message=error.message, facts=error.facts)
    if not isinstance(error, ValidationError):
        return _error(str(error), HTTPStatus.BAD_REQUEST)
    flaws = [
        ": ".join(filter(None, (".".join(str(step) for step in flaw["loc"]), flaw["msg"])))
        for flaw in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return _error("; ".join(flaws), HTTPStatus.BAD_REQUEST)


async def _broken(_: Request, error: Exception) -> Response:
    return _error(str(error), HTTPStatus.INTERNAL_SERVER_ERROR)
