"""Rows about signatures that nothing has changed: preview, up, memory, state, status."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from pulumi_smssign.sandbox import Status
from tests.bench.first_up import rows_of_first_up
from tests.bench.measure import Cost, spread
from tests.bench.rows import MIB, NO_CHANGE, Row, Size, counted, in_turn, made, pages
from tests.bench.stage import VENDORS, Side, Stage

SIDES: tuple[Side, ...] = ("bare", "floor", "shape", "product")
BARE, SHAPE = 1.35, 1.10


def one_vendor(folder: Path, size: Size) -> Iterator[Row]:
    """`preview` and `up` without a change of signatures at one vendor."""
    sides: tuple[Side, ...] = ("bare", "shape", "product")
    with made(folder, size.count, vendors=("huawei",), sides=sides) as (built, _):
        yield from _no_change(built, size, f"{size.count} at huawei")


def all_vendors(folder: Path, size: Size) -> Iterator[Row]:
    """Signatures over all vendors: first up, nothing to do, memory, state, status, edits."""
    with made(folder, size.count, sides=SIDES) as (built, first):
        yield from rows_of_first_up(built, first, size)
        yield from _no_change(built, size, f"{size.count} over all vendors")
        yield from _memory(built)
        over = built.state("product") - built.state("floor")
        yield Row(
            "state of a signature, over the floor's",
            f"{over} B",
            "1500 B",
            over <= 1500,
            f"floor {built.state('floor')} B, product {built.state('product')} B",
        )
        yield from _status(built, size)
        yield from _edited(built, size)


def _no_change(built: Stage, size: Size, which: str) -> Iterator[Row]:
    built.forget()
    timed: tuple[Side, ...] = ("bare", "shape", "product")
    for name, command in (("preview", ("preview",)), ("up", ("up", *NO_CHANGE))):

        def run(side: Side, command: tuple[str, ...] = command) -> Cost:
            return built.run(side, *command)

        turns = in_turn(run, size.pairs, timed)
        for floor, most, words in (
            ("shape", SHAPE, "the same shape"),
            ("bare", BARE, "a bare one"),
        ):
            yield Row.of_ratio(f"{name}, no change, {which}, over {words}",
                               turns.ratio("product", floor), most, str(turns))  # fmt: skip
    yield Row(f"calls of preview and up, {which}", str(built.calls()), "0", built.calls() == 0)


def _memory(built: Stage) -> Iterator[Row]:
    largest: dict[Side, int] = {}
    for side in ("floor", "product"):
        largest[side] = built.watched(side, "up", *NO_CHANGE).plugin
    ratio = largest["product"] / max(largest["floor"], 1)
    yield Row(f"plugin's memory, {built.count} unchanged", f"{ratio:.2f}x", "1.20x", ratio <= 1.2,
              f"floor {largest['floor'] / MIB:.0f} MiB, product {largest['product'] / MIB:.0f} "
              "MiB")  # fmt: skip


def _status(built: Stage, size: Size) -> Iterator[Row]:
    export = ("pulumi", "stack", "export", "--stack", "dev")
    status = ("smssign", "status", "--stack", "dev")
    asking: list[float] = []

    def run(side: Side) -> Cost:
        if side == "floor":
            return built.any("product", *export)
        built.forget()
        cost = built.any("product", *status, codes=(0, 3))
        asking.append(built.asked_for())
        return cost

    turns = in_turn(run, size.pairs, ("floor", "product"))
    each, calls = size.count // len(VENDORS), built.calls()
    apart = sum(each for vendor in VENDORS if not pages(vendor, each))
    took = [cost.seconds for cost in turns.costs["product"]]
    exports = [cost.seconds for cost in turns.costs["floor"]]
    ratio = statistics.median(
        (own - asked) / floor for own, asked, floor in zip(took, asking, exports, strict=True)
    )
    yield Row(f"smssign status of {size.count}, over pulumi stack export, without its calls",
              f"{ratio:.2f}x", "2.50x", ratio <= 2.5,
              f"{spread(asking)} from the first call to the last, with them "
              f"{turns.ratio('product', 'floor')}; {turns}")  # fmt: skip
    most = sum(pages(vendor, each) for vendor in VENDORS) + apart
    yield Row("calls of smssign status", f"{calls:g}", f"{most} (pages; one each without a list)",
              calls <= most, counted(built.actions()))  # fmt: skip
    firsts = [built.first_words("product", *status) for _ in range(size.pairs)]
    words, tables = zip(*firsts, strict=True)
    word = statistics.median(words)
    yield Row("first line of smssign status, what it waits for", f"{word:.2f} s", "0.50 s",
              word <= 0.5, spread(words))  # fmt: skip
    own = statistics.median(tables) - turns.median("floor").seconds
    yield Row("the table of smssign status, without the export", f"{own:.2f} s", "-", None,
              f"after {spread(tables)}, export {turns.median('floor').seconds:.2f} s, and "
              f"{calls:g} calls")  # fmt: skip


def _edited(built: Stage, size: Size) -> Iterator[Row]:
    """A preview after half of the signatures, approved, were edited: how the reviews are asked."""
    approve_all(built)
    built.run("product", "refresh", *NO_CHANGE)
    built.edited = frozenset(range(size.count // 2))
    built.declare()
    built.forget()
    built.run("product", "preview", succeeds=None)
    batched = sum(n for name, n in built.actions().items() if name.split()[0] in
                  ("tencent", "huawei", "yunpian"))  # fmt: skip
    yield Row(f"preview of {size.count // 2} edited approved ones, calls", str(built.calls()),
              "lists; one each where none", batched <= 6, counted(built.actions()))  # fmt: skip


def approve_all(built: Stage) -> None:
    """The reviewers approve every open application."""
    for vendor in built.vendors:
        for signature in built.served.sandbox.signatures(vendor):
            if signature.status is Status.PENDING:
                built.served.sandbox.approve(vendor, signature.id)
