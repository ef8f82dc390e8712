"""The rows of `make bench`: what each measures, its bar, and whether it holds."""

from __future__ import annotations

import contextlib
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from pulumi_smssign.sandbox import Status
from tests.bench.sandbox import costs
from tests.bench.stage import VENDORS, Side, Stage, stage
from tests.images import png
from tests.sandbox.conftest import CALLERS

NO_CHANGE = ("--skip-preview", "--yes")
MIB = 1 << 20


@dataclass(frozen=True)
class Row:
    """One measured fact: `value` beside its `bar`; `holds` is None where a row has no bar."""

    name: str
    value: str
    bar: str
    holds: bool | None
    detail: str = ""

    def as_document(self) -> dict[str, object]:
        """The same for the JSON file."""
        return asdict(self)


@dataclass(frozen=True)
class Pairs:
    """Seconds of each side, taken in turn."""

    floor: list[float]
    shape: list[float]
    product: list[float]

    @property
    def ratio(self) -> float:
        """The product's time over the floor's: the median of the pairs."""
        return statistics.median(p / f for p, f in zip(self.product, self.floor, strict=True))

    @property
    def over_shape(self) -> float:
        """The same over the floor with a signature's shape; 0.0 where it was not taken."""
        if not self.shape:
            return 0.0
        return statistics.median(p / s for p, s in zip(self.product, self.shape, strict=True))

    def __str__(self) -> str:
        parts = [f"floor {_spread(self.floor)}"]
        if self.shape:
            parts.append(f"same shape {_spread(self.shape)}")
        parts.append(f"product {_spread(self.product)}")
        if self.shape:
            parts.append(f"{self.over_shape:.2f}x the same shape")
        return ", ".join(parts)


def _spread(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.2f} s ({min(seconds):.2f}-{max(seconds):.2f})"


def in_turn(run: Callable[[Side], float], pairs: int, sides: Sequence[Side]) -> Pairs:
    """Time each side in turn."""
    taken: dict[Side, list[float]] = {"floor": [], "shape": [], "product": []}
    for _ in range(pairs):
        for side in sides:
            taken[side].append(run(side))
    return Pairs(**taken)


def import_time(folder: Path, pairs: int) -> Iterator[Row]:
    """A program that names `Brand` and every vendor's `Signature`, over `import pulumi`."""
    del folder
    named = "; ".join(f"{vendor}.Signature" for vendor in VENDORS)
    program = f"from pulumi_smssign import Approval, Brand, {', '.join(VENDORS)}; {named}"
    taken: dict[str, list[float]] = {"import pulumi": [], program: []}
    for _ in range(max(pairs * 4, 8)):
        for script, seconds in taken.items():
            begun = time.perf_counter()
            subprocess.run((sys.executable, "-c", script), check=True)
            seconds.append(time.perf_counter() - begun)
    pairs_ = Pairs(taken["import pulumi"], [], taken[program])
    yield Row("import, over import pulumi", f"{pairs_.ratio:.2f}x", "1.10x", pairs_.ratio <= 1.10,
              str(pairs_))  # fmt: skip


@contextmanager
def _made(folder: Path, count: int, **how: object) -> Iterator[tuple[Stage, dict[Side, float]]]:
    """A stage whose signatures have been made, and the seconds that each side took for it."""
    with stage(folder, count, **how) as made:
        first = {side: made.run(side, "up", *NO_CHANGE).seconds for side in made.sides}
        yield made, first


def whole_account(folder: Path, pairs: int) -> Iterator[Row]:
    """200 signatures over all vendors: first up, nothing to do, state, memory, status."""
    with _made(folder, 200) as (made, first):
        actions, calls = made.actions(), made.calls()
        writes = sum(n for action, n in actions.items() if re.search(r" (Add|Create|add)", action))
        uploads = actions.get("huawei UploadSignatureFile", 0)
        ratio = first["product"] / first["floor"]
        counts = ", ".join(f"{name} {n}" for name, n in actions.items())
        bar = writes + uploads + len(VENDORS)
        yield Row("first up of 200, no limits", f"{ratio:.2f}x", "1.6x", ratio <= 1.6,
                  f"floor {first['floor']:.1f} s, same shape {first['shape']:.1f} s, product "
                  f"{first['product']:.1f} s")  # fmt: skip
        yield Row("calls of that", str(calls), f"{bar} (writes, uploads, a list each)",
                  calls <= bar, counts)  # fmt: skip
        made.forget()
        plugin: dict[Side, int] = {}
        for name, command in (("preview", ("preview",)), ("up", ("up", *NO_CHANGE))):

            def run(side: Side, command: tuple[str, ...] = command) -> float:
                taken = made.run(side, *command)
                plugin[side] = taken.plugin
                return taken.seconds

            timed = in_turn(run, pairs, made.sides)
            yield Row(f"{name} of 200, no change", f"{timed.ratio:.2f}x", "1.15x",
                      timed.ratio <= 1.15, str(timed))  # fmt: skip
        yield Row("calls of these", str(made.calls()), "0", made.calls() == 0)
        memory = plugin["product"] / plugin["floor"]
        yield Row("plugin's memory, 200 unchanged", f"{memory:.2f}x", "1.3x", memory <= 1.3,
                  f"floor {plugin['floor'] / MIB:.0f} MiB, product {plugin['product'] / MIB:.0f} "
                  "MiB")  # fmt: skip
        over = made.state("product") - made.state("floor")
        yield Row("state a signature, over the floor's", f"{over} B", "2048 B", over <= 2048,
                  f"floor {made.state('floor')} B, product {made.state('product')} B")  # fmt: skip
        yield from _status(made, pairs)
        yield from _edited(made)


def _status(made: Stage, pairs: int) -> Iterator[Row]:
    made.forget()
    taken: dict[str, list[float]] = {"export": [], "status": []}
    for _ in range(pairs):
        taken["export"].append(made.any("product", "pulumi", "stack", "export", "--stack", "dev"))
        asked = ("smssign", "status", "--stack", "dev")
        taken["status"].append(made.any("product", *asked, codes=(0, 3)))
    ratio = statistics.median(taken["status"]) / statistics.median(taken["export"])
    yield Row("smssign status of 200, over pulumi stack export", f"{ratio:.2f}x", "1.3x",
              ratio <= 1.3, f"export {_spread(taken['export'])}, status "
              f"{_spread(taken['status'])}; {made.calls() // pairs} calls each")  # fmt: skip


def _edited(made: Stage) -> Iterator[Row]:
    """A preview after 100 approved signatures were edited: how the live reviews are asked for."""
    for vendor in VENDORS:
        for signature in made.served.sandbox.signatures(vendor):
            if signature.status is Status.PENDING:
                made.served.sandbox.approve(vendor, signature.id)
    made.run("product", "refresh", *NO_CHANGE)
    made.edited = frozenset(range(100))
    made.declare()
    made.forget()
    made.run("product", "preview", succeeds=None)
    actions = made.actions()
    batched = sum(n for name, n in actions.items() if name.split()[0] in
                  ("tencent", "huawei", "yunpian"))  # fmt: skip
    yield Row("preview of 100 edited approved ones, calls", str(made.calls()),
              "lists; one each where none", batched <= 6,
              ", ".join(f"{name} {n}" for name, n in actions.items()))  # fmt: skip


def refreshes(folder: Path, pairs: int) -> Iterator[Row]:
    """`refresh` of 200 at each vendor."""
    pages = {"tencent": 2, "huawei": 1, "yunpian": 1, "alibaba": 4}
    for vendor in VENDORS:
        sides: tuple[Side, ...] = ("floor", "product")
        with _made(folder / vendor, 200, vendors=(vendor,), sides=sides) as (made, _):
            made.forget()
            timed = in_turn(lambda side: made.run(side, "refresh", *NO_CHANGE).seconds, pairs,
                            sides)  # fmt: skip
            calls = made.calls() / pairs
            most = pages.get(vendor)  # None for one without a list
            held = timed.ratio <= 1.5 and calls <= most if most else None
            yield Row(f"refresh of 200 at {vendor}", f"{timed.ratio:.2f}x, {calls:g} calls",
                      f"1.5x, {most} calls" if most else "all in flight",
                      held, str(timed))  # fmt: skip


def at_the_limit(folder: Path, pairs: int) -> Iterator[Row]:
    """30 at a limit of one a second: what share of the limit is used."""
    del pairs
    with _made(folder, 30, vendors=("tencent",), limits=True, sides=("product",)) as (made, _):
        sent = [call.at for call in made.served.sandbox.calls("tencent", "AddSmsSign")]
    share = 29 * 1.05 / (max(sent) - min(sent))
    yield Row("30 at 1/s, share of the limit", f"{share:.0%}", "95 %", share >= 0.95,
              f"{len(sent)} submissions in {max(sent) - min(sent):.1f} s")  # fmt: skip


def approval(folder: Path, pairs: int) -> Iterator[Row]:
    """An Approval over 200: calls a poll, and what waiting takes."""
    del pairs
    with _made(folder, 200, sides=("product",)) as (made, _):
        made.approval = {"timeout": "20s", "poll_interval": 5, "on_pending": "continue"}
        made.declare()
        made.forget()
        busy: list[tuple[float, float]] = []
        over = threading.Event()

        def look() -> None:
            while not over.wait(0.5):
                for pid in made.plugins("product"):
                    with contextlib.suppress(psutil.Error):
                        spent = psutil.Process(pid).cpu_times()
                        busy.append((time.monotonic(), spent.user + spent.system))

        watch = threading.Thread(target=look)
        watch.start()
        made.run("product", "up", *NO_CHANGE)
        over.set()
        watch.join()
        actions = made.actions()
    polls = actions.get("yunpian get", 1)
    per_poll = ", ".join(f"{name} {n / polls:g}" for name, n in actions.items())
    listed = (
        sum(
            n
            for name, n in actions.items()
            if name.split()[1] not in ("QueryUSMSSignature", "GetSmsSign")
        )
        / polls
    )
    yield Row("Approval over 200, calls a poll", f"{sum(actions.values()) / polls:g}",
              "a page each, 40 at UCloud", listed <= 6, per_poll)  # fmt: skip
    quiet = busy[len(busy) // 2 :]
    share = (quiet[-1][1] - quiet[0][1]) / max(quiet[-1][0] - quiet[0][0], 0.1)
    yield Row("waiting, of a core", f"{share:.1%}", "1 % without the polls", None,
              f"the second half of the wait, {polls} polls in all")  # fmt: skip


def proof_size(folder: Path, pairs: int) -> Iterator[Row]:
    """State with a proof of 10 kB and with one of 3 MB: UCloud takes no more than 4 MiB."""
    del pairs
    sizes = {}
    for padding in (10_000, 3_000_000):
        how = {"vendors": ("ucloud",), "sides": ("product",), "evidence": png(padding=padding)}
        with _made(folder / str(padding), 2, **how) as (made, _):
            sizes[padding] = made.state("product")
    spread = max(sizes.values()) - min(sizes.values())
    yield Row("state with a large proof", f"+{spread} B", "the same (16 B)", spread <= 16,
              f"10 kB {sizes[10_000]} B, 3 MB {sizes[3_000_000]} B")  # fmt: skip


def growth(folder: Path, pairs: int) -> Iterator[Row]:
    """`preview` without a change, 50, 500 and 2,000 signatures: milliseconds a signature."""
    del pairs
    slopes: dict[Side, list[str]] = {"floor": [], "product": []}
    ratios = []
    for count in (50, 500, 2000):
        sides: tuple[Side, ...] = ("floor", "product")
        with _made(folder / str(count), count, sides=sides) as (made, _):
            made.run("product", "up", *NO_CHANGE)
            timed = in_turn(lambda side: made.run(side, "preview").seconds, 1, sides)
            ratios.append(timed.ratio)
            for side in sides:
                seconds = getattr(timed, side)[0]
                slopes[side].append(f"{count}: {seconds:.1f} s")
    growths = "; ".join(f"{side} {', '.join(seconds)}" for side, seconds in slopes.items())
    yield Row("growth of preview, 50, 500, 2,000", " / ".join(f"{ratio:.2f}x" for ratio in ratios),
              "as the floor grows", ratios[2] <= ratios[1] * 1.25, growths)  # fmt: skip


def at_a_time(folder: Path, pairs: int) -> Iterator[Row]:
    """8 creates of 3 seconds each."""
    del pairs
    with stage(folder, 8, vendors=("tencent",), sides=("product",)) as made:
        made.served.sandbox.faults.add(
            vendor="tencent", action="AddSmsSign", kind="slow", seconds=3, times=8
        )
        made.run("product", "up", *NO_CHANGE)
        calls = made.served.sandbox.calls("tencent", "AddSmsSign")
        took = max(call.at for call in calls) - min(call.at for call in calls) + 3
    yield Row("8 creates of 3 s at a time", f"{took:.1f} s", "4.5 s", took <= 4.5,
              "from the first submission's arrival to the last answer")  # fmt: skip


def sandbox(folder: Path, pairs: int) -> Iterator[Row]:
    """A call to a sandbox with a state file that holds 10,000 applications of one account."""
    del pairs
    for vendor in CALLERS:
        for kind, cost in costs(vendor, folder, held=10_000, calls=300).items():
            holds = cost.processor <= 2 and statistics.median(cost.answers) <= 10
            yield Row(f"sandbox of 10,000, a {kind} at {vendor}", f"{cost.processor:.1f} ms",
                      "2 ms (500/s), answer in 10 ms", holds, str(cost))  # fmt: skip


ROWS: dict[str, Callable[[Path, int], Iterator[Row]]] = {
    "import": import_time,
    "all": whole_account,
    "refresh": refreshes,
    "limit": at_the_limit,
    "approval": approval,
    "proof": proof_size,
    "parallel": at_a_time,
    "growth": growth,
    "sandbox": sandbox,
}
