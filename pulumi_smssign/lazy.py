"""Lazy packages (PEP 562): the module of a name is imported when the name is first asked for."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any


def lazy(
    package: str, modules: Mapping[str, Sequence[str]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a package.

    Args:
        package: the package's `__name__`.
        modules: its modules, each with the names that the package shows of it.
    """
    homes = {name: module for module, names in modules.items() for name in names}

    def find(name: str) -> Any:  # noqa: ANN401 - whatever the module has
        if name in homes:
            value = getattr(import_module(f"{package}.{homes[name]}"), name)
            setattr(sys.modules[package], name, value)  # the next access doesn't come here
            return value
        if name in modules:
            return import_module(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return find, lambda: sorted({*vars(sys.modules[package]), *homes, *modules})


@contextmanager
def without_collections() -> Iterator[None]:
    """Imports that the garbage collector doesn't interrupt, and whose objects it passes over after.

    What they make stays for the process's life. The collector would go through all of it several
    times while it grows, and again while hooks run: a sixth of what the imports take.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_enabled:
            gc.enable()
