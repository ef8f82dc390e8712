"""Files as parameters: OSS paths, uploaded elsewhere, in one JSON text."""

from __future__ import annotations

from pydantic import JsonValue

from pulumi_smssign.sandbox.received_text import read_json


def paths(text: str) -> list[str] | None:
    """Read the paths in a MoreData; None if it is no JSON array of strings."""
    try:
        document = read_json(text)
    except ValueError:
        return None
    if not isinstance(document, list):
        return None
    found = [each for each in document if isinstance(each, str)]
    return found if len(found) == len(document) else None


def recorded(text: str) -> JsonValue:
    """Give what is remembered of a MoreData: its paths, without what may open a file."""
    found = paths(text)
    return True if found is None else [path.partition("?")[0] for path in found]
