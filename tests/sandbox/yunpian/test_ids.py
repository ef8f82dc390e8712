"""The desk's ids for signatures that have none at the vendor: their present texts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from pulumi_smssign.sandbox import Sandbox, UnknownSignatureError, running
from tests.sandbox.yunpian.caller import Yunpian


def ids(sandbox: Sandbox) -> list[str]:
    return [signature.id for signature in sandbox.signatures("yunpian")]


def test_the_id_is_the_text_with_another_account_before_it(
    yunpian: Yunpian, marketing: Yunpian, sandbox: Sandbox
) -> None:
    yunpian.add()
    marketing.add()

    assert ids(sandbox) == ["极客科技", "marketing【极客科技】"]
    assert [each.text for each in sandbox.signatures()] == ["极客科技", "极客科技"]


def test_a_rename_changes_the_id_and_keeps_the_history(yunpian: Yunpian, sandbox: Sandbox) -> None:
    yunpian.add()
    yunpian.add(sign="别的")
    yunpian.update(sign="极客网络")
    renamed = sandbox.signature("yunpian", "极客网络")

    assert ids(sandbox) == ["极客网络", "别的"]
    assert (renamed.text, renamed.submissions) == ("极客网络", 2)
    assert [event.what for event in renamed.history] == ["submitted", "resubmitted"]
    with pytest.raises(UnknownSignatureError):
        sandbox.signature("yunpian", "极客科技")


def test_a_text_that_a_rename_left_is_free_again(yunpian: Yunpian, sandbox: Sandbox) -> None:
    yunpian.add()
    yunpian.update(sign="极客网络")
    yunpian.add()

    assert ids(sandbox) == ["极客网络", "极客科技"]


def test_a_text_changed_at_the_desk_changes_the_id(
    yunpian: Yunpian, marketing: Yunpian, sandbox: Sandbox
) -> None:
    yunpian.add()
    marketing.add()
    sandbox.change("yunpian", "极客科技", text="极客网络")
    sandbox.change("yunpian", "marketing【极客科技】", text="极客网络", fields={"website": "x"})

    assert ids(sandbox) == ["极客网络", "marketing【极客网络】"]
    assert yunpian.texts() == ["【极客网络】"]
    assert sandbox.signatures()[1].fields["website"] == "x"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("别的", "has a yunpian signature with the id '别的' already"),
        ("【x】", "no 【】"),
        ("", "empty"),
    ],
)
def test_a_text_that_can_not_be_is_refused_at_the_desk(
    yunpian: Yunpian, sandbox: Sandbox, text: str, words: str
) -> None:
    yunpian.add()
    yunpian.add(sign="别的")

    with pytest.raises(ValueError, match=words):
        sandbox.change("yunpian", "极客科技", text=text)
    assert ids(sandbox) == ["极客科技", "别的"]


@pytest.mark.parametrize("text", ["极客科技", "IT/通信", "a?b#c%d", "x/approve"])
def test_any_text_works_in_a_path_of_the_control(
    yunpian: Yunpian, sandbox: Sandbox, http: httpx.Client, text: str
) -> None:
    yunpian.add(sign=text)
    path = f"/_desk/signatures/yunpian/{quote(text, safe='')}"
    shown = http.get(path).json()
    approved = http.post(f"{path}/approve").json()
    rejected = http.post(f"{path}/reject", json={"reason": "no"}).json()
    set_ = http.post(f"{path}/status", json={"vendor_status": "SUCCESS (disabled)"}).json()
    changed = http.patch(path, json={"fields": {"website": "x"}}).json()

    assert [each["vendor_status"] for each in (shown, approved, rejected, set_)] == [
        "CHECKING",
        "SUCCESS",
        "FAIL",
        "SUCCESS (disabled)",
    ]
    assert (changed["id"], changed["fields"]["website"]) == (text, "x")
    assert http.delete(path).json() == {"removed": {"vendor": "yunpian", "id": text}}
    assert ids(sandbox) == []


def test_what_was_removed_at_the_desk_can_be_added_again(
    yunpian: Yunpian, sandbox: Sandbox
) -> None:
    yunpian.add()
    sandbox.remove("yunpian", "极客科技")

    assert yunpian.texts() == []
    assert yunpian.add()


def test_a_restart_keeps_ids_states_and_extensions(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    items = []
    for start in range(2):
        with (
            running(Sandbox(state=state)) as served,
            httpx.Client(base_url=served.url, trust_env=False) as client,
        ):
            yunpian = Yunpian(client)
            if not start:
                yunpian.add()
                yunpian.update(sign="极客网络")
                served.sandbox.set_status("yunpian", "极客网络", "SUCCESS (disabled)")
            items.append(yunpian.item("极客网络"))

    assert items[0] == items[1]
