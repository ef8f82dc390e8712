"""Whether an endpoint answers, and its clock, on a real socket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from pulumi_smssign.contract.reach import clock_difference
from pulumi_smssign.model.errors import UnreachableError
from pulumi_smssign.sandbox.server import running


@contextmanager
def saying(date: str | None) -> Iterator[str]:
    """A server whose answers bear this date, or none."""

    class Answers(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(404)
            if date is not None:
                self.send_header("Date", date)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_sandbox_on_this_machine_has_its_time() -> None:
    with running() as served:
        difference = clock_difference("tencent", served.url)
    assert difference is not None
    assert abs(difference) < 30


def test_clock_that_is_years_off_is_told_with_its_sign() -> None:
    with saying("Wed, 01 Jan 2020 00:00:00 GMT") as url:
        difference = clock_difference("tencent", url)
    assert difference is not None
    assert difference < -365 * 86400


@pytest.mark.parametrize("date", [None, "yesterday", "Wed, 01 Jan 2020 00:00:00 -0000"])
def test_clock_is_not_told_without_a_usable_date(date: str | None) -> None:
    with saying(date) as url:
        assert clock_difference("tencent", url) is None


def test_host_that_does_not_answer_is_named() -> None:
    with pytest.raises(UnreachableError, match=r"tencent can't be reached at 127\.0\.0\.1:9 "):
        clock_difference("tencent", "http://127.0.0.1:9")
