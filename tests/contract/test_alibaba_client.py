"""Alibaba's specials: an approved signature is edited in place, and reads may show the old."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pulumi_smssign.core.outputs import outputs_of
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


def test_the_list_shows_an_open_signature_unmoved_until_it_moves(client: Client) -> None:
    handle = client.submitted()

    def is_unmoved(known: Mapping[str, object]) -> bool:
        (listed,) = [review for page in client.api.catalogue("") for review in page.items]
        return bool(client.api.is_unmoved(listed, known))

    pending = outputs_of(client.review(handle))
    assert is_unmoved(pending)
    client.sandbox.reject("alibaba", OLD, "证件不清晰")
    rejected = outputs_of(client.review(handle))
    assert not is_unmoved(pending)
    assert is_unmoved(rejected)
    client.api.resubmit(handle, client.application(remark="again"))
    assert not is_unmoved(rejected)
    assert not is_unmoved({**outputs_of(client.review(handle)), "order_id": ""})
