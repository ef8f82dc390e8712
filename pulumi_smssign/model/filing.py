"""The second life of a signature, after its approval: the filing with the carriers (报备).

Each carrier files a signature for itself, in 5 to 10 working days by what the vendors say (Alibaba
Cloud's help on real-name registration; Huawei's notice of 2025-01-21 that carriers pause over
Spring Festival). It can fail or lapse while the vendor goes on saying approved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pulumi_smssign.model.language import _, listed, mark
from pulumi_smssign.model.vocabulary import Deliverable, Labelled

USUAL_TIME = mark("usually 5 to 10 working days, and carriers pause over Spring Festival")


class FilingState(Labelled):
    """The state of a filing, with one carrier or with all of them."""

    NONE = mark("none")
    """Not begun: there is no approval yet, or nobody has asked for it."""
    FILING = mark("filing")
    UNVERIFIED = mark("unverified")
    """Filed, and to be verified by texts that arrive: not filed for certain yet."""
    FILED = mark("filed")
    FAILED = mark("failed")
    LAPSED = mark("lapsed")
    """Filed once, and not any more."""
    UNKNOWN = mark("unknown")
    """The vendor reports none, or one that no source describes."""


CARRIERS = {"mobile": mark("mobile"), "unicom": mark("unicom"), "telecom": mark("telecom")}
"""The carriers' names as a person reads them, by those of the outputs."""
LOST = (FilingState.FAILED, FilingState.LAPSED)
"""The states that no waiting mends."""
_WORST_FIRST = (
    FilingState.FAILED,
    FilingState.LAPSED,
    FilingState.UNKNOWN,
    FilingState.FILING,
    FilingState.NONE,
    FilingState.UNVERIFIED,
)


@dataclass(frozen=True)
class CarrierFiling:
    """The filing with one carrier; `since` is ISO 8601 or as the vendor writes it, or ""."""

    state: FilingState
    since: str = ""
    reasons: Sequence[str] = ()

    @classmethod
    def of_output(cls, output: object) -> CarrierFiling:
        """The filing that an output has; an unknown one in what is no output."""
        told = output if isinstance(output, Mapping) else {}
        return cls(_state_of(told), _text(told.get("since")), _texts(told.get("reasons")))

    def as_output(self) -> dict[str, object]:
        """The output for the program."""
        return {"state": str(self.state), "since": self.since, "reasons": list(self.reasons)}


@dataclass(frozen=True)
class Filing:
    """The filing with all carriers; `carriers` is empty where the vendor names none.

    The names of carriers are "mobile", "unicom" and "telecom".
    """

    state: FilingState = FilingState.UNKNOWN
    carriers: Mapping[str, CarrierFiling] = field(default_factory=dict)
    since: str = ""
    reasons: Sequence[str] = ()

    @classmethod
    def of(cls, carriers: Mapping[str, CarrierFiling]) -> Filing:
        """The filing with all of these carriers: the state that is furthest from filed."""
        if not carriers:
            return cls()
        states = {carrier.state for carrier in carriers.values()}
        worst = next((state for state in _WORST_FIRST if state in states), FilingState.FILED)
        reasons = [
            f"{name}: {reason}"
            for name, carrier in carriers.items()
            if carrier.state is worst
            for reason in carrier.reasons
        ]
        since = max((carrier.since for carrier in carriers.values()), default="")
        return cls(worst, carriers, since, reasons if worst is not FilingState.FILED else ())

    @classmethod
    def of_output(cls, output: object) -> Filing:
        """The filing that an output has; an unknown one in what is no output."""
        told = output if isinstance(output, Mapping) else {}
        carriers = told.get("carriers")
        each = carriers.items() if isinstance(carriers, Mapping) else ()
        return cls(
            _state_of(told),
            {str(name): CarrierFiling.of_output(carrier) for name, carrier in each},
            _text(told.get("since")),
            _texts(told.get("reasons")),
        )

    @property
    def is_lost(self) -> bool:
        """Whether the filing has failed or lapsed, which no waiting mends."""
        return self.state in LOST

    def as_output(self) -> dict[str, object]:
        """The output for the program."""
        return {
            "state": str(self.state),
            "carriers": {name: carrier.as_output() for name, carrier in self.carriers.items()},
            "since": self.since,
            "reasons": list(self.reasons),
        }

    def __str__(self) -> str:
        """The state as a person reads it, and each carrier's where they differ."""
        others = {carrier.state for carrier in self.carriers.values()} - {self.state}
        if not others:
            return self.state.label
        each = listed(
            f"{_(CARRIERS.get(name, name))} {carrier.state.label}"
            for name, carrier in self.carriers.items()
        )
        return _("{state} ({each})", state=self.state.label, each=each)


def _state_of(told: Mapping[str, object]) -> FilingState:
    return next((each for each in FilingState if each == told.get("state")), FilingState.UNKNOWN)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


NOT_TOLD = Filing()
"""The filing at a vendor that reports none."""
NOT_BEGUN = Filing(FilingState.NONE)


TO_VERIFY = mark("a few texts to each carrier verify it")
"""The end of UNVERIFIED: waiting alone is none (GetSmsSign in Alibaba Cloud's SDK 4.6.0)."""


class QualificationState(Labelled):
    """The review state of the qualification (资质) that a signature is filed with."""

    NONE = mark("none")
    PENDING = mark("pending")
    APPROVED = mark("approved")
    REFUSED = mark("refused")
    SUPPLEMENT = mark("supplement")
    """To be supplemented and submitted again."""
    CHANGING = mark("changing")
    """Changed, and in review again."""
    CHANGE_REFUSED = mark("change-refused")
    UNKNOWN = mark("unknown")


BAD_PAPERS: Mapping[QualificationState, str] = {
    QualificationState.REFUSED: mark("is refused"),
    QualificationState.SUPPLEMENT: mark("is to be supplemented"),
    QualificationState.CHANGE_REFUSED: mark("has a change that is refused"),
}
"""The states in which no carrier files with it until its owner has mended it, in words."""


@dataclass(frozen=True)
class Qualification:
    """The qualification: a company's papers at a vendor; "" or "unknown" where it tells nothing."""

    id: str = ""
    name: str = ""
    state: QualificationState = QualificationState.UNKNOWN

    @classmethod
    def of_output(cls, output: object) -> Qualification:
        """The qualification that an output has; none in what is no output."""
        told = output if isinstance(output, Mapping) else {"state": "none"}
        states = (each for each in QualificationState if each == told.get("state"))
        state = next(states, QualificationState.UNKNOWN)
        return cls(_text(told.get("id")), _text(told.get("name")), state)

    def as_output(self) -> dict[str, str]:
        """The output for the program."""
        return {"id": self.id, "name": self.name, "state": str(self.state)}


NO_QUALIFICATION = Qualification(state=QualificationState.NONE)


def deliverable(filing: Filing, *, usable: bool) -> Deliverable:
    """Whether texts arrive, as far as the vendor tells."""
    if not usable:
        return "no"
    if filing.state is FilingState.UNKNOWN:
        return "unknown"
    return "yes" if filing.state is FilingState.FILED else "no"
