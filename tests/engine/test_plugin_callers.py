"""Who may call the plugin while a run lasts, and what it loads from state.

The cases that no finding names: a caller that hangs up before it is looked for, one of IPv6, Cancel
and Configure beside the hooks, and the ways in which a pickle gets at code (reduce, a class of
another module, a subclass by value, no pickle).
"""

from __future__ import annotations

import base64
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dill  # type: ignore[import-untyped]
import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import Message
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic import ResourceProvider
from pulumi.runtime.proto import provider_pb2

from pulumi_smssign import provider
from pulumi_smssign.contract import peer
from pulumi_smssign.core import pickled
from pulumi_smssign.model.errors import SmsSignError
from tests.engine.plugin import Plugin, properties, running, told
from tests.engine.plugin_program import Configured, Provider

OURS = "urn:pulumi:dev::test::pulumi-python:dynamic/tencentSms:TencentSms::brand"
NESTED = "urn:pulumi:dev::test::my:x:Team$pulumi-python:dynamic/tencentSms:TencentSms::brand"
OTHERS = "urn:pulumi:dev::test::pulumi-python:dynamic:Resource::other"
NOBODY = 65534
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user too")


class Harmful:
    """A pickle that makes a folder when it is loaded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self._folder),)


class Derived(provider.SignatureProvider):
    """A provider that does more than ours; dill writes its code into the pickle."""


@pytest.fixture
def plugin(tmp_path: Path) -> Iterator[Plugin]:
    """A plugin that has a provider of ours loaded."""
    with running(tmp_path) as plugin:
        plugin.call("Configure", configuration("the engine"))
        with pytest.raises(grpc.RpcError):  # it has no input that Check takes
            plugin.call("Diff", diff_of(OURS, properties(provider.SignatureProvider)))
        yield plugin


@pytest.fixture
def folder_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which any user may make another."""
    folder = tmp_path_factory.mktemp("all")
    folder.chmod(0o777)
    return folder


def diff_of(urn: str, inputs: Struct) -> provider_pb2.DiffRequest:
    return provider_pb2.DiffRequest(id="1", urn=urn, olds=inputs, news=inputs)


def configuration(said: str) -> provider_pb2.ConfigureRequest:
    values = Struct()
    values.update({"test:said": said})
    return provider_pb2.ConfigureRequest(args=values)


def create(plugin: Plugin, kind: type[ResourceProvider], what: str) -> None:
    request = provider_pb2.CreateRequest(urn=OTHERS, properties=properties(kind, do=what))
    plugin.call("Create", request)


def bearing(value: bytes) -> Struct:
    inputs = Struct()
    inputs.update({"__provider": base64.b64encode(value).decode()})
    return inputs


CALL = """
import os, sys, grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

_, user, address, method, request = sys.argv
os.setgroups([])
os.setgid(int(user))
os.setuid(int(user))
kind = Empty if method == "Cancel" else getattr(provider_pb2, method + "Request")
with grpc.insecure_channel(address) as channel:
    stub = provider_pb2_grpc.ResourceProviderStub(channel)
    getattr(stub, method)(kind.FromString(bytes.fromhex(request)), timeout=20)
"""


def as_nobody(plugin: Plugin, method: str, request: Message) -> str:
    """What another user's process is told; "" where it is answered."""
    arguments = (str(NOBODY), plugin.address, method, request.SerializeToString().hex())
    run = subprocess.run(
        (sys.executable, "-c", CALL, *arguments),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return run.stderr


@pytest.mark.parametrize("urn", [OURS, NESTED, OTHERS])
@needs_root
def test_another_user_has_nothing_loaded(plugin: Plugin, folder_of_all: Path, urn: str) -> None:
    made = folder_of_all / "made"
    request = diff_of(urn, bearing(pickle.dumps(Harmful(made))))
    assert "called by another user" in as_nobody(plugin, "Diff", request)
    assert not made.exists()


@needs_root
def test_another_user_cancels_and_configures_nothing(plugin: Plugin) -> None:
    create(plugin, Provider, "it")
    assert as_nobody(plugin, "Cancel", Empty()) == ""
    assert as_nobody(plugin, "Configure", configuration("nobody")) == ""
    create(plugin, Provider, "was it cancelled?")
    create(plugin, Configured, "")
    rows = [plugin.next_row()[1] for _ in range(4)]
    assert rows == ["it", "was it cancelled?", "False", "the engine"]


@pytest.mark.parametrize("urn", [OURS, NESTED])
@pytest.mark.parametrize(
    "value",
    [
        pytest.param(lambda made: pickle.dumps(Harmful(made)), id="reduce"),
        pytest.param(lambda made: pickle.dumps([Harmful(made)], protocol=0), id="inside another"),
        pytest.param(lambda _: pickle.dumps(Provider()), id="another module"),
        pytest.param(lambda _: dill.dumps(Derived(), byref=False, recurse=True), id="by value"),
        pytest.param(lambda _: pickle.dumps(provider.SignatureProvider), id="a class"),
        pytest.param(lambda _: pickle.dumps({"hooks": 1}), id="no provider"),
        pytest.param(lambda _: b"\x80\x04cposix\nsystem\n", id="cut short"),
        pytest.param(lambda _: b"", id="nothing"),
    ],
)
def test_state_has_our_resources_load_ours_only(
    plugin: Plugin, tmp_path: Path, urn: str, value: Callable[[Path], bytes]
) -> None:
    made = tmp_path / "made"
    with pytest.raises(grpc.RpcError) as refused:
        plugin.call("Diff", diff_of(urn, bearing(value(made))))
    assert "names another provider" in told(refused.value)
    assert "Traceback" not in told(refused.value)
    assert not made.exists()


def test_other_packages_providers_are_loaded_as_ever(plugin: Plugin) -> None:
    create(plugin, Provider, "it")
    assert plugin.next_row() == (OTHERS, "it")


@pytest.fixture(params=["sock_diag", "tables"])
def source(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the kernel tells of a connection; sock_diag may be shut."""
    if request.param == "tables":
        monkeypatch.setattr(peer, "_SOCK_DIAG", 31)  # a family of netlink that no kernel has
    return str(request.param)


@pytest.mark.usefixtures("source")
def test_a_caller_is_known_by_its_connection_while_it_is_open() -> None:
    for family, host, form in (
        (socket.AF_INET, "127.0.0.1", "ipv4:127.0.0.1:{}"),
        (socket.AF_INET6, "::1", "ipv6:[::1]:{}"),
        (socket.AF_INET6, "::1", "ipv6:%5B::1%5D:{}"),
    ):
        with socket.socket(family) as listener:
            listener.bind((host, 0))
            listener.listen()
            caller = socket.create_connection(listener.getsockname()[:2])
            here, _ = listener.accept()
            address = form.format(caller.getsockname()[1])
            other = form.format(listener.getsockname()[1])
            assert peer.may_call(address)
            caller.close()
            here.close()
            assert not peer.may_call(address)
            assert not peer.may_call(other)
    for odd in ("", "unix:/tmp/x", "ipv4:127.0.0.1", "ipv4:127.0.0.1:x", "ipv4:nowhere:1", "\x00"):
        assert not peer.may_call(odd)


def test_nothing_is_read_from_the_tables_where_sock_diag_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tcp").touch()
    monkeypatch.setattr(peer, "_TABLES", (str(tmp_path / "tcp"),))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        caller = socket.create_connection(listener.getsockname())
        here, _ = listener.accept()
        assert peer.may_call(f"ipv4:127.0.0.1:{caller.getsockname()[1]}")
        assert peer.may_listen(*listener.getsockname())
        here.close()
        caller.close()


@pytest.mark.usefixtures("source")
def test_who_listens_is_told_for_each_address_that_reaches_him(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as listener:
        port = listener.getsockname()[1]
        hosts = ("127.0.0.1", "::1", "[::1]", "localhost", "0.0.0.0", "example.com")  # noqa: S104
        for host in hosts:
            assert peer.may_listen(host, port)
        for function in ("geteuid", "getuid"):
            monkeypatch.setattr(os, function, lambda: NOBODY)
        is_root = Path("/proc/self").stat().st_uid == 0
        assert peer.may_listen("127.0.0.1", port) is is_root
    assert peer.may_listen("127.0.0.1", port), "nobody listens any more"


def test_connection_is_looked_for_once_and_its_port_again_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tcp").touch()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        caller = socket.create_connection(listener.getsockname())
        here, _ = listener.accept()
        address = f"ipv4:127.0.0.1:{caller.getsockname()[1]}"
        assert peer.may_call(address)
        monkeypatch.setattr(peer, "_TABLES", (str(tmp_path / "tcp"),))
        assert peer.may_call(address)
        here.close()
        # Another file has its number now, and still it is another connection.
        with socket.socket(), socket.socket():
            assert not peer.may_call(address)
        caller.close()


TABLE = """  sl  local_address rem_address   st tx_queue rx_queue tr ... uid  timeout inode
   0: 0100007F:9C40 0100007F:1F90 {state} 00000000:00000000 00:00000000 00000000 {uid} 0 {inode} 1
"""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of connections instead of the kernel's."""
    table = tmp_path / "tcp"
    monkeypatch.setattr(peer, "_TABLES", (str(table), str(tmp_path / "tcp6")))
    monkeypatch.setattr(peer, "_allowed", {})
    return table


@pytest.mark.parametrize(
    ("row", "may"),
    [
        pytest.param({"state": "01", "uid": os.getuid(), "inode": 17}, True, id="own"),
        pytest.param({"state": "01", "uid": 0, "inode": 17}, True, id="root"),
        pytest.param({"state": "01", "uid": NOBODY, "inode": 17}, False, id="another user"),
        # The kernel has forgotten whose these were, and says root.
        pytest.param({"state": "06", "uid": 0, "inode": 0}, False, id="TIME_WAIT"),
        pytest.param({"state": "04", "uid": 0, "inode": 0}, False, id="FIN_WAIT1"),
        pytest.param({"state": "01", "uid": 0, "inode": 0}, False, id="nobody holds it"),
        pytest.param({"state": "0A", "uid": os.getuid(), "inode": 17}, False, id="LISTEN"),
    ],
)
def test_the_owner_of_a_connection_is_who_holds_it_open(
    table: Path, row: dict[str, object], may: bool
) -> None:
    table.write_text(TABLE.format(**row), "ascii")
    assert peer.may_call("ipv4:127.0.0.1:40000") is may


def test_a_second_owner_of_the_address_is_refused(table: Path) -> None:
    own = TABLE.format(state="01", uid=os.getuid(), inode=17)
    other = TABLE.format(state="01", uid=NOBODY, inode=18).splitlines()[1]
    table.write_text(own + other, "ascii")
    assert not peer.may_call("ipv4:127.0.0.1:40000")


def test_our_own_providers_pass() -> None:
    for each in (provider.SignatureProvider, provider.ApprovalProvider):
        for dumps in (pickle.dumps, dill.dumps):
            pickled.must_be_ours(OURS, base64.b64encode(dumps(each())).decode())
    pickled.must_be_ours(OTHERS, "anything")
    with pytest.raises(SmsSignError):
        pickled.must_be_ours(OURS, "anything")
