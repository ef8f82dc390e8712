"""What a vendor's error codes mean, and the refusal that is raised from one."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_smssign.model.errors import SmsSignError


@dataclass(frozen=True)
class Meaning:
    """What a code means: the error it is, what happened in a few words, and what to do."""

    error: type[SmsSignError]
    what: str
    advice: str


LATER = "run it again in a while; nothing needs to be changed."
SUPPORT = "ask the vendor's support with the request id."
CONSOLE = "see the account in the vendor's console."
SUBMIT_ANEW = "run `pulumi refresh`, then `pulumi up` to submit it anew."
NEW_PREVIEW = "run `pulumi up` again: the preview will show what the change means now."
ALLOW_ADDRESS = "add the address in the vendor's console."
SMALLER_FILES = "use smaller proof files."


def refusal(
    vendor: str,
    action: str,
    meaning: Meaning,
    *,
    code: str,
    words: str = "",
    request_id: str = "",
) -> SmsSignError:
    """The error of a call that the vendor has refused.

    Args:
        vendor: the vendor's name.
        action: the call, as the vendor names it.
        meaning: what the code means.
        code: the vendor's code.
        words: the vendor's own words.
        request_id: what its support asks for.
    """
    return meaning.error(
        f"{vendor} refused {action}: {meaning.what}",
        vendor=vendor,
        action=action,
        code=code,
        words=words,
        request_id=request_id,
        advice=meaning.advice,
    )
