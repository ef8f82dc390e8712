"""The providers of our dynamic resources. FROZEN: every user's state has their path and names.

Pulumi pickles a dynamic resource's provider into its state as this module's path and the class's
name, and loads it from there for as long as the resource lives. So neither moves, neither takes on
state that would be pickled, and what they do stands elsewhere. Programs import this module, so what
only the plugin needs is imported when it configures a provider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi.dynamic import (
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_smssign.lazy import without_collections

if TYPE_CHECKING:
    from pulumi_smssign.engine.approval_hooks import ApprovalHooks
    from pulumi_smssign.engine.signature_hooks import SignatureHooks

Properties = dict[str, Any]


def _urn() -> str:
    """The URN of the resource that the present hook is for."""
    from pulumi_smssign.engine.sdk_patches import request_urn

    return request_urn()


def _inputs() -> Properties:
    """The inputs in the state of the resource that is read or deleted."""
    from pulumi_smssign.engine.sdk_patches import request_inputs

    return request_inputs()


class SignatureProvider(ResourceProvider):
    """A signature at any vendor; which one is in the resource's properties."""

    serialize_as_secret_always = False

    hooks: SignatureHooks

    def configure(self, req: ConfigureRequest) -> None:
        """Take the stack's configuration; nothing is read of it before it is needed."""
        with without_collections():
            from pulumi_smssign.core.accounts import Accounts
            from pulumi_smssign.engine import sdk_patches
            from pulumi_smssign.engine.run import of_this_plugin
            from pulumi_smssign.engine.signature_hooks import SignatureHooks

        sdk_patches.install()
        self.hooks = SignatureHooks(of_this_plugin(Accounts(req.config)))

    def check(self, olds: Properties, news: Properties) -> CheckResult:
        """Every problem of the inputs at once."""
        return self.hooks.check(_urn(), olds, news)

    def diff(self, id_: str, olds: Properties, news: Properties) -> DiffResult:
        """The meaning of a change."""
        return self.hooks.diff(_urn(), id_, olds, news)

    def create(self, props: Properties) -> CreateResult:
        """Submit for review, adopt or take back."""
        return self.hooks.create(_urn(), props)

    def update(self, id_: str, olds: Properties, news: Properties) -> UpdateResult:
        """Change it in place."""
        return self.hooks.update(_urn(), id_, olds, news)

    def read(self, id_: str, props: Properties) -> ReadResult:
        """The state as the vendor tells it now."""
        return self.hooks.read(_urn(), id_, props, _inputs())

    def delete(self, id_: str, props: Properties) -> None:
        """Delete it at the vendor, where that loses nothing that was not agreed to."""
        self.hooks.delete(_urn(), id_, props, _inputs())


class ApprovalProvider(ResourceProvider):
    """Waits until every signature is approved, one is refused, or the time is up."""

    serialize_as_secret_always = False

    hooks: ApprovalHooks

    def configure(self, req: ConfigureRequest) -> None:
        """Take the stack's configuration; nothing is read of it before it is needed."""
        from pulumi_smssign.core.accounts import Accounts
        from pulumi_smssign.engine import sdk_patches
        from pulumi_smssign.engine.approval_hooks import ApprovalHooks

        sdk_patches.install()
        self.hooks = ApprovalHooks(Accounts(req.config))

    def check(self, olds: Properties, news: Properties) -> CheckResult:
        """Problems of the inputs: times, choices, and no signature to wait for."""
        return self.hooks.check(_urn(), olds, news)

    def diff(self, id_: str, olds: Properties, news: Properties) -> DiffResult:
        """Wait again when a signature moved, or when the last wait ended before the approval."""
        return self.hooks.diff(_urn(), id_, olds, news)

    def create(self, props: Properties) -> CreateResult:
        """Wait."""
        return self.hooks.create(_urn(), props)

    def update(self, id_: str, olds: Properties, news: Properties) -> UpdateResult:
        """Wait again."""
        return self.hooks.update(_urn(), id_, olds, news)

    def read(self, id_: str, props: Properties) -> ReadResult:
        """Ask once, without waiting."""
        return self.hooks.read(_urn(), id_, props)
