"""Huawei's own signatures: sites, activation, ids of files, channels, lists, times."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import png
from tests.sandbox.caller import TEXT
from tests.sandbox.huawei.caller import FILE, SIGNATURES, Huawei

COMPLETED, TO_BE_ACTIVATED = "REVIEW_PROCESSING_COMPLETED", "TO_BE_ACTIVATED"


@pytest.mark.parametrize(
    ("contract", "statuses"),
    [("cn", ["REAL_NAME_REGISTRATING", COMPLETED]), ("intl", ["PROCESSING", "REVIEW_PASSED"])],
)
def test_an_approval_may_take_effect_later(
    huawei: Huawei, sandbox: Sandbox, clock: ManualClock, contract: str, statuses: list[str]
) -> None:
    sandbox.switches.set({"huawei.contract": contract, "huawei.approval_delay": 5})
    signature_id = huawei.approved()
    before = huawei.show(signature_id)
    refused = huawei.send("DELETE", f"{SIGNATURES}/{signature_id}").json()
    clock.advance(5)
    after = huawei.show(signature_id)

    assert [before["status"], after["status"]] == statuses
    assert [bool(each["channel_num"]) for each in (before, after)] == [False, True]
    assert after["channel_num"] == huawei.show(signature_id)["channel_num"]
    assert refused["error_detail"] == f"status={statuses[0]}"


def test_an_item_names_what_was_sent_and_whose_it_is(huawei: Huawei, sandbox: Sandbox) -> None:
    changes: Document = {"is_involved_third": "Yes", "power_attorney_fileid": FILE, "file_id": FILE}
    fields = huawei.application(**changes)
    item = huawei.show(huawei.apply(fields)[1])

    shown_as = {"power_attorney_fileid": "power_attorney_file_id", "app_id": "app_name"}
    assert {name: item[shown_as.get(name, name)] for name in fields} == {
        **fields,
        "app_id": "sandbox",
    }
    assert item["qualification_name"] == "Sandbox Ltd_q-417"
    assert set(sandbox.signatures("huawei")[0].evidence) == {"power_attorney_fileid", "file_id"}
    foreign = huawei.of("marketing").upload(png()).json()["file_id"]
    assert huawei.refused(file_id=foreign) == "MSGSMS.0011"


def test_a_signature_is_shown_with_all_that_is_known(huawei: Huawei, clock: ManualClock) -> None:
    clock.advance(1_800_000_000 - clock.now())
    signature_id = huawei.submit()
    clock.advance(60)
    huawei.sandbox.reject("huawei", signature_id, "blurred")
    item, (listed,) = huawei.show(signature_id), huawei.items()
    customer = item["customer_id"]
    tenant = {"customer_name": "default", "enterprise_name": "Sandbox Ltd"}
    made_up = ("signature_id", "app_key")

    assert listed == {**item, "site": "cn"}
    assert re.fullmatch("[0-9a-f]{32}", str(customer))
    assert re.fullmatch("[0-9a-f]{28}", str(item["app_key"]))
    assert {name: item[name] for name in item if name not in made_up} == {
        **{name: value for name, value in huawei.usual.items() if name != "app_id"},
        "id": signature_id,
        "app_name": "sandbox",
        "status": "REVIEW_NOT_PASS",
        "file_id": "",
        "channel_num": "",
        "urge_status": "NO",
        "review_desc": "blurred",
        "signature_usage": "COMMERCIAL",
        "qualification_name": "Sandbox Ltd_q-417",
        "create_time": "2027-01-15 08:00:00",
        "update_time": "2027-01-15 08:01:00",
        "customer_id": customer,
        "tenant": {"customer_id": customer, **tenant},
    }


@pytest.mark.parametrize(
    ("text", "policy", "statuses"),
    [
        (TEXT, "manual", ["PENDING_ACTIVATE", "PENDING_ACTIVATE"]),
        (TEXT, "immediate", [COMPLETED, COMPLETED]),
        (TEXT, "after:60", ["PENDING_ACTIVATE", COMPLETED]),
        ("待审科技", "immediate", ["PENDING_ACTIVATE", "PENDING_ACTIVATE"]),
    ],
)
def test_an_activation_is_decided_as_the_policy_says(
    huawei: Huawei, sandbox: Sandbox, text: str, policy: str, statuses: list[str]
) -> None:
    signature_id = huawei.submit(signature_name=text)
    early = huawei.code("PUT", f"{SIGNATURES}/{signature_id}/active")
    sandbox.set_status("huawei", signature_id, TO_BE_ACTIVATED)
    sandbox.review_policy = policy
    answer = huawei.send("PUT", f"{SIGNATURES}/{signature_id}/active")
    seen = [huawei.show(signature_id)["status"]]
    huawei.clock.advance(60)
    seen.append(huawei.show(signature_id)["status"])

    signature = sandbox.signature("huawei", signature_id)
    assert (early, answer.status_code, answer.content) == ("MSGSMS.0130", 200, b"")
    assert (seen, signature.submissions) == (statuses, 1)
    assert "activation requested" in [event.what for event in signature.history]


def test_a_deletion_may_be_answered_with_200(huawei: Huawei, sandbox: Sandbox) -> None:
    sandbox.switches.set({"huawei.deleted_status": "200"})

    assert huawei.send("DELETE", f"{SIGNATURES}/{huawei.rejected()}").status_code == 200


@pytest.mark.parametrize("signature_id", ["x", "x" * 64, "x" * 65])
def test_an_id_has_64_characters_at_most(huawei: Huawei, signature_id: str) -> None:
    code = "MSGSMS.0005" if len(signature_id) <= 64 else "MSGSMS.0012"

    assert huawei.code("GET", f"{SIGNATURES}/{signature_id}") == code


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("app_id", 64),
        ("signature_name", 32),
        ("signature_type", 64),
        ("apply_desc", 100),
        ("file_id", 64),
        ("power_attorney_fileid", 128),
        ("source_title_content", 512),
        ("qualification_id", 64),
        ("signature_related_file_id", 64),
        ("registration_number", 64),
        ("license_number", 64),
    ],
)
def test_text_of_an_application_has_the_pages_length_at_most(
    huawei: Huawei, name: str, most: int
) -> None:
    """What is as long as it may be is taken, or refused for something else.

    Of `is_involved_third` two words are taken, so its length shows nowhere.
    """
    longest, longer = (
        huawei.send("POST", SIGNATURES, huawei.application(**{name: "x" * length})).json()
        for length in (most, most + 1)
    )
    refusal = {"error_code": "MSGSMS.0002", "error_detail": name}
    assert refusal.items() <= longer.items()
    assert not refusal.items() <= longest.items()


@pytest.mark.parametrize(
    ("name", "least"),
    [
        *((name, 1) for name in ("app_id", "signature_name", "signature_type", "file_id")),
        *((name, 1) for name in ("power_attorney_fileid", "signature_related_file_id")),
        *((name, 0) for name in ("apply_desc", "source_title_content", "qualification_id")),
        *((name, 0) for name in ("registration_number", "license_number")),
    ],
)
def test_text_of_an_application_has_the_pages_length_at_least(
    huawei: Huawei, name: str, least: int
) -> None:
    shortest, empty = (
        huawei.send("POST", SIGNATURES, huawei.application(**{name: text})).json()
        for text in ("x" * least, "")
    )
    refusal = {"error_code": "MSGSMS.0002", "error_detail": name}
    assert not refusal.items() <= shortest.items()
    assert (refusal.items() <= empty.items()) is (least == 1)


# Lists


def test_a_list_has_filters_orders_and_pages(huawei: Huawei, sandbox: Sandbox) -> None:
    names = [f"{TEXT}{number}" for number in range(11)]
    for name in names:
        huawei.submit(signature_name=name)
    signature = sandbox.signatures("huawei")[3]
    sandbox.approve("huawei", signature.id)

    assert huawei.lists() == names[:0:-1]
    assert huawei.lists("limit=500&site=cn") == names[::-1]
    assert huawei.lists("sort_dir=asc&sort_key=create_time&limit=2&offset=1") == names[1:3]
    assert huawei.lists(f"signature_name={TEXT}1") == [names[10], names[1]]
    assert huawei.lists(f"signature_id={signature.fields['signature_id']}") == [names[3]]
    assert huawei.lists(f"status={COMPLETED}&signature_type=NOTIFY_TYPE") == [names[3]]
    assert huawei.lists("signature_type=VERIFY_CODE_TYPE") == huawei.lists("app_name=none") == []


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=501", "limit=-1", "limit=many", "offset=-1"),
        *("start_time=yesterday", "sort_key=signature_name", "sort_dir=up"),
    ],
)
def test_a_list_that_can_not_be_is_refused(huawei: Huawei, query: str) -> None:
    assert huawei.code("GET", f"{SIGNATURES}?{query}") == "MSGSMS.0002"


@pytest.fixture(params=["UTC", "Asia/Shanghai"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's time zone, which changes nothing."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_times_are_told_and_read_in_utc(huawei: Huawei, clock: ManualClock) -> None:
    times: list[JsonValue] = []
    for text in (TEXT, "极客科技二"):
        times.append(huawei.show(huawei.submit(signature_name=text))["create_time"])
        clock.advance(10)
    at = dt.datetime.fromtimestamp(clock.now() - 20, dt.UTC)
    first, second = (str(each).replace(" ", "%20") for each in times)

    assert times[0] == f"{at:%Y-%m-%d %H:%M:%S}"
    assert huawei.lists(f"start_time={second}") == ["极客科技二"]
    assert huawei.lists(f"end_time={first}") == []
    assert huawei.lists(f"end_time={second}") == [TEXT]
