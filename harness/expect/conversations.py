"""What state a conversation must be in, and whether the bot takes part (ESC, OCA, INA)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.errors import Inconclusive
from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch, holds, told
from harness.protocol.conversations import Closure, Conversation, Line, Role, State
from harness.protocol.roles import Agent, Customer, OutsideBot, Reader

Witness = Callable[[], Mismatch | None]
"""Makes something happen after what is judged, and waits until the customer has seen it."""

ERROR = "Error code:"
"""What the documented run-time apology carries; the service speaks there, not the bot."""


@check
def is_open(desk: Reader, conversation: str) -> Mismatch | None:
    """It waits in a queue, assigned to nobody."""
    return eventually(lambda: desk.reads(conversation), stands(State.OPEN))


@check
def is_active(desk: Reader, conversation: str, holder: str | None = None) -> Mismatch | None:
    """Somebody holds it: whoever it may be, or the `holder` of that name."""
    return eventually(lambda: desk.reads(conversation), stands(State.ACTIVE, holder))


@check
def is_in_queue(desk: Reader, conversation: str, queue: str) -> Mismatch | None:
    """It waits in the queue of that name, assigned to nobody (ESC-15, ESC-33)."""
    return eventually(lambda: desk.reads(conversation), _waits_in(queue))


@check
def is_with_bot(desk: Reader, conversation: str, bot: str) -> Mismatch | None:
    """The bot of that name holds it."""
    return eventually(lambda: desk.reads(conversation), stands(State.ACTIVE, bot, Role.BOT))


@check
def stays_with_bot(desk: Reader, conversation: str, witness: Witness) -> Mismatch | None:
    """No transfer came about: a bot holds it, now and after it has spoken once more.

    The bot's next words are the witness: a transfer that was under way would be done by then.
    """
    with_bot = stands(State.ACTIVE, None, Role.BOT)
    gone = compare(with_bot, desk.reads(conversation))
    if gone is not None:
        return gone
    try:
        late = witness()
    except Inconclusive:
        # The bot says nothing: because it has let go, or because it knows no answer.
        if gone := compare(with_bot, desk.reads(conversation)):
            return gone
        raise
    return late or compare(with_bot, desk.reads(conversation))


@check
def is_in_wrap_up(desk: Reader, conversation: str) -> Mismatch | None:
    """Its agent has ended it and not yet closed it."""
    return eventually(lambda: desk.reads(conversation), stands(State.WRAP_UP))


@check
def is_closed(desk: Reader, conversation: str) -> Mismatch | None:
    """It is over for good."""
    return eventually(lambda: desk.reads(conversation), stands(State.CLOSED))


@check
def is_closed_by(desk: Reader, conversation: str, reason: Closure) -> Mismatch | None:
    """It is over for good, and the desk says by whom."""
    return eventually(lambda: desk.reads(conversation), _closed_by(reason))


@check
def has_no_bot_line(customer: Customer) -> Mismatch | None:
    """No bot has answered what the customer said.

    The witness is whatever the service puts after the customer's own line (the documented
    apology, or words about the queue): only then is a missing answer of the bot missing. Raises
    Inconclusive where nobody says anything, which no document forbids.
    """
    _wait_for_reaction(customer)
    return compare(_no_bot, customer.transcript())


@check
def bot_has_stopped(customer: Customer) -> Mismatch | None:
    """A bot that has spoken in this chat has not answered what the customer said last.

    The witness is whatever the service puts after those words, as for `has_no_bot_line`.
    """
    _wait_for_reaction(customer)
    return compare(_no_bot, _since_last_words(customer.transcript()))


@check
def bot_stays_silent(customer: Customer, agent: Agent, conversation: str) -> Mismatch | None:
    """Since the agent joined, the bot has said nothing, though the customer has spoken.

    The agent's next line is the witness: when the customer sees it, the bot's turn is past.
    """
    witness = arrives(customer, agent, conversation)
    since = _since_join(customer.transcript())
    return witness or compare(_spoken, since) or compare(_no_bot, since)


def arrives(customer: Customer, speaker: Agent | OutsideBot, conversation: str) -> Mismatch | None:
    """Let whoever holds it say something until the customer sees it: a witness that time passed.

    Everything that the target sent the customer before is there by then, the thread being in order.
    """
    words = f"One moment please, {customer.name}."
    speaker.says(conversation, words)
    return eventually(customer.transcript, holds(words))


def answers(customer: Customer, words: str) -> Mismatch | None:
    """Let the customer say something, and wait for what the bot makes of it: the same witness.

    A bot that knows no answer is not wrong, so without one there is nothing to judge by.
    """
    before = len(customer.transcript())
    customer.says(words)
    missing = eventually(customer.transcript, _has_bot_line_after(before))
    if missing:
        raise Inconclusive(
            f"the bot does not answer {words!r}, so nothing shows that time has passed: {missing}"
        )
    return None


def stands(
    state: State, holder: str | None = None, role: Role | None = None
) -> Matcher[Conversation]:
    """Matches a conversation in that state, held by whoever has that name and role."""
    whom = holder or (f"a {role.value}" if role else "")
    expected = f"a conversation that is {state.value}" + (f", held by {whom}" if whom else "")

    def match(seen: Conversation) -> Mismatch | None:
        held = seen.assignee.name if seen.assignee else "nobody"
        holds_it = seen.assignee.role if seen.assignee else None
        if seen.state is state and holder in (None, held) and role in (None, holds_it):
            return None
        # Closed is terminal: no other state can follow, so waiting longer is of no use.
        final = seen.state is State.CLOSED
        return Mismatch(expected, f"{seen.state.value}, held by {held}", final)

    return match


def _closed_by(reason: Closure) -> Matcher[Conversation]:
    def match(seen: Conversation) -> Mismatch | None:
        if seen.state is State.CLOSED and seen.closure is reason:
            return None
        found = f"{seen.state.value}, {seen.closure.value if seen.closure else 'no reason'}"
        final = seen.state is State.CLOSED
        return Mismatch(f"a conversation that is Closed, {reason.value}", found, final)

    return match


def _waits_in(queue: str) -> Matcher[Conversation]:
    def match(seen: Conversation) -> Mismatch | None:
        if seen.state is State.OPEN and seen.queue == queue:
            return None
        found = f"{seen.state.value}, in the queue {seen.queue}"
        return Mismatch(f"a conversation that waits in the queue {queue}", found)

    return match


def _wait_for_reaction(customer: Customer) -> None:
    silent = eventually(customer.transcript, _is_answered)
    if silent is not None:
        raise Inconclusive(
            f"whether the bot has stopped cannot be seen: {silent}. Let the target say something"
            " there, or wait longer for it (waits.delivery)"
        )


def _is_answered(lines: Sequence[Line]) -> Mismatch | None:
    spoken = [index for index, line in enumerate(lines) if line.role is Role.CUSTOMER]
    if spoken and len(lines) > spoken[-1] + 1:
        return None
    return Mismatch("a line of the customer and some reaction to it", told(lines))


def _no_bot(lines: Sequence[Line]) -> Mismatch | None:
    spoken = [line for line in lines if line.role is Role.BOT and ERROR not in line.text]
    return Mismatch("no line of a bot", told(spoken), final=True) if spoken else None


def _since_join(lines: Sequence[Line]) -> Sequence[Line]:
    agents = [index for index, line in enumerate(lines) if _is_of_desk(line)]
    return lines[agents[0] :] if agents else ()


def _since_last_words(lines: Sequence[Line]) -> Sequence[Line]:
    spoken = [index for index, line in enumerate(lines) if line.role is Role.CUSTOMER]
    return lines[spoken[-1] :] if spoken else ()


def _is_of_desk(line: Line) -> bool:
    return line.role is Role.AGENT or (line.role is Role.SYSTEM and "joined" in line.text)


def _spoken(lines: Sequence[Line]) -> Mismatch | None:
    if any(line.role is Role.CUSTOMER for line in lines):
        return None
    return Mismatch("an agent who joined and a customer who spoke then", told(lines), final=True)


def _has_bot_line_after(count: int) -> Callable[[Sequence[Line]], Mismatch | None]:
    def match(lines: Sequence[Line]) -> Mismatch | None:
        if any(line.role is Role.BOT for line in lines[count:]):
            return None
        return Mismatch("an answer of the bot", told(lines[count:]))

    return match
