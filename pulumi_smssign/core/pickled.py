"""The pickled providers in state: for our resources none is loaded but ours."""

from __future__ import annotations

import base64
import io
import pickle
from functools import lru_cache
from typing import Any, Never

from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.model.language import _
from pulumi_smssign.model.urns import is_ours, type_of

_PROVIDERS = {
    ("pulumi_smssign.provider", "SignatureProvider"),
    ("pulumi_smssign.provider", "ApprovalProvider"),
}


class _Names(pickle.Unpickler):
    """Loads no class but ours."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as in the base class
        if (module, name) not in _PROVIDERS:
            _refuse(f"{module}.{name}"[:80])
        return super().find_class(module, name)


def must_be_ours(urn: str, provider: object) -> None:
    """Refuse a resource of ours whose state has another provider; nothing of it is loaded.

    Args:
        urn: the resource's URN; those of other packages pass.
        provider: base64 of the pickle, as Pulumi keeps it in `__provider`.

    Raises:
        SmsSignError: it is no pickle, or of something else.
    """
    if is_ours(type_of(urn)):
        _must_load_ours(str(provider))


@lru_cache(maxsize=8)
def _must_load_ours(provider: str) -> None:
    # All resources of a class have the same; one that is refused is none that is remembered.
    try:
        loaded = _Names(io.BytesIO(base64.b64decode(provider))).load()
    except SmsSignError:
        raise
    except Exception:  # noqa: BLE001 - what hostile bytes raise is anybody's guess
        _refuse(_("no pickle"))
    if (type(loaded).__module__, type(loaded).__qualname__) not in _PROVIDERS:
        _refuse(type(loaded).__name__)


def _refuse(other: str) -> Never:
    raise SmsSignError(
        _("the stack's state names another provider for this resource: {other}", other=other),
        advice=_(
            "find out who can write the state (`docs/settings.md`), and put an earlier one back "
            "with `pulumi stack import`."
        ),
    )
