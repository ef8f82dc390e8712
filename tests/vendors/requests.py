"""Requests as a vendor's clients make them, for the question whose they are."""

from __future__ import annotations

from pulumi_smssign.sandbox.http_messages import HttpRequest

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def post(headers: dict[str, str], body: bytes = b"", path: str = "/") -> HttpRequest:
    return HttpRequest("POST", path, "", headers, body)


def get(query: str, headers: dict[str, str] | None = None, path: str = "/") -> HttpRequest:
    return HttpRequest("GET", path, query, headers or {}, b"")
