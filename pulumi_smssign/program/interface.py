"""Interface of a vendor's `Signature`: arguments and outputs, as its class declares them.

It is read off the constructor and the annotations, which are evaluated once, when a program makes
the first of the class: most programs import more vendors than they declare signatures of.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, get_args, get_overloads

import pulumi


class Interface(NamedTuple):
    """The interface of a vendor's class."""

    fields: tuple[str, ...]
    """The vendor's own arguments."""
    defaults: Mapping[str, object]
    """Those that may be left out, and their values then."""
    evidence: frozenset[str]
    """Those that are proof files."""
    choices: Mapping[str, type[Enum]]
    """Those that are a choice, and of what."""
    outputs: frozenset[str]
    """The outputs: what the vendor tells, and arguments that may be left out."""
    texts: frozenset[str]
    """Those that are no arguments, and "" where there is nothing to tell."""
    converted: Mapping[str, type]
    """Those outputs and arguments that are no plain JSON, and what they are."""

    @classmethod
    def of(cls, resource: type, annotations: Mapping[str, str]) -> Interface:
        """The interface of a class whose annotations, of outputs, are these."""
        own = _evaluated(resource, annotations)
        constructor = constructor_of(resource)
        parameters = inspect.signature(constructor).parameters.values()
        fields = [each for each in parameters if each.kind is each.KEYWORD_ONLY]
        arguments = inspect.get_annotations(constructor, eval_str=True)
        kinds = {each.name: _classes_in(arguments[each.name]) for each in fields}
        return cls(
            fields=tuple(kinds),
            defaults={each.name: each.default for each in fields if each.default is not each.empty},
            evidence=frozenset(name for name in kinds if pulumi.FileAsset in kinds[name]),
            choices={
                name: kind for name in kinds for kind in kinds[name] if issubclass(kind, Enum)
            },
            outputs=frozenset(own),
            texts=frozenset(
                name for name in own.keys() - kinds.keys() if own[name] == pulumi.Output[str]
            ),
            converted={
                name: kind
                for name, annotation in own.items()
                for kind in _classes_in(annotation)
                if kind is int or issubclass(kind, Enum)
            },
        )


def constructor_of(resource: type) -> Any:  # noqa: ANN401 - a function of any form
    """The constructor with the keywords: the last overload, where there are some."""
    overloads = get_overloads(vars(resource)["__init__"])
    return overloads[-1] if overloads else vars(resource)["__init__"]


def _evaluated(resource: type, annotations: Mapping[str, str]) -> dict[str, Any]:
    holder = type(resource.__name__, (), {"__annotations__": annotations})
    holder.__module__ = resource.__module__
    return inspect.get_annotations(holder, eval_str=True)


@cache
def _classes_in(annotation: object) -> tuple[type, ...]:
    """The classes that an annotation names, however deep."""
    inner = tuple(each for part in get_args(annotation) for each in _classes_in(part))
    return (annotation, *inner) if isinstance(annotation, type) else inner
