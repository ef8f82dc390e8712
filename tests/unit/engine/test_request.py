"""The engine's request behind a hook: found on the stack of the thread that answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2

from pulumi_smssign.engine.sdk_patches import request_inputs, request_urn
from pulumi_smssign.model.errors import SmsSignError

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand"
T = TypeVar("T")


def inputs(**properties: str) -> Struct:
    struct = Struct()
    struct.update(properties)
    return struct


A_IN, A_OUT = inputs(a="in"), inputs(a="out")


def behind(request: object, ask: Callable[[], T]) -> T:
    """The answer to a question that a hook of this request asks."""
    assert request is not None
    return ask()


@pytest.mark.parametrize("hook", ["Check", "Diff", "Create", "Update", "Read", "Delete"])
def test_every_hook_knows_which_resource_it_is_for(hook: str) -> None:
    request = getattr(provider_pb2, f"{hook}Request")(urn=URN)
    assert behind(request, request_urn) == URN


def test_the_innermost_request_is_the_hooks_own() -> None:
    inner = provider_pb2.DiffRequest(urn=URN)
    outer = provider_pb2.CheckRequest(urn="urn:other")
    assert behind(outer, lambda: behind(inner, request_urn)) == URN


def test_without_a_request_the_sdk_is_said_to_hide_it() -> None:
    with pytest.raises(SmsSignError, match="does not say which resource a hook is for") as caught:
        request_urn()
    assert "please report" in caught.value.advice


@pytest.mark.parametrize(
    ("request_", "in_state"),
    [
        (provider_pb2.DeleteRequest(properties=A_OUT, old_inputs=A_IN), {"a": "in"}),
        (provider_pb2.ReadRequest(properties=A_OUT, inputs=A_IN), {"a": "in"}),
        (provider_pb2.DeleteRequest(), {}),
        (provider_pb2.ReadRequest(), {}),
    ],
    ids=["delete", "read", "delete without inputs", "read without inputs"],
)
def test_the_inputs_in_state_are_read_from_the_request(request_: object, in_state: object) -> None:
    """An engine of before they came sends none, and nor does one for what a program reads."""
    assert behind(request_, request_inputs) == in_state
