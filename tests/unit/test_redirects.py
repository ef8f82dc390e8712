"""Redirections: a signed request, and the key in it, go to no other address."""

from __future__ import annotations

import httpx
import pytest

from pulumi_smssign.contract.pace import unpaced
from pulumi_smssign.core.registry import VENDORS
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.model.review import Handle
from tests.vendors.calls import NOWHERE, answer_with, connected

STRANGER = "https://stranger.example/"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("vendor", VENDORS)
def test_redirection_is_followed_nowhere(vendor: str, status: int) -> None:
    asked: list[httpx.URL] = []

    def redirects(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return httpx.Response(status, headers={"Location": STRANGER})

    api = connected(vendor, NOWHERE)
    answer_with(api, redirects)
    with unpaced(), pytest.raises(SmsSignError):
        api.reviews([Handle("7", "极客科技", api.full_scope(""))])
    assert {url.host for url in asked} == {httpx.URL(NOWHERE).host}
