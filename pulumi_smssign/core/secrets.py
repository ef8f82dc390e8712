"""Registers a resource's secret values for redaction; every hook does so first.

A signature has personal data among its inputs, and the program may say that inputs are secret
(`config.require_secret`) or outputs (`additional_secret_outputs`). The engine encrypts an output
that has a secret input's name; what shows such an input under another name is sealed here. An
Approval may be asked for where no hook of its signatures has run, so it is given what they hold: as
a secret input, which the engine encrypts in state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_smssign.core.outputs import unfolded
from pulumi_smssign.core.predecessors import PREDECESSORS
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.findings import Problem
from pulumi_smssign.model.language import _
from pulumi_smssign.model.redaction import HIDDEN, keep_secret
from pulumi_smssign.model.vocabulary import HIDES, IN_CONFIDENCE, REVIEW

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor

_R = TypeVar("_R")
_MIRRORS = {"qualification_id": "qualification"}
"""The outputs that show an input under another name; `text` shows each vendor's own."""
_WORDS = frozenset({"text", "reason", "filing", "qualification"})
"""The parts of a review that have words."""
_SEALED = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
"""What makes an object a secret on Pulumi's wire (`sdk/go/common/resource/sig`)."""


def keep(props: Mapping[str, Any]) -> None:
    """Register the confidential values among a resource's properties for redaction."""
    keep_secret(_confidential(unfolded(props) if HIDES in props else props))


def _confidential(props: Mapping[str, Any]) -> Iterator[str]:
    yield from _texts(props.get(IN_CONFIDENCE))
    if props.get("vendor") in VENDORS:
        for name in named(props["vendor"]).rules.personal:
            yield from _texts(props.get(name))
    # An Approval's: its hooks may run where none of its signatures' has.
    for each in (props, *_entries(props, "signatures")):
        for name in hides(each):
            yield from _texts(each.get(name))
    for each in _entries(props, PREDECESSORS):
        if each.get("hidden"):
            yield from _texts(each.get("text"))


def hides(props: Mapping[str, Any]) -> frozenset[str]:
    """The names of the inputs and outputs that are secret, since the program says so."""
    if HIDES not in props:
        return frozenset()
    names = frozenset(_texts(props[HIDES]))
    if REVIEW in names:
        names |= _WORDS
    if names and props.get("vendor") in VENDORS:
        mirrors = {**_MIRRORS, named(props["vendor"]).rules.text_field: "text"}
        names |= {each for pair in mirrors.items() if names.intersection(pair) for each in pair}
    return names


def unless_secret(text: str, *outputs: str, of: Mapping[str, Any]) -> str:
    """A text for a message, hidden where the program calls one of these outputs secret."""
    return HIDDEN if text and hides(of).intersection(outputs) else text


def sealed(result: _R) -> _R:
    """A hook's result, of which the engine encrypts in state what mirrors a program's secret."""
    for name in ("inputs", "outs"):
        props = getattr(result, name, None)
        if isinstance(props, dict):
            setattr(result, name, _with_seals(props))
    return result


def clear_ids(vendor: Vendor, props: Mapping[str, Any]) -> Iterator[Problem]:
    """The doubt about a secret text that is the resource's id, which Pulumi keeps in clear."""
    name = vendor.rules.text_field
    if vendor.rules.identity == "text" and name in hides(props):
        yield Problem(
            name,
            _(
                "is a secret, but {vendor} knows a signature by its text: that is the resource's "
                "id, which Pulumi keeps in state and prints in clear",
                vendor=vendor.name,
            ),
        )


def _with_seals(props: Mapping[str, Any]) -> dict[str, Any]:
    sealed = dict(props)
    if any(hides(each) for each in _entries(props, "signatures")):
        sealed["reviews"] = _seal(props.get("reviews"))
    secret, review = hides(props), props.get(REVIEW)
    if secret and isinstance(review, Mapping):
        sealed[REVIEW] = {k: _seal(v) if k in secret else v for k, v in review.items()}
    if PREDECESSORS in props:
        sealed[PREDECESSORS] = [
            {**each, "text": _seal(each["text"])} if each.get("hidden") else each
            for each in _entries(props, PREDECESSORS)
        ]
    return sealed


def _seal(value: object) -> object:
    return {**_SEALED, "value": value} if value else value


def _entries(props: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    entries = props.get(name)
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping):
            yield entry


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable) and not isinstance(value, Mapping):
        for item in value:
            yield from _texts(item)
