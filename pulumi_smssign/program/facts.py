"""The facts of a run that only the program knows: a property of each resource.

In a preview it has what the lint of `core/lint` needs beside a signature's arguments.
`retain_on_delete` is among them, since the engine tells no hook which options a resource has. The
engine also inherits it: from a parent that says something to a child that says nothing.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping
from typing import Any, NamedTuple

import pulumi
from pulumi.runtime.stack import Stack

from pulumi_smssign.contract import evidence
from pulumi_smssign.model.language import _
from pulumi_smssign.model.vocabulary import RUN
from pulumi_smssign.program.host_watch import end_with_host


class Options(NamedTuple):
    """The options of a resource that bear on its deletion, once all transformations have run."""

    parent: pulumi.Resource | None
    retain_on_delete: bool | None
    has_transforms: bool


class ImportRefusedError(TypeError, pulumi.RunError):
    """An option `import_`, which no dynamic resource takes; Pulumi shows a `RunError` as a line."""


class OptionsSeen(pulumi.Resource):
    """A resource of ours, which remembers the options that it was made with.

    The SDK keeps a resource's `protect` and providers, and not its `retain_on_delete`; and stack
    and inherited transformations change the options within the SDK's constructor. Its choice of
    providers comes after them, and is the one step that a class can look at.
    """

    _options_seen: Options | None = None
    """None also with an SDK that chooses providers in another way."""

    def _get_providers(
        self, t: str, pkg: str | None, opts: pulumi.ResourceOptions
    ) -> tuple[pulumi.ProviderResource | None, Mapping[str, pulumi.ProviderResource]]:
        self._must_not_be_imported(opts)
        self._options_seen = Options(opts.parent, opts.retain_on_delete, bool(opts.transforms))
        return super()._get_providers(t, pkg, opts)

    def _must_not_be_imported(self, opts: pulumi.ResourceOptions | None, name: str = "") -> None:
        """Refuse an import: to Pulumi's plugin it comes without a provider, and ends in a KeyError.

        Raises:
            ImportRefusedError: says what to write instead.
        """
        if opts is not None and opts.import_:
            instead = self._instead_of_import(opts.import_, is_read=opts.id is not None)
            if name:
                raise ImportRefusedError(
                    _(
                        'import_="{id}" of `{name}` is not for {instead}',
                        id=opts.import_,
                        name=name,
                        instead=instead,
                    )
                )
            raise ImportRefusedError(
                _('import_="{id}" is not for {instead}', id=opts.import_, instead=instead)
            )

    def _instead_of_import(self, identifier: str, *, is_read: bool) -> str:
        """The kind of resource that an import is not for, and what to write instead."""
        raise NotImplementedError


def program_facts(
    resource: pulumi.Resource,
    *,
    owner: pulumi.Input[str] | None = None,
    files: Mapping[str, Any] | None = None,
) -> dict[str, pulumi.Input[Any]]:
    """The property with what the plugin's hooks aren't told; no diff looks at it.

    Args:
        resource: the resource.
        owner: the legal name of the company whose name a signature is.
        files: descriptions of proof files, lists of them, or outputs of either, by argument.
    """
    end_with_host()
    is_preview = pulumi.runtime.is_dry_run()
    facts = _Facts(
        directory=os.getcwd(),  # noqa: PTH109
        preview=is_preview,
        retains=Retention(resource),
    )
    if is_preview and owner is not None:
        facts["owner"] = owner
    if is_preview and files:
        facts["scans"] = Scans(files)
    return {RUN: facts}


class _Facts(dict[str, Any]):
    """The facts, of which the SDK takes each when the resource's constructor has ended.

    What is awaited costs the SDK a task, so a fact that is known by then is no awaitable.
    """

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - facts of any kind
        value = super().__getitem__(name)
        return value.at_once() if isinstance(value, Retention | Scans) else value


class Scans:
    """The flaws of a resource's proof files by argument, such as "licences[1]"; None without any.

    The program has each file open to describe it, so that no hook opens it again.
    """

    def __init__(self, files: Mapping[str, Any]) -> None:
        self.files = files

    def at_once(self) -> dict[str, list[str]] | Scans | None:
        """The flaws where no file is an output."""
        is_awaited = any(isinstance(value, pulumi.Output) for value in self.files.values())
        return self if is_awaited else _flaws_of(self.files)

    def __await__(self) -> Generator[Any, None, dict[str, list[str]] | None]:
        return self._look().__await__()

    async def _look(self) -> dict[str, list[str]] | None:
        return _flaws_of(
            {
                name: await value.future() if isinstance(value, pulumi.Output) else value
                for name, value in self.files.items()
            }
        )


def _flaws_of(files: Mapping[str, object]) -> dict[str, list[str]] | None:
    """The flaws of files that are known."""
    flaws = {
        place: list(evidence.flaws_of(description))
        for name, value in files.items()
        for place, description in _descriptions(name, value)
    }
    return {place: each for place, each in flaws.items() if each} or None


def _descriptions(place: str, value: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """A description, or those in a list, each with its place."""
    if isinstance(value, Mapping):
        yield place, value
    for number, item in enumerate(value if isinstance(value, list) else ()):
        yield from _descriptions(f"{place}[{number}]", item)


class Retention:
    """The `retain_on_delete` of a resource as the program sees it: True, False, or None.

    None is where it can't be seen. The SDK awaits it as it does every property: after the
    resource's constructor, so that all transformations have run.
    """

    def __init__(self, resource: pulumi.Resource) -> None:
        self.resource = resource

    def __await__(self) -> Generator[Any, None, bool | None]:
        return self._look().__await__()

    def at_once(self) -> bool | Retention | None:
        """The same where nothing is to be awaited."""
        options = _options_of(self.resource)
        if options is None or options.has_transforms:
            return None
        return self._seen() if options.parent is None else self

    async def _look(self) -> bool | None:
        # A transformation may have copied the facts, so that nobody has asked for it at once.
        known = self.at_once()
        if not isinstance(known, Retention):
            return known
        # A parent has a URN once its transforms are registered. It is awaited and is no input: a
        # child that depends on its parent would never end.
        options = _options_of(self.resource)
        if options is not None and options.parent is not None:
            await options.parent.urn.future()
        return self._seen()

    def _seen(self) -> bool | None:
        return None if _transforms_are_registered() else _retains(self.resource)


def _retains(resource: pulumi.Resource | None) -> bool | None:
    """Whether the engine retains a resource, by its own option or else by its parent's.

    None where that is up to a parent whose class isn't ours: the SDK doesn't tell its options.
    """
    if resource is None or isinstance(resource, Stack):
        return False
    options = _options_of(resource)
    if options is None:
        return None
    if options.retain_on_delete is not None:
        return options.retain_on_delete
    return _retains(options.parent)


def _options_of(resource: pulumi.Resource) -> Options | None:
    return resource._options_seen if isinstance(resource, OptionsSeen) else None  # noqa: SLF001


def _transforms_are_registered() -> bool:
    """Whether the engine calls this program back for transforms, which may set any option.

    True also with an SDK that keeps them elsewhere.
    """
    try:
        from pulumi.runtime._callbacks import _CallbackServicer

        return any(servicer._transforms for servicer in _CallbackServicer._servicers)  # noqa: SLF001
    except (ImportError, AttributeError):
        return True
