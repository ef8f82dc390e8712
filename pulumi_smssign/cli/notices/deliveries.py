"""Deliveries: each robot is told once of each thing that has moved since it was told last.

A robot is told first and remembered after, in the file of `--changed`. So a robot that fails is
told by the next run, and one whose answer is lost may be told twice; nothing is told to none.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pulumi_smssign.cli.display import counted, hidden_in
from pulumi_smssign.cli.inventory import changes
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.notices.messages import document_of_news, message_of
from pulumi_smssign.cli.notices.robots import LONGEST, TITLES, Robot, hint_of, post_of, refusal_of
from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.together import together
from pulumi_smssign.model.errors import RefusedError, SmsSignError
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.redaction import quote, short

if TYPE_CHECKING:
    import httpx

LONGEST_DELIVERY = 15.0
"""Seconds for a robot, with attempts to reach it; a gate does not wait longer for a chat."""


@dataclass(frozen=True)
class Delivery:
    """A delivery: how many things a robot was to be told, and why that failed or ""."""

    robot: Robot
    number: int
    trouble: str = ""

    def line(self, file: Path | None) -> str:
        """The delivery in a sentence for a log; `file` is where it is remembered."""
        changed = counted(self.number, mark("{number} change"), mark("{number} changes"))
        if not self.trouble:
            return _("{robot} was told of {changes}.", robot=self.robot.title, changes=changed)
        return _(
            "Warning: {robot} was not told of {changes}: {trouble}. The next run with --changed "
            "{file} tells it; the exit code is that of the signatures.",
            robot=self.robot.title,
            changes=changed,
            trouble=self.trouble,
            file=file,
        )

    def as_document(self) -> dict[str, object]:
        """The delivery for a program."""
        return {"robot": self.robot.name, "number": self.number, "trouble": self.trouble}


def lines_of(deliveries: Sequence[Delivery], file: Path | None) -> list[str]:
    """The deliveries in sentences for a log, where there was anything to tell."""
    return [delivery.line(file) for delivery in deliveries if delivery.number]


def deliver(
    robots: Sequence[Robot], stack: str, earlier: changes.Earlier, standings: Sequence[Standing]
) -> list[Delivery]:
    """Tell each robot what has moved since it was told last; never raises for one that fails."""
    return together(partial(_deliver, stack, earlier, standings), robots)


def remembered(
    earlier: changes.Earlier, standings: Sequence[Standing], deliveries: Sequence[Delivery]
) -> dict[str, Mapping[str, changes.Snapshot]]:
    """What each robot was told, by `Robot.key`; of one that failed it is as before."""
    delivered = dict(earlier.delivered)
    for delivery in deliveries:
        before = _delivered_to(delivery.robot, earlier)
        delivered[delivery.robot.key] = (
            before if delivery.trouble else changes.snapshots_after(before, standings)
        )
    return delivered


def _delivered_to(robot: Robot, earlier: changes.Earlier) -> Mapping[str, changes.Snapshot]:
    """What a robot was told; a new one counts as told of what was printed before it came."""
    return earlier.delivered.get(robot.key, earlier.snapshots)


def _deliver(
    stack: str, earlier: changes.Earlier, standings: Sequence[Standing], robot: Robot
) -> Delivery:
    since = replace(earlier, snapshots=_delivered_to(robot, earlier))
    # Nothing has moved where an account couldn't be asked; the exit code says that it couldn't.
    news = changes.compare(since, standings).without_troubles
    number = len(news.changed) + len(news.removed)
    if not number:
        return Delivery(robot, 0)
    try:
        _send(robot, news, stack)
    except SmsSignError as error:
        return Delivery(robot, number, error.summary)
    return Delivery(robot, number)


def _send(robot: Robot, news: changes.Changes, stack: str) -> None:
    """Send a message, by the clients' own rules of proxies, certificates, sizes and times.

    Raises:
        SmsSignError: it can't be reached, or doesn't take the message.
    """
    from pulumi_smssign.contract.transport import Call, Transport

    document = hidden_in(document_of_news(news, stack))
    text = message_of(news, stack, LONGEST.get(robot.kind))
    post = post_of(robot, text, document, time.time())
    address = urlsplit(post.url)
    host = f"{address.scheme}://{address.netloc.rpartition('@')[2]}"
    with closing(Transport(_(TITLES[robot.kind]), host)) as transport:
        request = transport.request(
            "POST",
            post.url,
            headers={"Content-Type": "application/json; charset=utf-8"},
            content=post.body,
        )
        with lifeline.within(LONGEST_DELIVERY):
            transport.exchange(Call(_("a message"), request, write=True), partial(_taken, robot))


def _taken(robot: Robot, response: httpx.Response) -> None:
    refusal = refusal_of(robot, response.status_code, response.content)
    if refusal is None:
        return
    code, words = refusal
    answer = ": ".join(filter(None, (short(code), quote(words))))
    if hint := hint_of(robot, code):
        raise RefusedError(_("it answered {answer} ({hint})", answer=answer, hint=hint))
    raise RefusedError(_("it answered {answer}", answer=answer))


class Herald:
    """The deliveries of a watch: each look is told and remembered; a failure is named once.

    Args:
        file: the file of `--changed`.
        robots: the robots that are told.
    """

    def __init__(self, file: Path, robots: Sequence[Robot]) -> None:
        self._file = file
        self._robots = robots
        self._earlier = changes.read(file)
        self._troubles: dict[str, str] = {}

    def tell(self, stack: str, standings: Sequence[Standing]) -> dict[str, str]:
        """Tell the robots of a look; new lines for a log, by `Robot.key`.

        Raises:
            InputError: the file can't be written.
        """
        deliveries = deliver(self._robots, stack, self._earlier, standings)
        delivered = remembered(self._earlier, standings, deliveries)
        self._earlier = changes.write(self._file, self._earlier, standings, delivered)
        troubles = self._troubles
        # A robot that goes on failing is asked at each look, and fills no log with that.
        lines = {
            each.robot.key: each.line(self._file)
            for each in deliveries
            if each.number and (not each.trouble or each.trouble != troubles.get(each.robot.key))
        }
        self._troubles = {each.robot.key: each.trouble for each in deliveries}
        return lines
