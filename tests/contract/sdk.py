"""A vendor's official SDK as the tests drive it: five operations, and the code of an error."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from pulumi_smssign.sandbox import RunningSandbox

TEXT = "极客科技"


@dataclass(frozen=True)
class Shown:
    """A signature as an SDK shows it; the status is raw."""

    text: str
    status: str
    reason: str = ""


class Sdk(ABC):
    """One account's client, unchanged; `key` are the SDK's own settings, other than the usual.

    `error` is what the SDK raises for a refusal, `lost` for an answer that never came.
    """

    error: ClassVar[type[Exception]]
    lost: ClassVar[type[Exception]]

    @abstractmethod
    def __init__(self, served: RunningSandbox, **key: Any) -> None: ...  # noqa: ANN401

    @abstractmethod
    def submit(self, **changes: Any) -> str:  # noqa: ANN401 - as the SDK's models have them
        """Submit an application without a flaw, some of it changed; the id."""

    @abstractmethod
    def show(self, signature: str = TEXT) -> Shown: ...

    @abstractmethod
    def change(self, signature: str = TEXT, **changes: Any) -> object: ...  # noqa: ANN401

    @abstractmethod
    def delete(self, signature: str = TEXT) -> object: ...

    @abstractmethod
    def code_of(self, error: Any) -> str:  # noqa: ANN401 - each SDK's has a type of its own
        """The code of an error, which has all that the SDK knows of an error."""

    def refused(self, call: Callable[..., object], *values: object, **fields: object) -> str:
        """The code of the error that a call meets."""
        with pytest.raises(self.error) as refused:
            call(*values, **fields)
        return self.code_of(refused.value)
