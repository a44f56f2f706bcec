"""What went wrong with the messages of a conversation, each finding with the message's number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from harness.ledger.book import Account, Look, bare, drawn
from harness.ledger.rows import Finding, Kind, Row, rows
from harness.protocol.conversations import Role

WORDS = 3
"""From so many words on, a private text is looked for inside of other lines, too."""

SHOWN = 60
"""Characters of a message that a finding quotes."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A conversation's ledger: its messages in order, and what is wrong with them."""

    account: Account
    rows: Sequence[Row]
    findings: Sequence[Finding]

    def of(self, kind: Kind) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.findings if finding.kind is kind]

    def is_last(self, lost: Finding) -> bool:
        """Whether no later message was shown to whoever lacks this one."""
        here = next(at for at, row in enumerate(self.rows) if lost in row.findings)
        later = self.rows[here + 1 :]
        row = self.rows[here]
        at_desk = row.role is Role.CUSTOMER or (row.role is not Role.AGENT and row.desk is None)
        return not any(row.desk if at_desk else row.customer for row in later)


def reconciled(account: Account) -> Reconciled:
    """Hold what was said against what each side was shown; changes nothing of the account."""
    found = rows(account)
    for row in found:
        for kind, told in _judged(row, account):
            row.findings.append(Finding(kind, row.number, told))
    for kind, row, told in (*_reordered(found, account), *_bot_talks(found, account)):
        row.findings.append(Finding(kind, row.number, told))
    return Reconciled(account, found, [finding for row in found for finding in row.findings])


def who(row: Row, account: Account) -> str:
    """Who said a message, by the name that people know."""
    if row.role is Role.CUSTOMER:
        return account.customer
    if row.said:
        return row.said.who
    return (row.line.name if row.line else "") or row.role.value


def moment(instant: float) -> str:
    """An instant as the log of exchanges writes it, in UTC."""
    return datetime.fromtimestamp(instant, UTC).strftime("%H:%M:%S.%f")[:-3]


def _named(row: Row, account: Account) -> str:
    return f"message {row.number} ({who(row, account)}: {_quoted(row.words)})"


def _quoted(text: str) -> str:
    return f'"{text[:SHOWN]}…"' if len(text) > SHOWN else f'"{text}"'


def _judged(row: Row, account: Account) -> Iterator[tuple[Kind, str]]:
    named = _named(row, account)
    if row.copy_of is not None:
        seen = account.customer if row.customer else account.desk
        both = f" and {account.desk}" if row.customer and row.desk else ""
        yield Kind.DUPLICATED, f"{named} was sent once and is shown to {seen}{both} once more"
        return
    if missed := _missed_by(row, account):
        yield Kind.LOST, f"{named} {_began(row, account)} and never shown to {missed}"
    for seen, shown in _altered(row, account):
        yield Kind.ALTERED, f"{named} is shown to {seen} as {_quoted(shown)}"
    if _is_leak(row, account):
        yield Kind.LEAKED, f"{named} is for agents only and was shown to {account.customer}"


def _began(row: Row, account: Account) -> str:
    if row.said and row.said.accepted:
        return f"was accepted at {moment(row.said.accepted)}"
    look = row.customer or row.desk
    seen = account.customer if row.customer else account.desk
    return f"was shown to {seen} at {moment(look.first)}" if look else "was sent"


def _missed_by(row: Row, account: Account) -> str:
    """Who should have been shown it and never was; nobody where that side cannot be judged."""
    if row.role is Role.SYSTEM or (row.said and not row.said.accepted):
        return ""
    if row.said is None and row.role is not Role.BOT:
        return ""  # Not the cast's: nobody knows whom it was for.
    if row.desk is None and row.role is not Role.AGENT and not account.desk_unseen:
        return account.desk
    if row.customer is None and row.role is not Role.CUSTOMER and not account.customer_unseen:
        line = row.desk.line if row.said is None and row.desk else None
        is_spared = line is not None and (line.is_private or line.may_be_hidden)
        # A page draws nothing of a text that is markup alone.
        return account.customer if drawn(drawn(row.words)) and not is_spared else ""
    return ""


def _altered(row: Row, account: Account) -> Iterator[tuple[str, str]]:
    """Who was shown another text, and which."""
    if row.role is Role.SYSTEM:
        return
    if row.said:
        for name, look in ((account.customer, row.customer), (account.desk, row.desk)):
            if look and _differs(row.said.text, look):
                yield name, look.line.text
    elif row.customer and row.desk and row.customer.line.id:
        shown, meant = row.customer.line.text, row.desk.line.text
        if shown != meant and not row.desk.line.cards:
            yield account.customer, shown


def _differs(sent: str, look: Look) -> bool:
    if look.line.id:
        return sent != look.line.text
    # Only drawn: Markdown and typography are not the text's.
    return bare(look.line.text) not in (bare(sent), bare(drawn(sent)))


def _is_leak(row: Row, account: Account) -> bool:
    """Whether the customer was shown what is for agents only."""
    if row.customer is None or row.role is Role.CUSTOMER:
        return False
    if row.desk and row.desk.line.is_private and row.said is None:
        return True
    shown = bare(row.customer.line.text).casefold()
    for text in account.private:
        private = bare(text).casefold()
        if private == shown or (private in shown and len(text.split()) >= WORDS):
            return True
    return False


def _reordered(found: Sequence[Row], account: Account) -> Iterator[tuple[Kind, Row, str]]:
    """Messages that stand elsewhere than where they were sent, as few as explain it."""
    kept = [row for row in found if row.copy_of is None and row.role is not Role.SYSTEM]
    index = {id(row): number for number, row in enumerate(kept)}
    sides: tuple[tuple[str, Callable[[Row], Look | None], Callable[[Row], int]], ...] = (
        (account.customer, lambda row: row.customer, lambda row: row.customer_at),
        (account.desk, lambda row: row.desk, lambda row: row.desk_at),
    )
    told: set[int] = set()
    for name, look, at in sides:
        shown = sorted((r for r in kept if (seen := look(r)) and not seen.is_gone), key=at)
        places = [index[id(row)] for row in shown]
        if all(one < next_ for one, next_ in pairwise(places)):
            continue
        for here in _out_of_place(places):
            row = shown[here]
            if id(row) not in told:
                told.add(id(row))
                yield Kind.REORDERED, row, _stands(row, shown, here, index, name, account)


def _stands(
    row: Row, shown: Sequence[Row], here: int, index: dict[int, int], name: str, account: Account
) -> str:
    mine = index[id(row)]
    ahead = [one for one in shown[:here] if index[id(one)] > mine]
    if ahead:
        return f"{_named(row, account)} stands after message {ahead[0].number} for {name}"
    behind = [one for one in shown[here + 1 :] if index[id(one)] < mine]
    return f"{_named(row, account)} stands before message {behind[-1].number} for {name}"


def _out_of_place(places: Sequence[int]) -> list[int]:
    """Where a sequence leaves the longest ascending one that is in it."""
    tails: list[int] = []
    at: list[int] = []
    for place in places:
        length = bisect_left(tails, place)
        tails[length : length + 1] = [place]
        at.append(length)
    wanted, kept = len(tails) - 1, set()
    for here in range(len(places) - 1, -1, -1):
        if at[here] == wanted:
            kept.add(here)
            wanted -= 1
    return [here for here in range(len(places)) if here not in kept]


def _bot_talks(found: Sequence[Row], account: Account) -> Iterator[tuple[Kind, Row, str]]:
    """What a bot said behind something that shows that a person had the conversation."""
    with_person: list[Row] = []
    held = f", when {account.holder} held the conversation" if account.holder else ""
    for row in found:
        if _shows_person(row, account):
            with_person.append(row)
        elif with_person and _is_bots_word(row) and not _is_bots_again(row, account):
            ahead = next((one for one in with_person if _precedes(one, row)), None)
            if ahead:
                told = f"{_named(row, account)} came after {_named(ahead, account)}{held}"
                yield Kind.BOT_TALKS, row, told


def _is_bots_word(row: Row) -> bool:
    """Whether the customer was shown it and somebody knows that a bot said it."""
    look = row.customer
    return row.role is Role.BOT and look is not None and bool(row.desk or look.line.id)


def _precedes(one: Row, other: Row) -> bool:
    """Whether one stands before the other on every side that shows both."""
    at_customer = one.customer_at < other.customer_at or not (one.customer and other.customer)
    return at_customer and (one.desk_at < other.desk_at or not (one.desk and other.desk))


def _shows_person(row: Row, account: Account) -> bool:
    if row.said:
        return bool(row.said.with_person and row.said.accepted)
    line = row.line
    if line is None or not account.holder or row.role is not Role.SYSTEM:
        return row.role is Role.AGENT
    return account.holder in line.text and "joined" in line.text


def _is_bots_again(row: Row, account: Account) -> bool:
    return row.desk is not None and any(
        before <= row.desk_at < after for before, after in account.bot_again
    )
