"""Rows about a first `up`: its calls, and what it makes of a vendor's limit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pulumi_smssign.core.account_cache import LASTS
from tests.bench import processes
from tests.bench.measure import Cost, Ratio, share_of_limit
from tests.bench.rows import NO_CHANGE, Row, Size, counted, made, pages
from tests.bench.stage import VENDORS, Side, Stage, stage

_PERIOD = 1.05
"""Seconds for which a client that keeps to one call a second waits: a twentieth more."""
_WRITES = re.compile(r" (Add|Create|add)")


def rows_of_first_up(built: Stage, first: Mapping[Side, Cost], size: Size) -> Iterator[Row]:
    """The time and the calls of a first `up` over all vendors."""
    actions = built.actions()
    product, floor = first["product"], first["floor"]
    ratio = Ratio(product.seconds / floor.seconds, product.cpu / max(floor.cpu, 0.01))
    yield Row(f"first up of {size.count}, no limits", str(ratio), "-", None,
              f"{ratio.cpu:.2f}x in CPU time; " + ", ".join(
                  f"{side} {cost.seconds:.1f} s [CPU {cost.cpu:.1f} s]"
                  for side, cost in first.items()))  # fmt: skip
    writes = sum(n for action, n in actions.items() if _WRITES.search(action))
    uploads = actions.get("huawei UploadSignatureFile", 0)
    # A list is at most ten seconds old, so a slow run takes another one.
    lists = 1 + int(product.seconds / LASTS)
    each = size.count // len(VENDORS)
    # UCloud has no list: each text is asked for before it is submitted.
    looks = sum(pages(vendor, each) * lists or each for vendor in VENDORS)
    most = writes + uploads + looks
    yield Row("calls of the first up", str(built.calls()),
              f"{most} (submissions, uploads, pages, UCloud's texts)",
              built.calls() <= most, counted(actions))  # fmt: skip


def at_the_limit(folder: Path, size: Size) -> Iterator[Row]:
    """30 at a limit of one a second: what share of the limit is used."""
    count = min(30, size.count)
    with made(folder, count, vendors=("tencent",), limits=True, sides=("product",)) as (built, _):
        sent = [call.at for call in built.served.sandbox.calls("tencent", "AddSmsSign")]
        refused = [call for call in built.served.sandbox.calls("tencent") if call.code]
    share = share_of_limit(sent, 1, _PERIOD)
    yield Row(f"first up of {count} at 1/s, share of the limit", f"{share:.0%}", "95 %",
              share >= 0.95, f"{len(sent)} submissions in {max(sent) - min(sent):.1f} s; "
              f"{len(refused)} calls refused")  # fmt: skip


def two_stacks(folder: Path, size: Size) -> Iterator[Row]:
    """Two stacks of one account on one machine, at the same time, at one submission a second."""
    count = min(12, size.count)
    home = folder / "home"
    with stage(folder / "one", count, vendors=("tencent",), limits=True, sides=("product",),
               home=home) as one:  # fmt: skip
        other = Stage(one.served, folder / "other", count, vendors=("tencent",), limits=True,
                      sides=("product",), home=home, first=count)  # fmt: skip
        runs = [each.start("product", "up", *NO_CHANGE) for each in (one, other)]
        printed = [run.communicate()[0] for run in runs]
        processes.reap()
        calls = one.served.sandbox.calls("tencent", "AddSmsSign")
    failed = [text for run, text in zip(runs, printed, strict=True) if run.returncode]
    refused = [call for call in calls if call.code]
    taken = [call.at for call in calls if not call.code]
    share = share_of_limit(taken, 1, _PERIOD) if len(taken) > 1 else 0.0
    holds = share >= 0.95 and not refused and not failed and len(taken) == 2 * count
    yield Row(f"two stacks of {count} in one account at 1/s, share of the limit", f"{share:.0%}",
              "95 %, none refused", holds, f"{len(taken)} submissions taken, {len(refused)} "
              f"refused by the limit, {len(failed)} of 2 runs failed")  # fmt: skip


def at_a_time(folder: Path, size: Size) -> Iterator[Row]:
    """8 creates of 3 seconds each."""
    del size
    with stage(folder, 8, vendors=("tencent",), sides=("product",)) as built:
        built.served.sandbox.faults.add(
            vendor="tencent", action="AddSmsSign", kind="slow", seconds=3, times=8
        )
        built.run("product", "up", *NO_CHANGE)
        calls = built.served.sandbox.calls("tencent", "AddSmsSign")
        took = max(call.at for call in calls) - min(call.at for call in calls) + 3
    yield Row("8 creates of 3 s at a time", f"{took:.1f} s", "4.5 s", took <= 4.5,
              "from the first submission's arrival to the last answer")  # fmt: skip
