"""Rows about `refresh`, an `Approval`'s wait, and a proof's size in state."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.bench.measure import share_of_limit
from tests.bench.rows import NO_CHANGE, Row, Size, counted, in_turn, made, pages
from tests.bench.stage import Side, Stage
from tests.bench.unchanged import approve_all
from tests.images import png

MOST = 1.5
_BY_LIST = ("tencent", "huawei", "yunpian", "alibaba")
_SIDES: tuple[Side, ...] = ("floor", "product")


def by_lists(folder: Path, size: Size) -> Iterator[Row]:
    """`refresh` of signatures in review at each vendor that has a list: the list alone."""
    for vendor in _BY_LIST:
        with made(folder / vendor, size.count, vendors=(vendor,), sides=_SIDES) as (built, _):
            built.forget()
            turns = in_turn(lambda side: built.run(side, "refresh", *NO_CHANGE),
                            size.pairs, _SIDES)  # fmt: skip
            name = f"refresh of {size.count} at {vendor}"
            yield Row.of_ratio(name, turns.ratio("product", "floor"), MOST, str(turns))
            calls, most = built.calls() / size.pairs, pages(vendor, size.count)
            yield Row(f"calls of a refresh at {vendor}", f"{calls:g}", f"{most} (pages)",
                      calls <= most, counted(built.actions()))  # fmt: skip
            if vendor == "alibaba":
                yield from _filing(built, size)


def _filing(built: Stage, size: Size) -> Iterator[Row]:
    """The questions after the approvals, whose filing has moved, and once more after that."""
    approve_all(built)
    asked = []
    for _ in range(2):
        built.forget()
        built.run("product", "refresh", *NO_CHANGE)
        asked.append(built.actions().get("alibaba GetSmsSign", 0))
    yield Row("questions at alibaba after the approvals, and again", f"{asked[0]}, {asked[1]}",
              f"{size.count}, those whose filing may move", asked[0] <= size.count)  # fmt: skip


def one_by_one(folder: Path, size: Size) -> Iterator[Row]:
    """`refresh` at the vendor without a list, within its limit of ten questions a second."""
    count = min(100, size.count)
    how = {"vendors": ("ucloud",), "limits": True, "sides": ("product",)}
    with made(folder, count, **how) as (built, _):
        time.sleep(1.1)  # the first up's questions are of another second
        built.forget()
        cost = built.run("product", "refresh", *NO_CHANGE)
        asked = [call.at for call in built.served.sandbox.calls("ucloud", "QueryUSMSSignature")]
    share = share_of_limit(asked, 10, 1.05)
    yield Row(f"refresh of {count} at ucloud, share of the limit of 10/s", f"{share:.0%}", "95 %",
              share >= 0.95, f"{len(asked)} questions in {max(asked) - min(asked):.1f} s, "
              f"the command {cost.seconds:.1f} s")  # fmt: skip


def approval(folder: Path, size: Size) -> Iterator[Row]:
    """An Approval over all: calls a poll, and what waiting takes."""
    with made(folder, size.count, sides=("product",)) as (built, _):
        built.approval = {"timeout": "20s", "poll_interval": 5, "on_pending": "continue"}
        built.declare()
        built.forget()
        busy: list[tuple[float, float]] = []
        over = threading.Event()

        def look() -> None:
            while not over.wait(0.5):
                for pid in built.plugins("product"):
                    with contextlib.suppress(psutil.Error):
                        spent = psutil.Process(pid).cpu_times()
                        busy.append((time.monotonic(), spent.user + spent.system))

        watch = threading.Thread(target=look)
        watch.start()
        built.run("product", "up", *NO_CHANGE)
        over.set()
        watch.join()
        actions = built.actions()
    polls = actions.get("yunpian get", 1)
    apart = ("QueryUSMSSignature", "GetSmsSign")
    listed = sum(n for name, n in actions.items() if name.split()[1] not in apart) / polls
    yield Row(f"Approval over {size.count}, calls a poll", f"{sum(actions.values()) / polls:g}",
              "a page each, one each at ucloud", listed <= 6,
              ", ".join(f"{name} {n / polls:g}" for name, n in actions.items()))  # fmt: skip
    quiet = busy[len(busy) // 2 :]
    share = (quiet[-1][1] - quiet[0][1]) / max(quiet[-1][0] - quiet[0][0], 0.1)
    yield Row("waiting, of a core", f"{share:.1%}", "-", None,
              f"the second half of the wait, {polls} polls in all")  # fmt: skip


def proof_size(folder: Path, size: Size) -> Iterator[Row]:
    """State with a proof of 10 kB and with one of 3 MB: UCloud takes no more than 4 MiB."""
    del size
    sizes = {}
    for padding in (10_000, 3_000_000):
        how = {"vendors": ("ucloud",), "sides": ("product",), "evidence": png(padding=padding)}
        with made(folder / str(padding), 2, **how) as (built, _):
            sizes[padding] = built.state("product")
    over = max(sizes.values()) - min(sizes.values())
    yield Row("state with a large proof", f"+{over} B", "the same (16 B)", over <= 16,
              f"10 kB {sizes[10_000]} B, 3 MB {sizes[3_000_000]} B")  # fmt: skip
