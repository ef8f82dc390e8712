"""Messages of a validation's findings: our own as they are, pydantic's in Chinese where asked for.

A message of ours comes as the text of a `ValueError`, already in the language of the process.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pulumi_smssign.model.language import ENGLISH, _, language, mark

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_OURS = "Value error, "
"""What pydantic puts before the text of a `ValueError`."""
_TEXT, _NUMBER, _WHOLE = (
    mark("Input should be a valid string"),
    mark("Input should be a valid number"),
    mark("Input should be a valid integer"),
)
_YES_OR_NO, _LIST, _FILE = (
    mark("Input should be a valid boolean"),
    mark("Input should be a valid list"),
    mark("Input should be the path of a file"),
)
_FORM = mark("String does not have the form that it should have")
_MESSAGES: Mapping[str, str] = {
    "missing": mark("Field required"),
    "extra_forbidden": mark("Extra inputs are not permitted"),
    "string_type": _TEXT,
    "string_sub_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": mark("String should have at least {min_length} characters"),
    "string_too_long": mark("String should have at most {max_length} characters"),
    "string_pattern_mismatch": _FORM,
    "too_short": mark("There should be at least {min_length} items"),
    "too_long": mark("There should be at most {max_length} items"),
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than": mark("Input should be greater than {gt}"),
    "greater_than_equal": mark("Input should be greater than or equal to {ge}"),
    "less_than": mark("Input should be less than {lt}"),
    "less_than_equal": mark("Input should be less than or equal to {le}"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "is_instance_of": _LIST,
    "sequence_str": _LIST,
    "model_type": _FILE,
    "model_attributes_type": _FILE,
    "dict_type": _FILE,
    "literal_error": mark("Input should be {expected}"),
    "enum": mark("Input should be {expected}"),
}
"""Pydantic's findings by type. The English ones are the catalogue's keys and never shown: the
English message is pydantic's own, with its release's words."""


def reason_of(finding: ErrorDetails) -> str:
    """The message of a finding, without pydantic's prefix."""
    text = finding["msg"].removeprefix(_OURS)
    if language() == ENGLISH or finding["type"] not in _MESSAGES:
        return text
    return _(_MESSAGES[finding["type"]]).format(**finding.get("ctx", {}))
