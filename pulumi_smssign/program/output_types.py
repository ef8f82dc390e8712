"""Output types, which have the SDK convert the values of a dictionary.

The SDK makes a text a member of the enumeration that an annotation names, and a number an integer.
A TypedDict in an annotation ends the program: of dictionaries it knows plain ones, whose values it
leaves as they are, and its own output types.
"""

from __future__ import annotations

from typing import Any, get_type_hints

import pulumi


def output_type(shape: type) -> type[dict[str, Any]]:
    """The SDK's output type for a TypedDict.

    It equals a plain dictionary, which an output type of itself does not.
    """
    body = {
        "__annotations__": get_type_hints(shape),
        "__eq__": dict.__eq__,
        "__hash__": None,
        "__module__": __name__,
    }
    return pulumi.output_type(type(shape.__name__, (dict,), body))
