"""The messages of errors that a command shows: each with its facts, so that it can be translated.

The sandbox's room has none of the clients' code, so no catalogue: it speaks English, and `smssign
sandbox` says the same in the user's language.
"""

from __future__ import annotations


class MessageError(Exception):
    """An error with a message whose places `{name}` stand for the facts.

    The catalogue's tool knows its classes by their names.
    """

    def __init__(self, message: str, /, **facts: object) -> None:
        super().__init__(message.format(**facts))
        self.message = message
        self.facts = facts


class OrderError(MessageError, ValueError):
    """What the sandbox is told to do can't be done; the message says why."""
