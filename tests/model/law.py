"""The law of what is approved, held against every deed that a hook does.

A *deed* is a call that deletes a signature or puts it out of use. The desk tells of each as it
comes, with how every signature stood at that moment; it is judged when its hook has answered, by
what the engine told this plugin process until then. Nothing here asks the code that is tested what
it thinks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from hypothesis import note

from pulumi_smssign.core.registry import named
from pulumi_smssign.model.vocabulary import EXISTING
from pulumi_smssign.sandbox.text_ids import id_of
from tests.engine.cases import Case
from tests.model.engine import RUN, Bag, Call, Engine, record

Policy = Literal["retain", "delete"]


@dataclass(frozen=True)
class Deed:
    """A deletion or a change in place, as it comes to the vendor.

    `approved` are the ids of all signatures that were approved at that moment.
    """

    kind: Literal["withdraw", "resubmit"]
    id: str
    text: str
    account: str
    vendor_status: str
    approved: frozenset[str]

    @property
    def is_of_an_approved(self) -> bool:
        return self.id in self.approved

    def __str__(self) -> str:
        return f"{self.kind} of {self.id} 【{self.text}】 in status {self.vendor_status}"


@dataclass
class Observed:
    """The calls that one plugin process has received, in their order.

    `checks` are the urn, the signature of the old state and the inputs of each Check; `raw` what
    came from the program, by URN; `diffs` the program's side of each signature's own Diff, by the
    signature; `held` the URNs that a Create or a `get` gave a signature to, by the signature.
    """

    checks: list[tuple[str, str, Bag]] = field(default_factory=list)
    raw: dict[str, Bag] = field(default_factory=dict)
    diffs: dict[str, Bag] = field(default_factory=dict)
    held: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Law:
    """The judge of one vendor.

    Args:
        case: the vendor.
        accounts: the sandbox's account by the origin that a state names.
    """

    def __init__(self, case: Case, accounts: Mapping[str, str]) -> None:
        self._case = case
        self._accounts = accounts
        self._engine: Engine | None = None
        self._observed = Observed()
        self._existed: frozenset[str] = frozenset()
        self._recovers = False
        self.deeds: list[Deed] = []
        self.lent: set[tuple[Engine, str]] = set()
        """Signatures that a stack had taken over unasked, and has replaced since."""
        self.gone: set[tuple[Engine, str]] = set()
        """Signatures that a stack has deleted: what has such an id or text since is another's."""

    @property
    def _process(self) -> Engine:
        """The stack whose hooks are called."""
        assert self._engine is not None, "no plugin process has begun"
        return self._engine

    # --- identities

    def signature(self, id_: str, props: Mapping[str, Any]) -> str:
        """The desk's id of a signature that a state names."""
        if not self._case.knows_by_text:
            return id_
        account = self._accounts.get(str(record(props).get("origin") or ""), "default")
        return id_of(account, str(record(props).get("text") or id_))

    def predecessors(self, props: Mapping[str, Any]) -> set[str]:
        """The desk's ids of the signatures that a resource remembers."""
        return {
            self.signature(str(predecessor["id"]), predecessor)
            for predecessor in props.get("__predecessors") or ()
        }

    # --- what the engine tells

    def begin(self, engine: Engine) -> None:
        """A plugin process begins."""
        self._engine = engine
        self._observed = Observed()

    def before(self, call: Call, existed: frozenset[str]) -> None:
        """A hook is about to be called; `existed` is all that the desk has."""
        self._existed = existed
        entries = self._process.machine.journal().entries()
        self._recovers = any((entry.kind, entry.urn) == ("submit", call.urn) for entry in entries)

    def after(self, call: Call, result: object, approved: frozenset[str]) -> None:
        """Judge what a hook has done, then note what it was told.

        Args:
            call: the hook's call.
            result: what it has answered, or raised.
            approved: the signatures that were approved before.
        """
        for deed in self.deeds:
            note(f"   {call.hook} of {call.urn.rpartition('::')[2]}: {deed}")
            self._judge(call, deed)
            if deed.kind == "withdraw":
                self.gone.add((self._process, deed.id))
        self.deeds.clear()
        if isinstance(result, BaseException):
            return
        self._note(call, result, approved)

    def _note(self, call: Call, result: Any, existed: frozenset[str]) -> None:  # noqa: ANN401
        seen, old = self._observed, call.old
        own = self.signature(old.id, old.outputs) if old else ""
        if call.hook == "check":
            seen.raw[call.urn] = call.news
            seen.checks.append((call.urn, own, dict(result.inputs)))
        elif call.hook == "diff" and not call.is_aside:
            seen.diffs[own] = call.news
            # The program says now that it is this resource's: that is consent, as of any other.
            if self._is_consent(call):
                self.lent.discard((self._process, own))
        elif call.hook == "create":
            got = self.signature(result.id, result.outs)
            self.lent |= {(self._process, id_) for id_ in self._lent(call) - {got}}
            self._must_be_shared(call, own, result, existed)
            seen.held[got].add(call.urn)
            self.gone.discard((self._process, got))
        elif call.hook == "read" and not call.is_aside:
            seen.held[self.signature(result.id, result.outs)].add(call.urn)

    def _lent(self, call: Call) -> set[str]:
        """The old signature, where its state says that it was taken over unasked."""
        old = call.old
        if old is None or not record(old.outputs).get("shared") or self._is_consent(call):
            return set()
        return {self.signature(old.id, old.outputs)}

    def _is_consent(self, call: Call) -> bool:
        """Whether the program says of the signature in state that it is this resource's."""
        return call.old is not None and call.news.get("adopt") in (EXISTING, call.old.id)

    def _must_be_shared(self, call: Call, own: str, result: Any, existed: frozenset[str]) -> None:  # noqa: ANN401
        """A signature taken over unasked is approved, nobody's in this run, and `shared`."""
        old, outs = call.old, result.outs
        got = self.signature(result.id, outs)
        known = set() if old is None else self.predecessors(old.inputs)
        if call.news.get("adopt") or got in known or got not in self._existed or self._recovers:
            return
        assert got in existed, f"{got} was taken over unasked, and it is not approved"
        assert _policy(call.news) == "retain", f'{got} was taken over unasked with "delete"'
        others = self._observed.held.get(got, set()) - {call.urn}
        assert not others, f"{got} was taken over, and {others} holds it in this run"
        is_kept = old is not None and got == own and not record(old.outputs).get("shared")
        assert is_kept or record(outs).get("shared") is True, (
            f"{got}: state doesn't say that it is shared"
        )

    # --- the judgement

    def _judge(self, call: Call, deed: Deed) -> None:
        assert call.phase != "preview", f"a preview did this: {deed}"
        assert call.hook in ("update", "delete"), f"{call.hook} did this: {deed}"
        self._must_be_this_side(call, deed)
        gone = (self._process, deed.id) in self.gone
        assert not gone, f"it was deleted once, and this is another's since: {deed}"
        if deed.kind == "withdraw":
            self._must_be_nobodys(call, deed)
        if call.hook == "update":
            self._judge_update(call, deed)
        else:
            self._judge_delete(call, deed)

    def _must_be_this_side(self, call: Call, deed: Deed) -> None:
        engine, about = self._process, self._state_of(call, deed)
        made = str(record(about).get("origin") or "").partition("-")[0]
        account = str(about.get("account") or "default")
        in_use = (
            engine.as_of_the_last_up
            if call.phase in ("refresh", "destroy")
            else engine.configuration
        )
        now = engine.accounts(in_use).origin(self._case.vendor, account).partition("-")[0]
        assert made in ("", now), f"made on the other side ({made}, now {now}): {deed}"

    def _state_of(self, call: Call, deed: Deed) -> Mapping[str, Any]:
        """The state's properties of a signature, the resource's own or a predecessor."""
        listed = [
            *(call.inputs.get("__predecessors") or ()),
            *(call.news.get("__predecessors") or ()),
        ]
        own = deed.id == self.signature(call.id, call.olds)
        remembered = {self.signature(str(old["id"]), old): old for old in reversed(listed)}
        return call.olds if own else remembered.get(deed.id, {})

    def _must_be_nobodys(self, call: Call, deed: Deed) -> None:
        """No signature is deleted that another resource of this run was seen to hold."""
        seen = self._observed
        holders = set(seen.held.get(deed.id, ()))
        if call.hook == "update":
            holders.discard(call.urn)
        assert not holders, f"{holders} got or read it in this run: {deed}"
        for urn, old, inputs in seen.checks:
            if urn == call.urn or (old and old == self.signature(call.id, call.olds)):
                continue
            assert not self._names(inputs, deed, call), f"{urn} names it in this run: {deed}"

    def _names(self, inputs: Bag, deed: Deed, call: Call) -> bool:
        """Whether checked inputs name a signature: by adopting it, or by its unique key."""
        engine = self._process
        account = str(inputs.get("account") or "default")
        origin = engine.accounts().origin(self._case.vendor, account)
        if self._accounts.get(origin, "default") != deed.account:
            return False
        adopt = str(inputs.get("adopt") or "")
        identity = deed.text if self._case.knows_by_text else deed.id
        if adopt == identity:
            return True
        if call.hook != "delete" or deed.id != self.signature(call.id, call.olds):
            return False
        unique = named(self._case.vendor).rules.unique
        return all(
            (inputs.get(name) or None) == (record(call.olds).get(name) or None) for name in unique
        )

    def _judge_update(self, call: Call, deed: Deed) -> None:
        """In place by the program's policy; predecessors when their successor is approved."""
        own = self.signature(call.id, call.olds)
        consents = call.news.get("adopt") in (EXISTING, call.id)
        shared = bool(record(call.olds).get("shared")) and not consents
        says_delete = call.news.get("deletion_policy") == "delete"
        if deed.kind == "resubmit":
            assert deed.id == own, f"an update of {own} changed another one: {deed}"
            allowed = not deed.is_of_an_approved or (says_delete and not shared)
            assert allowed, f"put out of use, and its policy is retain: {deed}"
            return
        assert call.old is not None
        remembered = self.predecessors(call.old.inputs) | self.predecessors(call.news)
        assert deed.id != own, f"an update deleted its own: {deed}"
        assert deed.id in remembered, f"an update of {own} deleted what it doesn't remember: {deed}"
        self._must_not_be_retained(call, deed)
        if not deed.is_of_an_approved:
            return
        assert says_delete, f"the policy is retain: {deed}"
        assert (self._process, deed.id) not in self.lent, f"it was taken over unasked: {deed}"
        assert own in deed.approved, f"its successor {own} is not approved: {deed}"

    def _must_not_be_retained(self, call: Call, deed: Deed) -> None:
        """No signature is deleted by our hand that `retain_on_delete` may hold for."""
        retains = self._observed.raw.get(call.urn, {}).get(RUN, {}).get("retains")
        assert retains is False, f"retain_on_delete is {retains}: {deed}"

    def _judge_delete(self, call: Call, deed: Deed) -> None:
        assert deed.kind == "withdraw", f"a deletion changed it: {deed}"
        own = self.signature(call.id, call.olds)
        remembered = self.predecessors(call.inputs)
        assert deed.id in {own, *remembered}, f"a deletion of {own} deleted another one: {deed}"
        if not deed.is_of_an_approved:
            return
        says = self._policies(call, deed)
        assert set(says.values()) == {"delete"}, f"the policy is {says}: {deed}"
        assert (self._process, deed.id) not in self.lent, f"it was taken over unasked: {deed}"
        successor = self._successor(call)
        if call.is_first or successor is None:
            return
        assert successor in deed.approved, f"its successor {successor} is not approved: {deed}"

    def _policies(self, call: Call, deed: Deed) -> dict[str, Policy]:
        """The policies that count in a deletion: of this run's Diff of it; or all there is."""
        seen = self._observed
        own = self.signature(call.id, call.olds)
        news = seen.diffs.get(deed.id)
        if news is not None:
            consents = news.get("adopt") in (EXISTING, call.id)
            lent = deed.id == own and record(call.olds).get("shared") and not consents
            return {"Diff": "retain" if lent else _policy(news)}
        lent = deed.id == own and record(call.olds).get("shared")
        says: dict[str, Policy] = {"state": "retain" if lent else _policy(call.olds)}
        for urn, old, inputs in seen.checks:
            if deed.id == old or (deed.id == own and urn == call.urn):
                says[f"Check of {urn}"] = _policy(inputs)
        engine = self._process
        for entry in engine.state:
            if deed.id in self.predecessors(entry.inputs):
                says[f"{entry.urn}, which remembers it"] = _policy(entry.outputs)
        return says

    def _successor(self, call: Call) -> str | None:
        """The successor in the state, if it is still declared."""
        engine, old = self._process, call.old
        if old is None or not old.is_doomed or call.phase == "destroy":
            return None
        declared = engine.urns()
        for entry in engine.state:
            is_heir = entry.urn in (old.heir, old.urn) and not entry.is_doomed
            if is_heir and entry.urn in declared and not entry.is_external and not entry.is_pending:
                return self.signature(entry.id, entry.outputs)
        return None


def _policy(props: Mapping[str, Any]) -> Policy:
    """A state or inputs without a policy say "retain"."""
    return "delete" if record(props).get("deletion_policy") == "delete" else "retain"
