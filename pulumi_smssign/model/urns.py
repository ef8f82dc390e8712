"""URNs: the engine's names of resources."""

from __future__ import annotations


def name_of(urn: str) -> str:
    """The resource's name: what follows the type in its URN; it may have `::` in it."""
    parts = urn.split("::", 3)
    return parts[3] if len(parts) == 4 else urn.rpartition("::")[2]  # noqa: PLR2004
