"""Registers a resource's secret values for redaction; every hook does so first.

A signature has personal data among its inputs, and the program may say that outputs are secret
(`additional_secret_outputs`). An Approval may be asked for where no hook of its signatures has run,
so it is given what they hold: as a secret input, which the engine encrypts in state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.redaction import HIDDEN, keep_secret
from pulumi_smssign.model.vocabulary import HIDES, IN_CONFIDENCE


def keep(props: Mapping[str, Any]) -> None:
    """Register the confidential values among a resource's properties for redaction."""
    keep_secret(_texts(props.get(IN_CONFIDENCE)))
    if props.get("vendor") in VENDORS:
        application = named(props["vendor"]).application
        application.keep_personal_data_secret(props)
        _keep_text(props, application.text_field)
    # An Approval's: its hooks may run where none of its signatures' has.
    targets = props.get("signatures")
    for target in targets if isinstance(targets, list) else ():
        if isinstance(target, Mapping):
            _keep_text(target)


def hides(props: Mapping[str, Any]) -> frozenset[str]:
    """The names of the outputs that the program calls secret."""
    return frozenset(_texts(props.get(HIDES)))


def unless_secret(text: str, *outputs: str, of: Mapping[str, Any]) -> str:
    """A text for a message, hidden where the program calls one of these outputs secret."""
    return HIDDEN if text and hides(of).intersection(outputs) else text


def _keep_text(props: Mapping[str, Any], *names: str) -> None:
    if hides(props) & {"text", *names}:
        keep_secret(_texts([props.get(name) for name in ("text", *names)]))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable) and not isinstance(value, Mapping):
        for item in value:
            yield from _texts(item)
