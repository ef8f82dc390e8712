"""The engine's request behind a hook: found on the stack of the thread that answers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2

from pulumi_smssign.engine.sdk_patches import request_inputs, request_urn
from pulumi_smssign.model.errors import SmsSignError

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/smssign:Signature::brand"


def inputs(**properties: str) -> Struct:
    struct = Struct()
    struct.update(properties)
    return struct


@pytest.mark.parametrize(
    "kind",
    [
        provider_pb2.CheckRequest,
        provider_pb2.DiffRequest,
        provider_pb2.CreateRequest,
        provider_pb2.UpdateRequest,
        provider_pb2.ReadRequest,
        provider_pb2.DeleteRequest,
    ],
    ids=lambda kind: kind.__name__,
)
def test_every_hook_knows_which_resource_it_is_for(kind: Callable[..., object]) -> None:
    def answer(request: object) -> str:
        assert request is not None
        return request_urn()

    assert answer(kind(urn=URN)) == URN


def test_the_innermost_request_is_the_hooks_own() -> None:
    def outer(request: object) -> str:
        assert request is not None
        return inner(provider_pb2.DiffRequest(urn=URN))

    def inner(request: object) -> str:
        assert request is not None
        return request_urn()

    assert outer(provider_pb2.CheckRequest(urn="urn:other")) == URN


def test_without_a_request_the_sdk_is_said_to_hide_it() -> None:
    with pytest.raises(SmsSignError, match="does not say which resource a hook is for") as caught:
        request_urn()
    assert "please report" in caught.value.advice


@pytest.mark.parametrize(
    "request_",
    [
        provider_pb2.DeleteRequest(urn=URN, properties=inputs(a="out"), old_inputs=inputs(a="in")),
        provider_pb2.ReadRequest(urn=URN, properties=inputs(a="out"), inputs=inputs(a="in")),
    ],
    ids=["delete", "read"],
)
def test_the_inputs_in_state_are_read_from_the_request(request_: object) -> None:
    def answer(request: object) -> dict[str, object]:
        assert request is not None
        return request_inputs()

    assert answer(request_) == {"a": "in"}


@pytest.mark.parametrize("kind", [provider_pb2.DeleteRequest, provider_pb2.ReadRequest])
def test_a_request_without_inputs_has_none(kind: Callable[..., object]) -> None:
    """An engine of before that, and what a program reads."""

    def answer(request: object) -> dict[str, object]:
        assert request is not None
        return request_inputs()

    assert answer(kind(urn=URN)) == {}
