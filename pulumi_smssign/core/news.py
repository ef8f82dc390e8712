"""News of a signature since a stack last looked, in sentences for its row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_smssign.core.secrets import unless_secret
from pulumi_smssign.model.filing import QualificationState
from pulumi_smssign.model.language import _, labelled, listed
from pulumi_smssign.model.redaction import quote, short

if TYPE_CHECKING:
    from pulumi_smssign.core.state import State
    from pulumi_smssign.model.review import Review


@dataclass(frozen=True)
class News:
    """A sentence about a change; `is_warning` where a person has to act."""

    text: str
    is_warning: bool = False


def news_of(state: State, review: Review, *, is_earlier: bool) -> Iterator[News]:
    """The news between what a state says and a review.

    Args:
        state: what the stack last knew.
        review: what the vendor says now.
        is_earlier: whether it goes on showing what was before a change in place.
    """
    name = f"【{review.text}】 ({review.id})"
    if state.status not in ("", str(review.status)):
        reason = unless_secret(quote(review.reason), "reason", of=state.outputs)
        news = _(
            "{name} is {status} (was {before})",
            name=name,
            status=review.status.label,
            before=_(state.status),
        )
        yield News(labelled(news, reason) if reason else news)
    yield from _of_papers(state, review, name)
    # While the earlier version is shown, the edit has no verdict yet.
    if not is_earlier and state.edit_status and review.usable:
        yield News(_("the edit of {name} is {status}", name=name, status=review.status.label))


def _of_papers(state: State, review: Review, name: str) -> Iterator[News]:
    """News of the filing and of the qualification.

    An approval stays when the one is lost or the other withdrawn, and texts arrive no more.
    """
    known, filing, papers = state.outputs, review.filing, review.qualification
    before = (known.get("filing") or {}).get("state")
    if before not in (None, str(filing.state)):
        reasons = unless_secret(quote(listed(filing.reasons)), "filing", "reason", of=known)
        news = _(
            "the filing of {name} with the carriers is {filing} (was {before})",
            name=name,
            filing=filing,
            before=_(str(before)),
        )
        news = labelled(news, reasons) if reasons else news
        if filing.is_lost:
            mend = _(
                "{news}. Texts may not arrive any more; mend it in the vendor's console.", news=news
            )
            yield News(mend, is_warning=True)
        else:
            yield News(news)
    was = (known.get("qualification") or {}).get("state")
    if was == QualificationState.APPROVED and papers.state is not QualificationState.APPROVED:
        called = unless_secret(quote(papers.name) or short(papers.id), "qualification", of=known)
        yield News(
            _(
                "the qualification {papers} of {name} is {state} (was {before}). Its filing may be "
                "lost with it; mend it in the vendor's console.",
                papers=called,
                name=name,
                state=papers.state.label,
                before=_(str(was)),
            ),
            is_warning=True,
        )
