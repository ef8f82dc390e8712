"""Messages of the hooks: each whole, with every fact that it is given."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pulumi_smssign.core import messages
from pulumi_smssign.core.predecessors import Predecessor
from pulumi_smssign.core.state import State
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    InputError,
    NotFoundError,
    ReviewMovedError,
    SmsSignError,
)
from pulumi_smssign.model.findings import Problem
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand"
SANDBOX, ACCOUNT = "sandbox-marketing", "account-1f2e"
REVIEW = Review("7", "极客", Status.APPROVED, "0")
OLD = Predecessor("6", "云杉", "")
STATE = State("7", "极客", "", "default", {}, origin=SANDBOX)
MOVED = "run `pulumi up` again: it tells what the change means now."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (lambda: messages.where(SANDBOX), "in the sandbox (marketing)"),
        (lambda: messages.where(ACCOUNT), "in account 1f2e"),
        (lambda: messages.where("sandbox-a-b"), "in the sandbox (a-b)"),
        (
            messages.goes_on,
            (
                "run `pulumi up` again: what was accepted before is in state, and it goes on from "
                "there."
            ),
        ),
        (
            messages.old_keys,
            (
                "A refresh and a destroy use the configuration, keys too, as of the last `pulumi "
                "up`. Where it has changed since: run `pulumi up` first, or add --run-program."
            ),
        ),
        (lambda: messages.of_property(Problem("remark", "is too long")), "remark: is too long"),
        (
            lambda: messages.unchecked("极客", "tencent has no look-up by text"),
            (
                "'极客' was submitted unchecked: the account could not be asked whether it has "
                "such a signature already.\ntencent has no look-up by text"
            ),
        ),
        (
            lambda: messages.takes_over(REVIEW, {"kind": "1", "place": "'here'"}),
            (
                "takes over 【极客】 (7), which is APPROVED: nothing is submitted.\n"
                "kind is 1 there, and the program says otherwise.\n"
                "place is 'here' there, and the program says otherwise."
            ),
        ),
        (
            lambda: messages.taken_over(REVIEW, ["kind", "place"]),
            (
                "7, which the account had already, is taken over; it differs from the program in "
                "kind, place"
            ),
        ),
        (
            lambda: messages.taken_over(REVIEW, []),
            "7, which the account had already, is taken over",
        ),
        (
            lambda: messages.taken_over_unasked(REVIEW),
            (
                "【极客】 (7) is APPROVED and is taken over: the account had it as declared, and "
                "nothing is submitted."
            ),
        ),
        (
            lambda: messages.recovered("7", ["place", "kind"]),
            (
                "7 was submitted by an earlier run of this resource; it is taken over.\n"
                "It has other kind, place: run `pulumi up` again."
            ),
        ),
        (
            lambda: messages.recovered("7", []),
            "7 was submitted by an earlier run of this resource; it is taken over.",
        ),
        (
            lambda: messages.taken_back(OLD),
            (
                "【云杉】 (6) is still there and is kept: the change is taken back, and its "
                "unfinished successor withdrawn."
            ),
        ),
        (
            lambda: messages.has_it("tencent", ["place", "kind"]),
            "tencent has it as the program says (kind, place): only recorded, nothing is sent.",
        ),
        (
            lambda: messages.not_deleted(OLD, "no answer"),
            "【云杉】 (6) is not deleted yet: no answer",
        ),
        (
            lambda: messages.deleted(OLD, "it is REJECTED"),
            "【云杉】 (6) is deleted: it is REJECTED.",
        ),
        (
            lambda: messages.will_be_deleted(OLD, "it is REJECTED"),
            "【云杉】 (6) will be deleted: it is REJECTED.",
        ),
        (
            lambda: messages.stays(OLD, "its deletion_policy says so"),
            "【云杉】 (6) stays in the account: its deletion_policy says so.",
        ),
        (
            lambda: messages.stays_while("tencent", OLD, REVIEW, "It goes later."),
            (
                "【云杉】 (6) stays in the account: tencent does not delete it while it is "
                "APPROVED. It goes later."
            ),
        ),
        (lambda: messages.managed_by(URN), "`brand` manages it now"),
        (
            lambda: messages.made_there(ACCOUNT, SANDBOX),
            "it was made in account 1f2e, and this run asks in the sandbox (marketing)",
        ),
        (
            lambda: messages.known_by_text_only(ACCOUNT),
            "it was made in account 1f2e, and these keys know it by text only",
        ),
        (
            lambda: messages.takes_up_again("it is APPROVED", "7", by_itself=True),
            (
                'it is APPROVED; declared again it is taken up by itself, or adopt="7" takes it up '
                "again"
            ),
        ),
        (
            lambda: messages.takes_up_again("it is APPROVED", "7", by_itself=False),
            'it is APPROVED; adopt="7" takes it up again',
        ),
        (
            messages.may_cost,
            (
                "if there is no verdict in time, the run ends awaiting, and the engine deletes "
                "what the program makes inside approval.….apply: give that depends_on=[approval] "
                "instead."
            ),
        ),
        (
            lambda: messages.keeps_reports("brand1, brand2", "it is down"),
            (
                "brand1, brand2 couldn't be asked, since it is down: `reviews` keeps what was told "
                "last."
            ),
        ),
        (
            lambda: messages.untold_filings(["tencent"]),
            "tencent tells nothing of the carriers' filing",
        ),
        (
            lambda: messages.untold_filings(iter(["tencent", "ucloud"])),
            "tencent, ucloud tell nothing of the carriers' filing",
        ),
    ],
)
def test_a_line_has_every_fact_that_it_is_about(said: Callable[[], str], expected: str) -> None:
    assert said() == expected


@pytest.mark.parametrize(
    ("refused", "kind", "summary", "vendor", "advice"),
    [
        (
            lambda: messages.made_elsewhere(
                URN, "tencent", STATE, ACCOUNT, "where it is not changed"
            ),
            AccountError,
            (
                "7 at tencent was made in the sandbox (marketing); this stack now asks in account "
                "1f2e, where it is not changed"
            ),
            "tencent",
            (
                "set the configuration back to what it was (keys, endpoint, smssign:sandbox), and "
                "run it again. If the signature is really to be forgotten by this stack: pulumi "
                f"state delete '{URN}'."
            ),
        ),
        (
            lambda: messages.moved("tencent", "it moved"),
            ReviewMovedError,
            "it moved",
            "tencent",
            MOVED,
        ),
        (
            lambda: messages.held_already("tencent", URN, REVIEW),
            DuplicateError,
            "`brand` of this program holds 【极客】 (7); nothing was submitted",
            "tencent",
            "let one resource declare it, and use that one's outputs; or choose another text.",
        ),
        (
            lambda: messages.has_other_content("tencent", OLD, ["place", "kind"]),
            InputError,
            (
                "【云杉】 (6) is still at tencent, and the program wants its text back with other "
                "content (kind, place)"
            ),
            "tencent",
            (
                'take those changes back too, and it is simply kept; or add adopt="6" to keep it '
                "as it is. What it is to become after that is a change of its own."
            ),
        ),
        (
            lambda: messages.spent_adoption("tencent", "7", "6"),
            InputError,
            (
                "the signature 7 is to be replaced, and adopt= says to take over 6 instead of "
                "submitting a new one"
            ),
            "tencent",
            "take the line adopt= out of the resource: it has done its work.",
        ),
        (
            lambda: messages.incomplete(
                [Problem("kind", "is missing"), Problem("remark", "is long")]
            ),
            InputError,
            "a new application could not be submitted:\n  - kind: is missing\n  - remark: is long",
            "",
            "mend these properties in the program and run `pulumi up` again.",
        ),
        (
            lambda: messages.is_replacement("tencent", "7", None),
            ReviewMovedError,
            "tencent no longer has 7 by now, so this change is a replacement",
            "tencent",
            MOVED,
        ),
        (
            lambda: messages.is_replacement("tencent", "7", REVIEW),
            ReviewMovedError,
            "【极客】 (7) is APPROVED by now, so this change is a replacement",
            "tencent",
            MOVED,
        ),
        (
            lambda: messages.moved_before_deletion("tencent", OLD, REVIEW, "it is in use"),
            ReviewMovedError,
            "【云杉】 (6) is APPROVED by now, and is not deleted for its replacement: it is in use",
            "tencent",
            MOVED,
        ),
        (
            lambda: messages.nothing_to_read("tencent", "7"),
            NotFoundError,
            "tencent has no signature 7 to read in this account",
            "tencent",
            "look up its id in the vendor's console, or declare the signature.",
        ),
    ],
)
def test_a_refusal_says_who_refuses_what_and_the_way_out(
    refused: Callable[[], SmsSignError],
    kind: type[SmsSignError],
    summary: str,
    vendor: str,
    advice: str,
) -> None:
    error = refused()
    assert type(error) is kind
    assert (error.summary, error.vendor, error.advice) == (summary, vendor, advice)
