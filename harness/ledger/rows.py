"""From what was said and what was shown to rows: one a message, whoever said or saw it.

Lines of the two sides are paired by id and text, then by either, then by what typography leaves of
a text, at last by likeness; the same way each pair finds the message that somebody sent.
"""

from __future__ import annotations

import sys
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from harness.ledger.book import Account, Look, Said, bare, drawn
from harness.protocol.conversations import Line, Role

ALIKE = 50
"""Percent of likeness from which a text is taken for another one, altered."""

LONGEST = 2000
"""Characters that are compared for likeness."""


class Kind(StrEnum):
    """What can become of a message."""

    LOST = "lost"
    DUPLICATED = "duplicated"
    REORDERED = "reordered"
    ALTERED = "altered"
    LEAKED = "leaked"
    BOT_TALKS = "bot talking after the transfer"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that went wrong with a message: kind, the message's number, the whole sentence."""

    kind: Kind
    number: int
    told: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.told}"


@dataclass(slots=True, eq=False)
class Row:
    """One message: who sent it, and where on each side it was shown (`*_at`: place, from 0)."""

    said: Said | None = None
    customer: Look | None = None
    desk: Look | None = None
    customer_at: int = 0
    desk_at: int = 0
    number: int = 0
    copy_of: Row | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def line(self) -> Line | None:
        """The message as the desk shows it, else as the customer sees it."""
        look = self.desk or self.customer
        return look.line if look else None

    @property
    def role(self) -> Role:
        """Who said it: the sender knows best, then the desk, then the customer's page."""
        if self.said:
            return self.said.role
        return self.line.role if self.line else Role.SYSTEM

    @property
    def text(self) -> str:
        """What was sent, else what was shown."""
        if self.said:
            return self.said.text
        return self.line.text if self.line else ""

    @property
    def words(self) -> str:
        """All that can be read of it: a page shows a card's words as part of the message."""
        cards = self.line.cards if self.line else ()
        return " ".join(filter(None, (self.text, *cards)))

    @property
    def texts(self) -> tuple[str, ...]:
        """The text on each side that shows it."""
        return tuple(look.line.text for look in (self.desk, self.customer) if look)


def rows(account: Account) -> list[Row]:
    """All messages of a conversation, in the order in which they were sent, numbered from 1."""
    found = _paired(account.at_desk, account.at_customer)
    _attribute(found, account.said)
    _find_copies(found)
    ordered = sorted(found, key=_order(found))
    number = 0
    for row in ordered:
        if row.copy_of is None:
            row.number = number = number + 1
    for row in ordered:
        if row.copy_of is not None:
            row.number = row.copy_of.number
    return ordered


def _paired(at_desk: Sequence[Look], at_customer: Sequence[Look]) -> list[Row]:
    found = [Row(desk=look, desk_at=at) for at, look in enumerate(at_desk)]
    left = [Row(customer=look, customer_at=at) for at, look in enumerate(at_customer)]

    def join(row: Row, with_: Row) -> None:
        row.customer, row.customer_at = with_.customer, with_.customer_at

    for key in (_by_id_and_text, _by_text, _by_id, _by_letters, _by_drawing):
        left = _joined(left, [row for row in found if row.customer is None], key, join)
    left = _joined_by_likeness(left, [row for row in found if row.customer is None], join)
    return found + left


def _attribute(found: list[Row], said: Sequence[Said]) -> None:
    """Give each row what was sent; what nobody was shown becomes a row of its own."""
    left = [Row(said=message) for message in said]

    def join(row: Row, with_: Row) -> None:
        row.said = with_.said

    free = [row for row in found if row.role in (Role.CUSTOMER, Role.AGENT) or _is_guess(row)]
    # Where the sides disagree, the sender's text is that of either.
    for key in (_by_text, _by_other_text, _by_letters, _by_drawing):
        left = _joined(left, [row for row in free if row.said is None], key, join)
    free = [row for row in free if row.said is None and not _repeats(row, found)]
    found.extend(_joined_by_likeness(left, free, join))


Key = Callable[[Row], Hashable]
Join = Callable[[Row, Row], None]


def _joined(left: list[Row], free: Iterable[Row], key: Key, join: Join) -> list[Row]:
    """Join what has the same key, the first with the first; what is left over."""
    if not left:
        return left
    by_key: defaultdict[Hashable, deque[Row]] = defaultdict(deque)
    for row in free:
        if (its := key(row)) is not None:
            by_key[its].append(row)
    rest = []
    for one in left:
        its = key(one)
        if its is not None and by_key.get(its):
            join(by_key[its].popleft(), one)
        else:
            rest.append(one)
    return rest


def _joined_by_likeness(left: list[Row], free: list[Row], join: Join) -> list[Row]:
    if not left or not free:
        return left
    # Loaded only when something does not fit.
    from rapidfuzz import fuzz  # noqa: PLC0415

    rest = []
    for one in left:

        def likeness(row: Row, one: Row = one) -> float:
            return fuzz.ratio(row.words[:LONGEST], one.words[:LONGEST])

        near = [row for row in free if _side(row) == _side(one)]
        best = max(near, key=likeness, default=None)
        if best is not None and (likeness(best) >= ALIKE or _has_cards(best)):
            free.remove(best)
            join(best, one)
        else:
            rest.append(one)
    return rest


def _side(row: Row) -> str:
    """Who may have said it. A page cannot always tell an agent from a bot."""
    role = row.role
    return "desk" if role in (Role.BOT, Role.AGENT) else role.value


def _is_guess(row: Row) -> bool:
    """Whether only a page's drawing says that it was a bot."""
    look = row.customer
    return row.role is Role.BOT and row.desk is None and look is not None and not look.line.id


def _has_cards(row: Row) -> bool:
    """Whether nobody can tell how a page writes it: what is drawn in its place is taken for it."""
    return bool(row.line and row.line.cards)


def _by_text(row: Row) -> Hashable:
    return _side(row), row.text


def _by_other_text(row: Row) -> Hashable:
    return _side(row), row.texts[-1] if row.texts else row.text


def _by_letters(row: Row) -> Hashable:
    return _side(row), bare(row.words)


def _by_drawing(row: Row) -> Hashable:
    return _side(row), bare(drawn(row.words))


def _by_id(row: Row) -> Hashable:
    return (_side(row), row.line.id) if row.line and row.line.id else None


def _by_id_and_text(row: Row) -> Hashable:
    return (_by_id(row), row.text) if row.line and row.line.id else None


def _find_copies(found: list[Row]) -> None:
    """What one side shows once more, or both sides though it was sent once."""
    for row in found:
        if row.said is None and row.role in (Role.CUSTOMER, Role.AGENT):
            row.copy_of = _repeats(row, found)
        elif row.said is None and row.role is Role.BOT and not (row.customer and row.desk):
            # A bot may repeat itself; a copy stands right beside what it repeats.
            row.copy_of = _neighbour(row, found)


def _repeats(row: Row, found: Iterable[Row]) -> Row | None:
    return next(
        (
            one
            for one in found
            if one is not row and one.said and row.text in (one.text, *one.texts)
        ),
        None,
    )


def _neighbour(row: Row, found: Iterable[Row]) -> Row | None:
    for one in found:
        if one is row or one.copy_of or one.role is not Role.BOT or row.text not in one.texts:
            continue
        if row.customer and one.customer and abs(row.customer_at - one.customer_at) == 1:
            return one
        if row.desk and one.desk and abs(row.desk_at - one.desk_at) == 1:
            return one
    return None


def _order(found: Sequence[Row]) -> Callable[[Row], tuple[int, int, int]]:
    """By when they were sent; what the cast did not send, behind what it stands behind."""
    sent = sorted(
        (row for row in found if row.said), key=lambda row: row.said.sent if row.said else 0
    )
    place = {id(row): number for number, row in enumerate(sent)}
    anchors: dict[int, tuple[int, int, int]] = {}
    for at, is_there in ((_desk_at, _at_desk), (_customer_at, _at_customer)):
        anchor = -1
        for row in sorted(filter(is_there, found), key=at):
            if row.said:
                anchor = max(anchor, place[id(row)])
            else:
                anchors[id(row)] = (anchor, 1, at(row))

    def order(row: Row) -> tuple[int, int, int]:
        return (place[id(row)], 0, 0) if row.said else anchors.get(id(row), (sys.maxsize, 1, 0))

    return order


def _desk_at(row: Row) -> int:
    return row.desk_at


def _customer_at(row: Row) -> int:
    return row.customer_at


def _at_desk(row: Row) -> bool:
    return row.desk is not None


def _at_customer(row: Row) -> bool:
    return row.customer is not None
