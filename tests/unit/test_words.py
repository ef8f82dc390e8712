"""What users read, as a whole: every decision's words and every error of writing and waiting.

`words.txt` is read by people when it changes. To write it anew after a change that is meant:
`python -m tests.unit.test_words`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from pulumi_smssign.core import submission
from pulumi_smssign.model.errors import OutcomeUnknownError, RefusedError, SmsSignError
from pulumi_smssign.model.decide import Known, decide
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.core.resubmission import resubmit_once
from pulumi_smssign.core.waiting import Patience, Target, Verdict, wait
from tests.unit.desk import RULES, FakeApi, Form

GOLDEN = Path(__file__).with_name("words.txt")

LAW = replace(
    RULES,
    statuses={**RULES.statuses, "out": Status.SUSPENDED, "held": Status.PENDING},
    fixed=frozenset({"kind", "essay"}),
    unique=frozenset({"name"}),
    words=frozenset({"remark", "essay"}),
    attached=frozenset({"paper", "stamp"}),
    passed=frozenset({"held"}),
    requests={"activate": frozenset({"out"})},
    lost_with_it="its number",
    inferred=frozenset({"unique", "deletable"}),
    twins="A twin may be of the other kind.",
)
LAWS: dict[str, Rules] = {
    "deletes": LAW,
    "can't delete": replace(LAW, deletable=None, inferred=frozenset({"deletable"})),
    "edits approved ones": replace(
        LAW, editable=frozenset({"good"}), modifiable=frozenset({"bad"})
    ),
    "deletes after the verdict": replace(
        LAW,
        deletable=frozenset({"good", "bad"}),
        modifiable=frozenset(),
        inferred=frozenset({"deletable"}),
    ),
}
KNOWN: dict[str, Known] = {
    "": Known(),
    "was rejected": Known(status=Status.REJECTED),
    "was pending, overtaken": Known(status=Status.PENDING, is_overtaken=True),
    "was rejected, marked": Known(status=Status.REJECTED, is_marked=True),
    "marked": Known(is_marked=True),
    "marked, overtaken": Known(is_marked=True, is_overtaken=True),
    "consents": Known(consents=True),
    "adopts": Known(adopts="9"),
    "passes on": Known(passes_on=True),
    "adopted, was rejected": Known(status=Status.REJECTED, is_adopted=True),
    "adopted": Known(is_adopted=True),
}
CHANGES = (
    "form", "form size", "name", "kind", "remark", "essay", "paper", "paper stamp", "activate",
    "account", "form name remark",
)  # fmt: skip
REVIEWS = ("wait", "good", "bad", "out", "held", "odd", "")


def decisions() -> Iterator[str]:
    """Each text once, with a number; then a line of numbers, one for each change, for each cell."""
    texts: dict[str, int] = {}
    rows = []
    for (law, rules), (what, known), raw in product(LAWS.items(), KNOWN.items(), REVIEWS):
        cells = []
        for change in CHANGES:
            told = {"paper": "P-1", "stamp": 7}
            reported = {name: told[name] for name in change.split() if name in told}
            reported = reported if raw == "good" else {}
            review = Review("1", "极客", rules.status(raw), raw, reported=reported) if raw else None
            decision = decide(rules, review, frozenset(change.split()), known)
            said = "".join(f"\n    {name}: {one}" for name, one in vars(decision).items() if one)
            cells.append(texts.setdefault(f"{type(decision).__name__}{said}", len(texts) + 1))
        rows.append(f"{law}; {what or 'nothing known'}; {raw or 'gone'}: {cells}")
    yield from (f"{number}. {text}" for text, number in texts.items())
    yield f"changes: {', '.join(CHANGES)}"
    yield from rows


def said_by(call: Callable[[], object]) -> str:
    try:
        call()
    except SmsSignError as error:
        return f"{type(error).__name__} of {error.vendor!r}: {error}".replace("\n", "\n    ")
    raise AssertionError("nothing was said")


def interrupted() -> None:
    cancelled = threading.Event()
    cancelled.set()
    target = Target("brand", "example", "default", Handle("1", "极客"))
    row = Rows()
    wait(lambda *_: held("wait"), [target], Patience(60, 1), row, cancelled=cancelled)


class Rows:
    """A row that nobody reads."""

    def info(self, text: str) -> None:
        pass

    def progress(self, text: str) -> None:
        pass


def held(raw: str, **lost: bool) -> FakeApi:
    review = Review("1", "极客", RULES.status(raw), raw, reported={"name": "极客", "kind": 1})
    return FakeApi({"1": review}, lost=dict(lost))


def errors() -> Iterator[str]:
    handle, form = Handle("1", "极客", "there"), Form(name="极客")
    refused = RefusedError("no", code="7", words="their words", request_id="r-1", action="Change")
    lost = OutcomeUnknownError("lost", code="8", words="theirs", request_id="r-2", action="Add")

    def submit(api: FakeApi) -> None:
        submission.submit_once(LAW, api, form, sleep=lambda _: None)

    def resubmit(api: FakeApi, text: str = "极客", rules: Rules = LAW) -> None:
        before = next(iter(api.held.values()))
        wanted = Form(name=text)
        resubmit_once(rules, api, handle, wanted, before, sleep=lambda _: None)

    yield said_by(lambda: submit(held("good")))
    two = held("good")
    two.held["2"] = replace(two.held["1"], id="2")
    yield said_by(lambda: submit(two))
    yield said_by(lambda: submit(FakeApi(refusal=lost)))
    yield said_by(interrupted)
    yield said_by(lambda: submission.adopt(LAW, FakeApi(), handle, form.model_dump()))
    inputs = {"name": "另一个", "kind": 2}
    one = held("good").held["1"]
    yield said_by(lambda: submission.must_be_as_declared(LAW, one, inputs))
    yield said_by(lambda: resubmit(held("wait", resubmit=False)))
    moved = held("good")
    moved.refusal = refused
    yield said_by(lambda: resubmit(moved))
    taken = held("wait")
    taken.held["2"] = Review("2", "新名", Status.APPROVED, "good")
    yield said_by(lambda: resubmit(taken, "新名", replace(LAW, identity="text")))
    yield repr(submission.first_review(LAW, FakeApi().details, handle))
    yield repr(submission.first_review(LAW, held("good").details, handle))
    named = Review("极客", "极客", Status.APPROVED, "good")
    yield repr(decide(LAW, named, frozenset({"form"})))


def verdicts() -> Iterator[str]:
    target = Target("brand", "example", "default", Handle("1", "极客"))
    for review in (
        *(Review("1", "极客", LAW.status(raw), raw) for raw in REVIEWS if raw),
        Review("1", "新名", Status.REJECTED, "bad", reason="unreadable"),
        None,
    ):
        for is_too_new in (False, True):
            verdict = Verdict(target, review, is_too_new)
            yield f"{verdict} {verdict.report()}"


def everything() -> str:
    return "\n".join((*decisions(), *errors(), *verdicts())) + "\n"


def test_every_word_is_the_one_that_people_have_read() -> None:
    assert everything() == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.write_text(everything(), encoding="utf-8")
