"""The web application of a sandbox: the vendors' calls, the control API and the desk's page."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from pulumi_smssign.sandbox.admission import Admission
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.control import control
from pulumi_smssign.sandbox.dispatch import Dispatch
from pulumi_smssign.sandbox.page import assets


def application(sandbox: Sandbox) -> Starlette:
    """Give the ASGI application that clients, tests and people talk to."""
    return Starlette(
        routes=[
            Mount("/_desk", app=control(sandbox)),
            Mount("/_page", app=assets()),
            Mount("/", app=Dispatch(sandbox)),
        ],
        middleware=[Middleware(Admission)],
    )
