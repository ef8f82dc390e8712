"""The vendors as the tests know them: a module each, with `CASE`, `TABLE` and `REQUESTS`."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def of_vendor(vendor: str, name: str) -> Any:  # noqa: ANN401 - each is of its own type
    """A part of what the tests know of a vendor.

    Raises:
        LookupError: it isn't written yet.
    """
    try:
        return getattr(import_module(f"tests.vendors.{vendor}"), name)
    except (AttributeError, ModuleNotFoundError) as error:
        raise LookupError(
            f"tests/vendors/{vendor}.py lacks {name} ({error}): see docs/adding-a-vendor.md"
        ) from error
