"""The six hooks of a signature, the same for every vendor.

The import path and the name of `SignatureProvider` are part of every user's state: frozen.
Programs import this module, so what only the hooks need is imported when a hook first runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from pulumi.runtime import rpc

from pulumi_smssign import plugin
from pulumi_smssign.boundary import hook
from pulumi_smssign.errors import InputError
from pulumi_smssign.lifecycle import (
    Handle,
    Refuse,
    Replace,
    Resubmit,
    Review,
    decide,
)
from pulumi_smssign.properties import (
    COMMON,
    PROVIDER,
    RUN,
    Properties,
    canonical,
    changed_fields,
    fields_of,
    handle_of,
    outputs_of,
    state_of,
    urn_of,
)
from pulumi_smssign.redaction import hide
from pulumi_smssign.vendor import Vendor, named

if TYPE_CHECKING:
    from pulumi_smssign.accounts import Accounts
    from pulumi_smssign.application import Application, Problem
    from pulumi_smssign.vendor import Api


@dataclass(frozen=True)
class _Run:
    """What the program says of its run: where it stands, and whether it only previews."""

    directory: str = ""
    preview: bool = False


class SignatureProvider(ResourceProvider):
    """A signature at any vendor; which one is in the resource's properties."""

    serialize_as_secret_always = False

    _accounts: Accounts
    _runs: dict[str, _Run]
    _warned: set[str]

    def configure(self, req: ConfigureRequest) -> None:
        """Take the stack's configuration; nothing is read of it before it is needed."""
        from pulumi_smssign.accounts import Accounts

        plugin.install()
        self._accounts = Accounts(req.config)
        self._runs = {}
        self._warned = set()

    @hook
    def check(self, olds: Properties, news: Properties) -> CheckResult:
        """Every problem of the inputs at once, and warnings, before any call."""
        from pulumi_smssign import promises
        from pulumi_smssign.application import examine

        vendor = named(news["vendor"])
        self._remember(news)
        inputs = {name: value for name, value in news.items() if name != RUN}
        fields = fields_of(inputs)
        vendor.application.keep_personal_data_secret(fields)
        unknown = frozenset(name for name, value in fields.items() if rpc.contains_unknowns(value))
        new = not olds and not inputs.get("adopt")
        findings = examine(vendor.application, fields, unknown, new=new)
        failures = [_failure(found) for found in findings.problems]
        if failures:
            return CheckResult(inputs, failures)
        self._accounts.credentials(vendor, news["account"])
        if changed_fields(vendor, olds, inputs):
            self._warn(urn_of(inputs), findings.doubts)
        promises.evidence(urn_of(inputs), fields, preview=self._run(inputs).preview)
        return CheckResult(inputs, [])

    @hook
    def diff(self, id_: str, olds: Properties, news: Properties) -> DiffResult:
        """What the change means; the vendor is asked only when there is one."""
        from pulumi_smssign import promises

        vendor = named(news["vendor"])
        preview = self._run(news).preview
        changed = changed_fields(vendor, olds, news)
        if not changed:
            promises.settle(urn_of(news), preview=preview)
            return DiffResult(changes=False)
        if urn_of(news) not in self._runs:  # a refresh shows the drift: there is nothing to decide
            return DiffResult(changes=True)
        handle = handle_of(id_, olds)
        review = self._api(olds).reviews([handle]).get(handle)
        decision = decide(vendor.rules, review, changed)
        if isinstance(decision, Refuse):
            raise InputError(decision.why, vendor=vendor.name, advice=decision.what_to_do)
        promises.decision(urn_of(news), decision, preview=preview)
        row = plugin.Row(urn_of(news))
        if preview and isinstance(decision, Resubmit | Replace) and decision.note:
            row.info(decision.note)
        if not isinstance(decision, Replace):
            return DiffResult(changes=True)
        _refuse_old_adoption(id_, news)
        if decision.warning:
            row.warn(decision.warning)
        return DiffResult(
            changes=True,
            replaces=sorted(changed),
            delete_before_replace=decision.delete_first,
        )

    @hook
    def create(self, props: Properties) -> CreateResult:
        """Submit for review, or adopt; returns as soon as the vendor has accepted."""
        from pulumi_smssign import promises, submission

        vendor = named(props["vendor"])
        promises.settle(urn_of(props), preview=False)
        api = self._api(props)
        application = self._application(vendor, props)
        scope = api.full_scope(application.scope)
        if props.get("adopt"):
            handle = Handle(props["adopt"], scope=scope)
            review = submission.adopt(vendor.rules, api, handle, application)
        else:
            identifier = submission.submit_once(vendor.rules, api, application)
            handle = Handle(identifier, application.text, scope)
            review = submission.first_review(vendor.rules, api, handle)
        return CreateResult(handle.id, state_of(props, application, review, scope, revision=1))

    @hook
    def update(self, id_: str, olds: Properties, news: Properties) -> UpdateResult:
        """Resubmit in place, or make the request that is all the change is."""
        from pulumi_smssign import submission

        vendor = named(news["vendor"])
        api = self._api(olds)
        application = self._application(vendor, news, olds)
        changed = changed_fields(vendor, olds, news)
        old = handle_of(id_, olds)
        revision = int(olds.get("revision") or 1)
        if changed <= vendor.rules.requests.keys():
            live = api.reviews([old]).get(old)
            for name in sorted(vendor.rules.wanted(news, live.vendor_status) if live else ()):
                api.request(name, old)
        else:
            submission.resubmit_once(
                vendor.rules, api, old, application, olds.get("submitted_at") or ""
            )
            revision += 1
        handle = Handle(id_, application.text, old.scope)
        review = submission.first_review(vendor.rules, api, handle)
        return UpdateResult(state_of(news, application, review, old.scope, revision))

    @hook
    def read(self, id_: str, props: Properties) -> ReadResult:
        """What the vendor says now; gone only when the vendor said so."""
        vendor = named(props["vendor"])
        known = {name: value for name, value in props.items() if name != RUN}
        handle = handle_of(id_, known)
        review = self._api(known).reviews([handle]).get(handle)
        if review is None:
            return ReadResult(None, {})
        if known.get("status") not in (None, str(review.status)):
            plugin.Row(urn_of(known)).info(_news_of(review, str(known["status"])))
        is_managed = "status" in known
        drifted = {
            name: value
            for name, value in review.reported.items()
            if (name in known or not is_managed) and canonical(value) != canonical(known.get(name))
        }
        outputs = {"revision": 0, "scope": handle.scope, **known, **drifted, **outputs_of(review)}
        inputs = {
            name: outputs[name]
            for name in (*vendor.application.model_fields, *COMMON)
            if name in outputs and name != PROVIDER
        }
        return ReadResult(id_, outputs, inputs)

    @hook
    def delete(self, id_: str, props: Properties) -> None:
        """Delete it at the vendor; one that is gone already is fine."""
        from pulumi_smssign import submission

        vendor = named(props["vendor"])
        row = plugin.Row(urn_of(props))
        if vendor.rules.deletable is None:
            text = props.get("text")
            row.info(f"{vendor.name} can't delete signatures: 【{text}】 stays in the account.")
        elif not submission.withdraw(vendor.rules, self._api(props), handle_of(id_, props)):
            row.info(f"{vendor.name} no longer had it.")

    def _api(self, props: Properties) -> Api[Application]:
        return self._accounts.api(props["vendor"], props["account"])

    def _application(
        self, vendor: Vendor, props: Properties, olds: Mapping[str, Any] | None = None
    ) -> Application:
        fields = fields_of(props)
        vendor.application.keep_personal_data_secret(fields)
        uploads = (olds or {}).get("uploads")
        return vendor.application.of(fields, self._run(props).directory, uploads)

    def _warn(self, urn: str, doubts: Iterable[Problem]) -> None:
        """Show the doubts once: a replacement is checked twice."""
        if urn not in self._warned:
            self._warned.add(urn)
            for doubt in doubts:
                plugin.Row(urn).warn(f"{doubt.property}: {hide(doubt.reason)}")

    def _remember(self, props: Properties) -> None:
        facts = props.get(RUN) or {}
        self._runs[urn_of(props)] = _Run(**facts)

    def _run(self, props: Properties) -> _Run:
        return self._runs.get(urn_of(props), _Run())


def _failure(problem: Problem) -> CheckFailure:
    """The problem for the engine.

    It is not given the property: the engine would print the property's value beside the reason,
    that of a secret in clear (seen with 3.250).
    """
    return CheckFailure("", f"{problem.property}: {hide(problem.reason)}")


def _refuse_old_adoption(id_: str, news: Mapping[str, Any]) -> None:
    """A replacement would adopt the very signature that it replaces."""
    if news.get("adopt"):
        raise InputError(
            f"the signature {id_} is to be replaced, and adopt= says to take over "
            f"{news['adopt']} instead of submitting a new one",
            advice="take the line adopt= out of the resource: it has done its work.",
        )


def _news_of(review: Review, before: str) -> str:
    return f"{review.status} (was {before})" + (f": {review.reason}" if review.reason else "")
