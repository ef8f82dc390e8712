"""Every vendor's decision table, cell by cell: each raw status by each kind of change and policy.

What is expected is written down here once more, by hand and from the vendors' pages, not derived
from the rules that are tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations, product

import pytest

from pulumi_smssign.core.registry import OURS, VENDORS, named
from pulumi_smssign.model.decide import Decision, Known, Replace, Resubmit, decide
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import DELETION_POLICIES, DeletionPolicy, Status
from tests.vendors import of_vendor
from tests.vendors.table import DecisionTable, raws_of

TABLES: dict[str, DecisionTable] = {vendor: of_vendor(vendor, "TABLE") for vendor in OURS}
UNHEARD_OF = "ARCHIVED"


def changes(vendor: str) -> Iterator[frozenset[str]]:
    """Every set of kinds, with the first plain field for all plain ones; then each field alone."""
    table = TABLES[vendor]
    plain = table.plain.split()
    kinds = [name for name in table.kinds if name not in plain[1:]]
    yield from (
        frozenset(names)
        for names in chain.from_iterable(combinations(kinds, n) for n in range(1, len(kinds) + 1))
    )
    yield from (frozenset({name}) for name in table.kinds)


def raw_statuses(vendor: str) -> list[str]:
    return [raw for raws in TABLES[vendor].statuses.values() for raw in sorted(raws_of(raws))]


def outcome(decision: Decision) -> str:
    if isinstance(decision, Replace):
        if not decision.delete_first:
            return "new first"
        return "delete first, loudly" if decision.loses else "delete first"
    if isinstance(decision, Resubmit):
        return "resubmit, loudly" if decision.loses else "resubmit"
    return type(decision).__name__.lower()


def review(vendor: str, raw: str) -> Review:
    return Review("730021", "极客科技", named(vendor).rules.status(raw), raw)


MORE = (
    Known(),
    Known(status=Status.PENDING, is_overtaken=True),
    Known(status=Status.REJECTED),
    Known(was_sent=True),
    Known(is_adopted=True),
)
CELLS = [(vendor, raw) for vendor in TABLES for raw in (*raw_statuses(vendor), UNHEARD_OF)]


@pytest.mark.parametrize("policy", DELETION_POLICIES)
@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_every_change_in_every_status(vendor: str, raw: str, policy: DeletionPolicy) -> None:
    rules = named(vendor).rules
    for changed in changes(vendor):
        decision = decide(rules, review(vendor, raw), changed, Known(policy=policy))
        assert outcome(decision) == TABLES[vendor].expected(raw, changed, policy), changed


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_with_retain_nothing_that_is_approved_is_lost_whatever_else_is_known(
    vendor: str, raw: str
) -> None:
    """Nor is it where it was taken over unasked: then it may be another stack's."""
    rules, current = named(vendor).rules, review(vendor, raw)
    for more, changed in product(MORE, changes(vendor)):
        for known in (more, replace(more, policy="delete", is_shared=True)):
            decision = decide(rules, current, changed, known)
            assert not getattr(decision, "loses", False), (changed, known)
            first = getattr(decision, "delete_first", False)
            assert not (first and rules.is_approved(current)), (changed, known)


@pytest.mark.parametrize("vendor", VENDORS)
def test_table_misses_no_field_and_no_status(vendor: str) -> None:
    table = TABLES[vendor]
    fields = named(vendor).application.model_fields.keys() | {"account"}
    assert {*table.kinds, *table.unreviewed.split()} == fields
    assert set(raw_statuses(vendor)) == named(vendor).rules.statuses.keys()


@pytest.mark.parametrize("vendor", VENDORS)
def test_raw_statuses_in_the_common_words(vendor: str) -> None:
    rules = named(vendor).rules
    for meaning, raws in TABLES[vendor].statuses.items():
        for raw in raws_of(raws):
            assert rules.status(raw) is Status(meaning), raw
    assert rules.status(UNHEARD_OF) is Status.UNKNOWN


@pytest.mark.parametrize("vendor", VENDORS)
def test_unreviewed_fields_are_no_reason_to_submit(vendor: str) -> None:
    assert named(vendor).rules.unreviewed == set(TABLES[vendor].unreviewed.split())


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_taking_over_another_one_never_touches_this_one_first(vendor: str, raw: str) -> None:
    rules, current = named(vendor).rules, review(vendor, raw)
    for changed in (frozenset[str](), frozenset({TABLES[vendor].plain.split()[0]})):
        decision = decide(rules, current, changed, Known(policy="delete", adopts="730099"))
        assert outcome(decision) == ("refuse" if raw == UNHEARD_OF else "new first")


@pytest.mark.parametrize("vendor", VENDORS)
def test_missing_signature_is_submitted_anew(vendor: str) -> None:
    for changed in changes(vendor):
        decision = decide(named(vendor).rules, None, changed, Known())
        assert outcome(decision) == "new first", changed


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_approved_is_whatever_would_cost_a_persons_approval(vendor: str, raw: str) -> None:
    """In use or not, passed and not effective yet, or in a status that nobody knows."""
    table, rules = TABLES[vendor], named(vendor).rules
    statuses = {name for name, raws in table.statuses.items() if raw in raws_of(raws)}
    is_open = bool(statuses & {"PENDING", "REJECTED"}) and raw not in raws_of(
        table.approved_not_effective
    )
    assert rules.is_approved(review(vendor, raw)) is not is_open
    assert rules.is_approved(replace(review(vendor, raw), remark="perhaps it is approved"))


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_the_vendor_deletes_what_its_page_says(vendor: str, raw: str) -> None:
    deletable = TABLES[vendor].deletable
    expected = deletable is not None and raw in raws_of(deletable)
    assert named(vendor).rules.may_delete(review(vendor, raw)) is expected


@pytest.mark.parametrize("is_on", [True, False, None])
def test_a_request_is_wanted_only_where_the_vendor_takes_it(is_on: bool | None) -> None:
    rules = named("huawei").rules
    for raw in raw_statuses("huawei"):
        wanted = frozenset({"activate"}) if is_on and raw == "TO_BE_ACTIVATED" else frozenset()
        assert rules.wanted({"activate": is_on}, raw) == wanted


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_signature_is_known_by_its_id_or_where_there_is_none_by_its_text(vendor: str) -> None:
    rules = named(vendor).rules
    by_text = vendor in ("alibaba", "yunpian")
    handle = Handle("730021", "极客科技", "a scope")
    ref = rules.ref("account-1", handle)
    assert (ref.vendor, ref.origin, ref.handle) == (vendor, "account-1", handle)
    assert ref.identity == ("极客科技" if by_text else "730021")
    assert rules.ref("account-1", Handle("极客科技")).identity == "极客科技"


@pytest.mark.parametrize(
    ("vendor", "handle", "identity"),
    [
        ("tencent", Handle("7", "极客"), "7"),
        ("alibaba", Handle("极客", "极客科技"), "极客科技"),
        ("alibaba", Handle("极客"), "极客"),
    ],
)
def test_a_signature_is_known_by_its_id_or_by_its_present_text(
    vendor: str, handle: Handle, identity: str
) -> None:
    ref = named(vendor).rules.ref("account-1f2e", handle)
    assert (ref.vendor, ref.origin, ref.identity, ref.handle) == (
        vendor,
        "account-1f2e",
        identity,
        handle,
    )


@pytest.mark.parametrize(
    ("inputs", "raw", "wanted"),
    [
        ({"a": True, "b": True}, "out", {"a"}),
        ({"a": True, "b": True}, "bad", {"a", "b"}),
        ({"a": 1, "b": "yes"}, "bad", set()),
        ({"a": False}, "bad", set()),
        ({}, "out", set()),
        ({"a": True}, "good", set()),
    ],
)
def test_requests_are_what_the_program_makes_and_the_vendor_takes_now(
    inputs: dict[str, object], raw: str, wanted: set[str]
) -> None:
    requests = {"a": frozenset({"out", "bad"}), "b": frozenset({"bad"})}
    assert replace(named("tencent").rules, requests=requests).wanted(inputs, raw) == wanted
