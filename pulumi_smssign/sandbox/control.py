"""The control API under `/_desk/`: JSON over HTTP, for tests, scripts and people.

| call | does |
| --- | --- |
| `GET /_desk/` | name, version, vendors, policy, magic texts |
| `GET /_desk/signatures[?vendor=&account=&text=]` | the signatures |
| `GET /_desk/signatures/{vendor}/{id}` | one of them |
| `POST /_desk/signatures/{vendor}/{id}/approve` | approves it |
| `POST /_desk/signatures/{vendor}/{id}/reject` | rejects it: `{"reason": "..."}` |
| `POST /_desk/signatures/{vendor}/{id}/status` | `{"vendor_status": "...", "reason": "..."}` |
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
| `GET`, `POST /_desk/review` | the policy: `{"policy": "manual"}`, `immediate`, `after:SECONDS` |
| `POST /_desk/reset` | everything as at the start |
| `GET /_desk/credentials` | by vendor, the environment for its clients |

A body is JSON, and says so in its Content-Type. What can't be done is answered with 4xx and
`{"error": "..."}`, which says why and what to do.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from pydantic_core import to_jsonable_python
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.bodies import CONTROL_LIMIT, read_body
from pulumi_smssign.sandbox.call_log import KEPT, KEPT_RAW
from pulumi_smssign.sandbox.desk import UnknownSignatureError
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Gateway
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.page import GUARDS
from pulumi_smssign.sandbox.page.feed import Feed
from pulumi_smssign.sandbox.received_text import read_json
from pulumi_smssign.sandbox.review import MAGIC_TEXTS
from pulumi_smssign.sandbox.state import StateFileError
from pulumi_smssign.version import __version__


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Rejection(_Body):
    reason: str = "Rejected at the sandbox's desk."


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


def control(sandbox: Sandbox) -> Starlette:
    """Give the application that controls `sandbox`, to be mounted at `/_desk`."""
    desk = _Control(sandbox)
    one = "/signatures/{vendor}/{id:path}"  # an id may be a text with a slash in it
    routes = [
        Route("/", desk.about, methods=["GET"]),
        Route("/signatures", desk.signatures, methods=["GET"]),
        Route(one, desk.signature, methods=["GET"]),
        Route(one, desk.change, methods=["PATCH"]),
        Route(one, desk.remove, methods=["DELETE"]),
        Route(f"{one}/approve", desk.approve, methods=["POST"]),
        Route(f"{one}/reject", desk.reject, methods=["POST"]),
        Route(f"{one}/status", desk.set_status, methods=["POST"]),
        Route("/calls", desk.calls, methods=["GET"]),
        Route("/calls", desk.clear_calls, methods=["DELETE"]),
        Route("/calls/{n:int}", desk.raw_call, methods=["GET"]),
        Route("/evidence", desk.evidence, methods=["GET"]),
        Route("/evidence/{sha256}", desk.file, methods=["GET"]),
        Route("/vendors", desk.vendors, methods=["GET"]),
        Route("/events", Feed(sandbox), methods=["GET"]),
        Route("/faults", desk.faults, methods=["GET"]),
        Route("/faults", desk.add_fault, methods=["POST"]),
        Route("/faults", desk.clear_faults, methods=["DELETE"]),
        Route("/faults/{n:int}", desk.remove_fault, methods=["DELETE"]),
        Route("/switches", desk.switches, methods=["GET"]),
        Route("/switches", desk.set_switches, methods=["POST"]),
        Route("/review", desk.review, methods=["GET"]),
        Route("/review", desk.set_review, methods=["POST"]),
        Route("/reset", desk.reset, methods=["POST"]),
        Route("/credentials", desk.credentials, methods=["GET"]),
    ]
    return Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: _wrong_call,
            UnknownSignatureError: _not_found,
            ValueError: _wrong_value,
            StateFileError: _broken,
            ClientDisconnect: _nobody_there,
        },
    )


class _Control:
    """The endpoints."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def about(self, _: Request) -> Response:
        return _json(
            {
                "name": "pulumi-smssign sandbox",
                "version": __version__,
                "vendors": list(self._sandbox.vendors),
                "review": self._sandbox.review_policy,
                "magic_texts": {
                    word: verdict.status for words, verdict in MAGIC_TEXTS for word in words
                },
            }
        )

    async def signatures(self, request: Request) -> Response:
        return _json(self._sandbox.signatures(**_filters(request, "vendor", "account", "text")))

    async def signature(self, request: Request) -> Response:
        return _json(self._sandbox.signature(*_which(request)))

    async def change(self, request: Request) -> Response:
        change = _Change.model_validate(await _object(request))
        return _json(self._sandbox.change(*_which(request), text=change.text, fields=change.fields))

    async def remove(self, request: Request) -> Response:
        await _nothing(request)
        vendor, signature_id = _which(request)
        self._sandbox.remove(vendor, signature_id)
        return _json({"removed": {"vendor": vendor, "id": signature_id}})

    async def approve(self, request: Request) -> Response:
        await _nothing(request)
        return _json(self._sandbox.approve(*_which(request)))

    async def reject(self, request: Request) -> Response:
        rejection = _Rejection.model_validate(await _object(request))
        return _json(self._sandbox.reject(*_which(request), rejection.reason))

    async def set_status(self, request: Request) -> Response:
        status = _RawStatus.model_validate(await _object(request))
        return _json(
            self._sandbox.set_status(*_which(request), str(status.vendor_status), status.reason)
        )

    async def calls(self, request: Request) -> Response:
        filters = _filters(request, "vendor", "action", "last")
        wanted = _Last.model_validate({"last": filters.pop("last", KEPT)})
        return _json(self._sandbox.calls(**filters)[-wanted.last :])

    async def raw_call(self, request: Request) -> Response:
        raw = self._sandbox.log.raw(request.path_params["n"])
        if raw is None:
            return _error(f"only the last {KEPT_RAW} calls are kept as they were", 404)
        return _json(raw)

    async def evidence(self, _: Request) -> Response:
        return _json(self._sandbox.desk.shelf.list())

    async def file(self, request: Request) -> Response:
        found = self._sandbox.desk.shelf.get(request.path_params["sha256"])
        if found is None:
            return _error("no such file is in memory, or no more", 404)
        evidence, content = found
        return Response(content, headers=_file_headers(evidence))

    async def vendors(self, _: Request) -> Response:
        return _json({each.name: _offers(each) for each in self._sandbox.vendors.values()})

    async def clear_calls(self, request: Request) -> Response:
        await _nothing(request)
        self._sandbox.log.clear()
        return _json([])

    async def faults(self, _: Request) -> Response:
        return _json(self._sandbox.faults.list())

    async def add_fault(self, request: Request) -> Response:
        self._sandbox.faults.add(await _object(request))
        return _json(self._sandbox.faults.list())

    async def clear_faults(self, request: Request) -> Response:
        await _nothing(request)
        self._sandbox.faults.clear()
        return _json([])

    async def remove_fault(self, request: Request) -> Response:
        await _nothing(request)
        self._sandbox.faults.remove(request.path_params["n"])
        return _json(self._sandbox.faults.list())

    async def switches(self, _: Request) -> Response:
        return _json(self._sandbox.switches.describe())

    async def set_switches(self, request: Request) -> Response:
        self._sandbox.switches.set(await _object(request))
        return _json(self._sandbox.switches.describe())

    async def review(self, _: Request) -> Response:
        return _json({"policy": self._sandbox.review_policy})

    async def set_review(self, request: Request) -> Response:
        self._sandbox.review_policy = _Policy.model_validate(await _object(request)).policy
        return _json({"policy": self._sandbox.review_policy})

    async def reset(self, request: Request) -> Response:
        await _nothing(request)
        self._sandbox.reset()
        return _json({"reset": True})

    async def credentials(self, request: Request) -> Response:
        return _json(self._sandbox.credentials(request.url.netloc))


def _json(content: object) -> Response:
    return JSONResponse(to_jsonable_python(content))


def _file_headers(evidence: Evidence) -> dict[str, str]:
    """Have a picture shown and anything else saved, and nothing in it come alive."""
    is_picture = evidence.media_type.startswith("image/")
    return {
        **GUARDS,
        "cache-control": "no-store",
        "content-type": evidence.media_type if is_picture else "application/octet-stream",
        "content-security-policy": "default-src 'none'; sandbox",
        "content-disposition": "inline" if is_picture else "attachment",
    }


def _offers(vendor: Gateway) -> Document:
    offers: Document = to_jsonable_python(vendor.console)
    return {**offers, "actions": [*sorted(vendor.actions)]}


def _which(request: Request) -> tuple[str, str]:
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


async def _nothing(request: Request) -> None:
    """See that a call which needs no more than its path was sent nothing else."""
    _Body.model_validate(await _object(request))


def _error(message: str, status: int) -> Response:
    return JSONResponse({"error": message}, status)


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
    if not isinstance(error, ValidationError):
        return _error(str(error), HTTPStatus.BAD_REQUEST)
    flaws = [
        ": ".join(filter(None, (".".join(str(step) for step in flaw["loc"]), flaw["msg"])))
        for flaw in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return _error("; ".join(flaws), HTTPStatus.BAD_REQUEST)


async def _nobody_there(_: Request, __: Exception) -> Response:
    return Response()


async def _broken(_: Request, error: Exception) -> Response:
    return _error(str(error), HTTPStatus.INTERNAL_SERVER_ERROR)
