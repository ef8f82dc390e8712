"""Sequences about what is approved: stories of many signatures, played together on one stack.

A story is about one signature, whose texts no other has. A table of stories is played in the runs
of one stack, so that each way to run it meets each story. In the end the vendor was sent what the
stories say and nothing else; after every command no text is there twice, and what was approved and
said "retain" is as it was.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path
from typing import Any, Literal

from pulumi_smssign.sandbox import Sandbox, SignatureView, Status
from pulumi_smssign.sandbox.desk import Signature
from tests.engine.cases import TENCENT, Case
from tests.engine.project import Project, Run
from tests.images import png

Policy = Literal["retain", "delete"]
PROGRAM = Path(__file__).with_name("law_program.py")


class Watch:
    """What the vendor was sent of each signature, and how that one stood at that moment.

    A write is told by its kind: "submit", "resubmit", "withdraw". A "!" marks one that deletes what
    was approved, or puts it out of use.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        desk = sandbox.desk
        submit, resubmit, withdraw = desk.submit, desk.resubmit, desk.withdraw
        self.sent: list[tuple[str, str]] = []
        """Text and kind of each write, in their order."""
        self.is_elsewhere = False
        """Whether what happens comes of no call of ours: the vendor's people do things, too."""

        def note(kind: str, before: Signature) -> None:
            is_open = before.status in (Status.PENDING, Status.REJECTED)
            if not self.is_elsewhere:
                self.sent.append((before.text, kind if is_open else f"{kind}!"))

        def submitting(vendor: str, account: str, **application: Any) -> Signature:  # noqa: ANN401
            self.sent.append((str(application["text"]), "submit"))
            return submit(vendor, account, **application)

        def resubmitting(vendor: str, signature_id: str, **application: Any) -> Signature:  # noqa: ANN401
            note("resubmit", desk.get(vendor, signature_id))
            return resubmit(vendor, signature_id, **application)

        def withdrawing(vendor: str, signature_id: str) -> None:
            note("withdraw", desk.get(vendor, signature_id))
            withdraw(vendor, signature_id)

        desk.submit, desk.resubmit, desk.withdraw = submitting, resubmitting, withdrawing  # type: ignore[method-assign]


Act = Callable[["Stage", str], None]
"""What a person does about the signature of that name."""


@dataclass(frozen=True)
class Story:
    """What is done to one signature, and what comes of it.

    Args:
        name: the resource's logical name at first.
        acts: what is done before each run, the signature being approved when they begin; None is
            nothing. After their last run all that is open is approved, and the whole program runs.
        sends: what the vendor is sent of it from then on, in order; see `Watch`.
        left: the numbers of the texts that the vendor has in the end.
        says: words that are said once, each on the row of a resource.
        red: the resources that are refused after the first acts.
        case: its vendor.
        start: what the program says of it at first, beside the arguments of the vendor's case.
        is_open: whether it is still in review when the acts begin.
    """

    name: str
    _: KW_ONLY
    acts: tuple[Act | None, ...]
    sends: str = ""
    left: tuple[int, ...] = (0,)
    says: tuple[tuple[str, str], ...] = ()
    red: tuple[str, ...] = ()
    case: Case = TENCENT
    start: Mapping[str, Any] = field(default_factory=dict)
    is_open: bool = False


class Stage:
    """A stack with stories on it.

    Args:
        project: its project.
        sandbox: the vendors' side.
        policy: the `deletion_policy` that the program says of each signature.
    """

    def __init__(self, project: Project, sandbox: Sandbox, policy: Policy) -> None:
        self.project, self.sandbox, self.policy = project, sandbox, policy
        self.watch = Watch(sandbox)
        self.stories: tuple[Story, ...] = ()
        self.said: list[Run] = []
        self.arguments: list[str] = []
        """What the next `pulumi up` is called with beside its own arguments."""
        self.project.write_program(PROGRAM.read_text(encoding="utf-8"))
        for number in range(2):
            self.project.write(proof(number), png(number))

    @property
    def program(self) -> dict[str, Any]:
        """What is declared."""
        return self.project.program

    # --- a story's signature

    def story(self, name: str) -> Story:
        """The story of that name."""
        (story,) = (story for story in self.stories if story.name == name)
        return story

    def text(self, name: str, number: int = 0) -> str:
        """A text of a story's own."""
        return f"极客{self.stories.index(self.story(name))}号{'甲乙丙丁戊'[number]}"

    def held(self) -> list[SignatureView]:
        """What the vendors have."""
        return self.sandbox.signatures()

    def bearing(self, name: str, number: int = 0) -> SignatureView:
        """The signature that bears a text of the story."""
        (one,) = (each for each in self.held() if each.text == self.text(name, number))
        return one

    def id(self, name: str, number: int = 0) -> str:
        """What Pulumi holds it by."""
        one = self.bearing(name, number)
        return one.text if self.story(name).case.knows_by_text else one.id

    def declared(self, name: str) -> dict[str, Any]:
        """What the program says of a resource."""
        declared: dict[str, Any] = self.program["signatures"][name]
        return declared

    def declare(self, name: str, **more: Any) -> None:  # noqa: ANN401 - whatever the program takes
        """Have the program declare the story's signature."""
        case = self.story(name).case
        own = {case.text: self.text(name), case.evidence: case.evidence_from(proof(0))}
        arguments = {**case.arguments, **own, "deletion_policy": self.policy}
        self.project.declare(name, case.vendor, {**arguments, **more.get("arguments", {})})
        others = {key: more[key] for key in more if key != "arguments"}
        self.declared(name).update(copy.deepcopy(others))

    def read(self, name: str, identifier: str) -> None:
        """Have the program read a signature that it does not manage."""
        declared = {"vendor": TENCENT.vendor, "arguments": {}, "reads": identifier}
        self.program["signatures"][name] = declared

    def edit(self, name: str, **arguments: object) -> None:
        """Change some of its arguments; None takes one out."""
        self.project.edit(name, **arguments)

    # --- commands

    def begin(self, stories: Sequence[Story]) -> None:
        """Have the stories' signatures submitted, and approved where they are not to be open."""
        self.stories = tuple(stories)
        for story in stories:
            self.declare(story.name, **story.start)
        self.run("up", "--skip-preview")
        self.approve(besides={story.name for story in stories if story.is_open})
        self.watch.sent.clear()
        self.said.clear()

    def approve(self, besides: Iterable[str] = ()) -> None:
        """The reviewers approve all that is open."""
        held_back = {self.text(name) for name in besides}
        for one in self.held():
            if one.status is Status.PENDING and one.text not in held_back:
                self.sandbox.approve(one.vendor, one.id)

    def run(self, *arguments: str, red: Iterable[str] = ()) -> Run:
        """A command of Pulumi's, with what holds after each.

        Args:
            arguments: the command and its own.
            red: the resources at which it ends red, with what to do.
        """
        command, *rest = arguments
        if command == "up":
            rest += self.arguments
            self.arguments.clear()
        confirmed = ("--yes",) if command in ("up", "destroy", "refresh") else ()
        run = self.project.pulumi(command, *confirmed, *rest)
        self.said.append(run)
        wanted = set(red)
        assert run.succeeded is not bool(wanted), run.output
        advised = {name for name in wanted if "what to do" in run.diagnostics(name)}
        assert advised == wanted, run.output
        assert "a bug in" not in run.output, run.output
        texts = Counter((one.vendor, one.account, one.text) for one in self.held())
        assert set(texts.values()) <= {1}, texts
        lost = [each for each in self.watch.sent if each[1].endswith("!")]
        assert self.policy == "delete" or not lost, lost
        return run

    # --- what came of it

    def must_be_as_told(self) -> None:
        """Hold what has happened against the stories."""
        told = {story.name: (story.sends, self._texts(story)) for story in self.stories}
        seen = {
            story.name: (
                " ".join(self.sent(story.name)),
                {one.text for one in self.held() if self._is_of(one.text, story)},
            )
            for story in self.stories
        }
        differs = {name: (seen[name], told[name]) for name in told if seen[name] != told[name]}
        assert not differs, f"seen and told: {differs}"
        for story in self.stories:
            for resource, words in story.says:
                said = " ".join(run.diagnostics(resource) for run in self.said)
                assert said.count(words) == 1, (story.name, words, said)

    def sent(self, name: str) -> list[str]:
        """What the vendor was sent of a story's signatures, in order."""
        story = self.story(name)
        return [kind for text, kind in self.watch.sent if self._is_of(text, story)]

    def _texts(self, story: Story) -> set[str]:
        return {self.text(story.name, number) for number in story.left}

    def _is_of(self, text: str, story: Story) -> bool:
        return text[:-1] == self.text(story.name)[:-1]

    def must_have_one_owner_each(self) -> None:
        """Each resource of the state holds a signature that is there, and none holds another's."""
        held = {(one.vendor, name) for one in self.held() for name in (one.id, one.text)}
        managed = [
            (resource["inputs"]["vendor"], resource["id"])
            for resource in self.project.resources()
            if resource["type"].endswith("Sms") and not resource.get("external")
        ]
        assert len(managed) == len(set(managed)), managed
        assert set(managed) <= held, (managed, held)


def proof(number: int) -> str:
    """The path of a proof file, as it stands in the program."""
    return f"papers/{number}.png"


Command = Callable[[Stage, tuple[str, ...]], object]
"""A run of the stack; it is told at which resources it is to end red."""


def play(stage: Stage, stories: Sequence[Story], command: Command) -> None:
    """Play a table of stories: a run after each round of acts, then the whole program's.

    Args:
        stage: the stack.
        stories: the table.
        command: the run after the first acts; after the others it is the whole program's.
    """
    stage.begin(stories)
    for number in range(max(len(story.acts) for story in stories)):
        for story in stories:
            act = story.acts[number] if number < len(story.acts) else None
            if act:
                act(stage, story.name)
        if number == 0:
            command(stage, tuple(name for story in stories for name in story.red))
        else:
            stage.run("up")
    stage.approve()
    stage.run("up", "--skip-preview")
    stage.must_be_as_told()
    stage.must_have_one_owner_each()
