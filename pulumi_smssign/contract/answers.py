"""Models of vendors' answers, which let new fields pass, and the error of an unreadable answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import httpx
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.contract.gateways import declared_charset, error_of
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.model.language import _, listed
from pulumi_smssign.model.redaction import sanitized, short, unbroken

_T = TypeVar("_T")

_EXACT = 2**53
"""The largest whole number that state holds exactly: the engine's numbers are doubles."""
_YEAR_2100 = 4_102_444_800
_MILLISECONDS = 1000

_MAY_BE_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
"""What half a character is written as in JSON, or the first half of a whole one."""
_NO_REASON = re.compile(
    r"\W*(无(审核)?(备注|意见|原因)?|no ((approval|review|audit) )?remarks?|none|null|n/a)\W*",
    re.IGNORECASE,
)
_LONGEST_NO_REASON = 40


def _unless_none(reason: str) -> str:
    says_none = len(reason) <= _LONGEST_NO_REASON and _NO_REASON.fullmatch(reason)
    return "" if says_none else reason


FreeText = Annotated[str, AfterValidator(sanitized)]
"""Text that people at the vendor wrote: one line, without controls and confidential values."""
Reason = Annotated[str, AfterValidator(_unless_none), AfterValidator(sanitized)]
"""A reviewer's reason; "" for words that say that there is none.

Alibaba Cloud's list has 无审核备注 ("No Approval Remarks") of what is approved or in review.
"""
Keyword = Annotated[str, AfterValidator(short)]
"""A keyword of the vendor's, such as a status; cut to the length of one."""
Name = Annotated[str, AfterValidator(unbroken)]
"""A signature's text or id: unredacted, since the program has it too, but on one line."""
Whole = Annotated[
    int | None,
    AfterValidator(lambda value: None if value is not None and abs(value) > _EXACT else value),
]
"""An optional whole number; None where state, whose numbers are doubles, can't hold it."""


class Tolerant(BaseModel):
    """Base model of an answer's part: unknown fields are ignored, values are in no error."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)


class UnreadableError(ValueError):
    """An answer that is not the vendor's protocol.

    Its text says what is wrong with it, in the language of the process and without a value.
    """


class EnvelopeError(UnreadableError):
    """An answer in the vendor's envelope that says nothing: its HTTP status does not count."""


class _TwiceError(ValueError):
    """An object that has one key twice: each reader believes another one."""


def document(response: httpx.Response) -> Mapping[str, Any] | None:
    """The JSON object in an answer's body; None for any other body, and for an ambiguous one.

    Half a character (a lone surrogate), which neither the engine nor a terminal takes, is a "?".
    """
    try:
        content = _parsed(_text(response)[0])
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, Mapping) else None


def _parsed(text: str) -> object:
    """The value that a JSON text has.

    Raises:
        _TwiceError: a key is in an object twice.
        ValueError, RecursionError: it is no JSON, or nested too deep.
    """
    content: object = json.loads(text, object_pairs_hook=_unambiguous)
    if not _MAY_BE_HALF.search(text):
        return content
    whole = json.dumps(content, ensure_ascii=False).encode(errors="replace")
    return json.loads(whole, object_pairs_hook=_unambiguous)


def _unambiguous(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise _TwiceError
    return content


def _text(response: httpx.Response) -> tuple[str, bool]:
    """An answer's text, and whether its charset is certain: Unicode, or the one that it names.

    Gateways write errors in GBK, of which GB18030 is the whole, and seldom say so.

    Raises:
        UnicodeError: it is in neither.
    """
    content = response.content
    try:
        return content.decode(json.detect_encoding(content), "surrogatepass"), True
    except UnicodeError:
        return content.decode("gb18030"), declared_charset(response).startswith("gb")


def _is_ambiguous(response: httpx.Response) -> bool:
    """Whether an answer in JSON has a key twice."""
    try:
        _parsed(_text(response)[0])
    except _TwiceError:
        return True
    except (ValueError, RecursionError):
        return False
    return False


def _may_be_misread(response: httpx.Response) -> bool:
    """Whether an answer's charset is a guess: a name in it may be another one."""
    try:
        return not _text(response)[1]
    except UnicodeError:
        return False  # nothing was read from it


def number(value: object) -> int | None:
    """A whole number, also a quoted one; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):  # True is an int in Python
        return None
    try:
        return int(value)
    except ValueError:
        return None


def moment(timestamp: object) -> str:
    """A vendor's Unix timestamp (seconds or milliseconds) in ISO 8601; "" where it is none."""
    try:
        seconds = float(timestamp)  # type: ignore[arg-type] # a vendor may send anything
        if seconds > _YEAR_2100:
            seconds /= _MILLISECONDS
        if not 0 < seconds <= _YEAR_2100:
            return ""
        return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")
    except (TypeError, ValueError, OverflowError):
        return ""


def ignore_body(body: object) -> object:
    """Parser for answers whose presence alone is the confirmation."""
    return body


def read_as(
    vendor: str,
    action: str,
    response: httpx.Response,
    read: Callable[[], _T],
    *,
    part: str = "",
) -> _T:
    """The parsed answer; `part` names the part of it that is read, for the error.

    Raises:
        SmsSignError: the fault that it reports.
        UnavailableError: it is not of the form that the vendor describes; no value is shown.
    """
    is_bare = False
    try:
        result = read()
    except Fault as fault:
        raise fault.error(vendor, action) from None
    except UnreadableError as error:
        is_ambiguous = _is_ambiguous(response)
        why = _("it has a key twice") if is_ambiguous else str(error)
        is_bare = not is_ambiguous and not isinstance(error, EnvelopeError)
    except ValidationError as error:
        names = {".".join(map(str, finding["loc"])) for finding in error.errors()}
        why = (
            _("{part} is not what the vendor describes", part=part)
            if part
            else _(
                "{names} is missing or not what the vendor describes", names=listed(sorted(names))
            )
        )
    # Only what an odd answer can raise: any other exception is a bug of ours, and shows as one.
    except (ValueError, TypeError, KeyError, ArithmeticError, OSError, RecursionError):
        why = (
            _("{part} is not what the vendor describes", part=part)
            if part
            else _("it is not what the vendor describes")
        )
    else:
        # With names misread, what was asked for would seem to be gone; an error's words may be odd.
        if not _may_be_misread(response):
            return result
        why = _("it is not in the charset that it should be in")
    raise unreadable(vendor, action, response, why, is_bare=is_bare) from None


def unreadable(
    vendor: str, action: str, response: httpx.Response, why: str, *, is_bare: bool = False
) -> SmsSignError:
    """The error of an answer that is not in the vendor's protocol.

    `is_bare` says that it has nothing of the vendor's envelope: then its HTTP status may prove what
    has become of the call.
    """
    return error_of(vendor, action, response, why, is_bare=is_bare)
