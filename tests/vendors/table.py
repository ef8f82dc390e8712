"""A vendor's decision table for the tests, by hand from the vendor's pages."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_smssign.model.vocabulary import DeletionPolicy


@dataclass(frozen=True)
class DecisionTable:
    """One vendor's decision table; `statuses` by meaning, the other names are those of `Rules`.

    `kinds` has one field of each kind; every field that is in none of the sets is like `plain`.
    """

    statuses: dict[str, str]
    modifiable: str
    plain: str
    fixed: str
    unique: str
    deletable: str | None
    editable_when_approved: str = ""
    approved_not_effective: str = ""
    reviewer_notes: str = ""
    console_only: str = ""
    unreviewed: str = ""
    requests: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        named = (
            self.plain,
            self.fixed,
            self.unique,
            self.reviewer_notes,
            self.console_only,
            self.requests,
        )
        return (*sorted({name for names in named for name in names.split()}), "account")

    def expected(self, raw: str, changed: frozenset[str], policy: DeletionPolicy) -> str:
        """The decision on a change, by the vendor's pages and the rule for what is approved."""
        meaning = next((name for name, raws in self.statuses.items() if raw in raws_of(raws)), "")
        only_words = changed <= set(self.reviewer_notes.split())
        fixed = changed & {*self.fixed.split(), "account"}
        if only_words and (meaning != "REJECTED" or changed <= fixed):
            return "record"
        if not meaning:
            return "refuse"
        if changed <= set(self.requests.split()):
            return "request"
        if raw in raws_of(self.modifiable) and not fixed - set(self.reviewer_notes.split()):
            return "resubmit"
        if changed & {*self.unique.split(), "account"}:
            return "new first"
        return self._under_the_same_key(raw, meaning, changed, policy)

    def _under_the_same_key(
        self, raw: str, meaning: str, changed: frozenset[str], policy: DeletionPolicy
    ) -> str:
        fixed = changed & {*self.fixed.split(), "account"}
        approved = meaning in {"APPROVED", "SUSPENDED"} or raw in raws_of(
            self.approved_not_effective
        )
        if approved and changed - set(self.reviewer_notes.split()) <= set(
            self.console_only.split()
        ):
            return "refuse"
        if approved and policy == "retain":
            return "refuse"
        if raw in raws_of(self.editable_when_approved) and not fixed:
            return "resubmit, loudly"
        if self.deletable is None or raw not in raws_of(self.deletable):
            return "refuse"
        return "delete first, loudly" if approved else "delete first"


def raws_of(raws: str) -> set[str]:
    """The statuses that a text such as "1|-1" has."""
    return {raw.strip() for raw in raws.split("|")}
