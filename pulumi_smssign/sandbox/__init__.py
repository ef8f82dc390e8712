"""The vendors' side of five SMS-signature APIs, played locally, for development and tests.

It shares no code with the clients of this package. In a test:

    with running() as served:
        client = ...  # for served.url, with the keys of served.sandbox.credentials(served.address)
        served.sandbox.approve("tencent", "730001")
        assert served.sandbox.calls("tencent", "AddSmsSign")[0].code == ""
"""

from __future__ import annotations

from pulumi_smssign.sandbox.app import Sandbox, SignatureView
from pulumi_smssign.sandbox.call_log import ReceivedCall
from pulumi_smssign.sandbox.clock import Clock, ManualClock, SystemClock
from pulumi_smssign.sandbox.desk import UnknownSignatureError
from pulumi_smssign.sandbox.dispatch import ConnectionCut, application
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.review import ReviewPolicy, Status
from pulumi_smssign.sandbox.server import DEFAULT_PORT, RunningSandbox, ServerError, running, serve
from pulumi_smssign.sandbox.state import StateFileError
from pulumi_smssign.sandbox.switches import SwitchError

__all__ = [
    "DEFAULT_PORT",
    "Clock",
    "ConnectionCut",
    "Evidence",
    "ManualClock",
    "ReceivedCall",
    "ReviewPolicy",
    "RunningSandbox",
    "Sandbox",
    "ServerError",
    "SignatureView",
    "StateFileError",
    "Status",
    "SwitchError",
    "SystemClock",
    "UnknownSignatureError",
    "application",
    "running",
    "serve",
]
