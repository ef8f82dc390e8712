"""Alibaba's specials: an approved signature is edited in place, and reads may show the old."""

from __future__ import annotations

import pytest

from tests.contract.client import OLD, Client, at
from tests.engine.cases import ALIBABA

pytestmark = at(ALIBABA)


@pytest.mark.parametrize("shows", ["submitted", "earlier-material", "last-approved"])
def test_edit_of_an_approved_signature_is_reviewed_again(client: Client, shows: str) -> None:
    client.switch(reads_show=shows)
    handle = client.submitted()
    client.sandbox.approve("alibaba", OLD)
    before = client.review(handle)
    client.api.resubmit(handle, client.application(remark="again"))
    after = client.review(handle)
    assert before.vendor_status == "1"
    assert after.vendor_status == ("1" if shows == "last-approved" else "0")
    assert (after.reported.get("remark") == "again") is (shows == "submitted")
    assert (after.trace != before.trace) is (shows == "submitted")
