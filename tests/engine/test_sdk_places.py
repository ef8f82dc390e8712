"""The private places of Pulumi's SDK that `sdk_patches` stands on, over the SDKs that we support.

Here the plugin runs without an engine, so `make test-sdks` can ask every SDK on PyPI, from 3.235 to
the newest; `make test` takes the oldest and the installed one. What an engine makes of the answers
is in `test_sdk_range.py`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pulumi
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import provider_pb2

from tests.engine.plugin import Plugin, properties, running, status_of, told, urn_of
from tests.engine.plugin_program import Provider, Stranger
from tests.engine.sdks import INSTALLED, OLDEST, install, released

SDKS = released() if os.environ.get("SDKS") == "all" else [OLDEST, INSTALLED]
AWAIT_FAILED = "type.googleapis.com/pulumirpc.ErrorResourceAwaitFailed"


@pytest.fixture(scope="session", params=SDKS)
def sdk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The folder of one SDK; None for the installed one."""
    version: str = request.param
    if version == INSTALLED:
        return None
    return install(version, tmp_path_factory.mktemp(f"pulumi-{version}"))


@pytest.fixture
def fresh(sdk: Path | None, tmp_path: Path) -> Iterator[Plugin]:
    """The plugin of one SDK, that nobody has called yet."""
    with running(tmp_path, sdk) as plugin:
        yield plugin


@pytest.fixture(scope="session")
def plugin(sdk: Path | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plugin]:
    """The plugin of one SDK, for calls that leave nothing behind."""
    with running(tmp_path_factory.mktemp("plugin"), sdk) as plugin:
        yield plugin


def create(plugin: Plugin, what: str, name: str = "brand") -> provider_pb2.CreateResponse:
    """What a Create of our provider answers."""
    request = provider_pb2.CreateRequest(urn=urn_of(name), properties=properties(Provider, do=what))
    answer = plugin.call("Create", request)
    assert isinstance(answer, provider_pb2.CreateResponse)
    return answer


def failure_of(plugin: Plugin, what: str) -> grpc.RpcError:
    """How a Create of our provider fails."""
    with pytest.raises(grpc.RpcError) as failed:
        create(plugin, what)
    assert failed.value.code() is grpc.StatusCode.UNKNOWN
    return failed.value


def test_each_hook_knows_its_resource_and_the_inputs_in_state(fresh: Plugin) -> None:
    olds, news = properties(Provider, do="old", set="x"), properties(Provider, do="new")
    urn = urn_of("brand")
    fresh.call("Check", provider_pb2.CheckRequest(urn=urn, olds=olds, news=news))
    fresh.call("Diff", provider_pb2.DiffRequest(id="1", urn=urn, olds=olds, news=news))
    fresh.call("Create", provider_pb2.CreateRequest(urn=urn, properties=news))
    fresh.call("Update", provider_pb2.UpdateRequest(id="1", urn=urn, olds=olds, news=olds))
    fresh.call("Read", provider_pb2.ReadRequest(id="1", urn=urn, properties=news, inputs=olds))
    fresh.call(
        "Delete", provider_pb2.DeleteRequest(id="1", urn=urn, properties=news, old_inputs=olds)
    )
    inputs = "['__provider', 'do', 'set']"
    assert [fresh.next_row() for _ in range(6)] == [
        (urn, text)
        for text in ("check", "diff", "new", "old", f"read {inputs}", f"delete {inputs}")
    ]


def test_a_create_that_awaits_says_so_in_the_status(plugin: Plugin) -> None:
    error = failure_of(plugin, "await")
    assert "in review" in told(error)
    assert "Traceback" not in told(error)
    status = status_of(error)
    assert status is not None
    assert [detail.type_url for detail in status.details] == [AWAIT_FAILED]
    assert status.details[0].value == b""
    assert status.code == 2


def test_an_update_that_awaits_says_so_in_the_status(plugin: Plugin) -> None:
    olds, news = properties(Provider, do="old"), properties(Provider, do="await")
    request = provider_pb2.UpdateRequest(id="1", urn=urn_of("brand"), olds=olds, news=news)
    with pytest.raises(grpc.RpcError) as failed:
        plugin.call("Update", request)
    status = status_of(failed.value)
    assert status is not None
    assert [detail.type_url for detail in status.details] == [AWAIT_FAILED]


def test_an_update_that_fails_after_it_was_accepted_brings_its_state(plugin: Plugin) -> None:
    olds, news = properties(Provider, do="old"), properties(Provider, do="accepted")
    request = provider_pb2.UpdateRequest(id="1", urn=urn_of("brand"), olds=olds, news=news)
    with pytest.raises(grpc.RpcError) as failed:
        plugin.call("Update", request)
    status = status_of(failed.value)
    assert status is not None
    state = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(state)
    assert (state.id, state.properties["status"]) == ("1", "PENDING")


@pytest.mark.parametrize("what", ["refuse", "fail"])
def test_an_error_is_our_few_lines_and_nothing_is_said_besides(plugin: Plugin, what: str) -> None:
    error = failure_of(plugin, what)
    assert "brand" in told(error)
    assert "Traceback" not in told(error)
    assert status_of(error) is None


def test_an_error_after_one_that_awaited_is_an_error(plugin: Plugin) -> None:
    failure_of(plugin, "await")
    assert status_of(failure_of(plugin, "refuse")) is None
    assert create(plugin, "it").id == "7300"


def test_an_error_of_somebody_elses_provider_looks_as_without_us(
    plugin: Plugin, sdk: Path | None, tmp_path: Path
) -> None:
    """The plugin then prints it, a traceback or a line, as this SDK does."""
    request = provider_pb2.CreateRequest(
        urn=urn_of("other"), properties=properties(Stranger, do="lost")
    )

    def failure(of: Plugin) -> str:
        with pytest.raises(grpc.RpcError) as failed:
            of.call("Create", request)
        return told(failed.value)

    create(plugin, "it")
    with running(tmp_path, sdk) as untouched:
        assert failure(plugin) == failure(untouched)


def test_cancel_is_heard_while_more_hooks_wait_than_the_plugin_has_threads(fresh: Plugin) -> None:
    with ThreadPoolExecutor(6) as threads:
        waiting = [
            threads.submit(create, fresh, "wait", name=f"brand-{number}") for number in range(6)
        ]
        assert {fresh.next_row()[0] for _ in waiting} == {urn_of(f"brand-{n}") for n in range(6)}
        fresh.call("Cancel", Empty())
        ends = [each.exception() for each in waiting]
    for error in ends:
        assert isinstance(error, grpc.RpcError)
        assert "the run was ended" in told(error)


def altered(folder: Path, old: str, new: str) -> Path:
    """An SDK whose plugin's program differs in one place."""
    shutil.copytree(Path(pulumi.__file__).parent, folder / "pulumi")
    program = folder / "pulumi" / "dynamic" / "__main__.py"
    source = program.read_text("utf-8")
    assert source.count(old) == 1
    program.write_text(source.replace(old, new), "utf-8")
    return folder


def test_an_sdk_that_hides_the_engines_request_is_named_as_the_trouble(tmp_path: Path) -> None:
    in_another_thread = "futures.ThreadPoolExecutor(1).submit(provider.create, props).result()"
    sdk = altered(tmp_path / "sdk", "provider.create(props)", in_another_thread)
    with running(tmp_path, sdk) as plugin:
        error = failure_of(plugin, "await")
        assert told(error).startswith("this version of Pulumi's Python SDK does not say which")
        assert status_of(error) is None


def test_an_sdk_that_prints_errors_in_another_way_is_left_to_it(tmp_path: Path) -> None:
    sdk = altered(tmp_path / "sdk", "traceback.format_exc()", "repr(sys.exception())")
    with running(tmp_path, sdk) as plugin:
        assert told(failure_of(plugin, "refuse")) == "RefusedError('refused')"
        status = status_of(failure_of(plugin, "await"))
        assert status is not None
        assert [detail.type_url for detail in status.details] == [AWAIT_FAILED]


def test_an_sdk_whose_cancel_is_of_another_kind_is_left_to_it(tmp_path: Path) -> None:
    cancel = "    def Cancel(self, request, context):\n        return empty_pb2.Empty()\n"
    closure = "    Cancel = (lambda empty: lambda *_: empty())(empty_pb2.Empty)\n"
    with running(tmp_path, altered(tmp_path / "sdk", cancel, closure)) as plugin:
        create(plugin, "it")
        plugin.call("Cancel", Empty())
        create(plugin, "was it cancelled?", name="asked")
        told_last = [plugin.next_row() for _ in range(3)][-1]
        assert told_last == (urn_of("asked"), "False")
