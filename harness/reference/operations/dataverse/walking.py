"""Bots from the store, by an index or page by page: never all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.reference.domain.bots import Bot
from harness.reference.domain.dataverse.tables import Value
from harness.reference.store.port import Question, Store

PAGE = 500


def texts(values: Sequence[Value]) -> tuple[str, ...]:
    """The ids and names among some values, each once."""
    return tuple(dict.fromkeys(value for value in values if isinstance(value, str)))


def walked(store: Store, organisation: str, question: Question) -> Iterator[Bot]:
    """The bots of a question, page by page."""
    after: str | None = None
    while True:
        page = store.page(organisation, Bot, after, PAGE, question)
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].id


def known(
    store: Store, organisation: str, field: str, values: Sequence[str], here: tuple[str, str]
) -> Iterator[Bot]:
    """The bots with these values in a field: the id when it has no name, else one of an index."""
    for value in values:
        if not field:
            bot = store.get(organisation, Bot, value)
            yield from (bot,) if bot else ()
        elif field == "name":
            # The index tells letters of either case alike, as a comparison of texts here does.
            yield from walked(store, organisation, Question(named=value, having=here))
        else:
            yield from store.find(organisation, Bot, field, value)
