"""What an agent must see of a conversation that a bot has handed over (ESC-06 to ESC-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch, told
from harness.expect.readings import note
from harness.protocol.conversations import Conversation, Line, Role
from harness.protocol.roles import Agent

LAST_PHRASE = ("va_LastPhrase", "va_LastPhrases")
"""The documents spell it both ways; a target may use either (specification 5.3)."""


@check
def is_notified_of(agent: Agent, conversation: str) -> Mismatch | None:
    """The conversation rings at the agent, without the agent asking for it."""
    return rings(agent, conversation)


@check
def alone_is_notified_of(
    agent: Agent, others: Sequence[Agent], conversation: str
) -> Mismatch | None:
    """The conversation rings at this agent, and when it does, at none of the others."""
    mismatch = rings(agent, conversation)
    for other in others:
        mismatch = mismatch or compare(_silent(other.name, conversation), other.notifications())
    return mismatch


def rings(agent: Agent, conversation: str) -> Mismatch | None:
    """Wait until the conversation rings at the agent; whoever asks decides what it means."""
    return eventually(agent.notifications, _rings(agent.name, conversation))


@check
def sees_whole_history(agent: Agent, conversation: str, told_to: Sequence[Line]) -> Mismatch | None:
    """Every line that customer and bot exchanged (`told_to` the customer) is there, in order."""
    return eventually(lambda: agent.reads(conversation), _has_lines(told_to))


@check
def sees_variable(agent: Agent, conversation: str, name: str, value: object) -> Mismatch | None:
    """The context has the variable, with exactly that value and type.

    Nothing may be handed over as null, as an empty text or not at all.
    """
    return eventually(lambda: agent.reads(conversation), _has_variable((name,), value))


@check
def sees_variables(agent: Agent, conversation: str, start: str, count: int) -> Mismatch | None:
    """So many variables of the context have names that begin so."""
    return eventually(lambda: agent.reads(conversation), _has_variables(start, count))


@check
def sees_last_phrase(agent: Agent, conversation: str, phrase: str) -> Mismatch | None:
    """The context has the customer's last words, under either documented name."""
    mismatch = eventually(lambda: agent.reads(conversation), _has_variable(LAST_PHRASE, phrase))
    if mismatch is None:
        context = _context(agent.reads(conversation))
        note("ESC-10", " and ".join(name for name in LAST_PHRASE if name in context))
    return mismatch


@check
def sees_topics(agent: Agent, conversation: str, topics: Sequence[str]) -> Mismatch | None:
    """`va_Topics` names these topics and no other one."""
    return eventually(lambda: agent.reads(conversation), _has_topics(topics))


@check
def sees_private_message(agent: Agent, conversation: str, text: str) -> Mismatch | None:
    """The private message is there, and `va_AgentMessage` says the same."""
    return eventually(lambda: agent.reads(conversation), _has_private_message(text))


@check
def sees_no_private_message(agent: Agent, conversation: str) -> Mismatch | None:
    """There is no private message, and `va_AgentMessage` is empty or missing (ESC-11).

    The hand-off's own variables are the witness: without them it has not arrived.
    """
    seen = eventually(lambda: agent.reads(conversation), _is_handed_over)
    return seen or compare(_has_no_private_message, agent.reads(conversation))


@check
def sees_linked_record(agent: Agent, conversation: str, kind: str, name: str) -> Mismatch | None:
    """The record of that kind and name is linked to the conversation (ESC-25)."""
    return eventually(lambda: agent.reads(conversation), _linked(kind, name))


@check
def sees_no_linked_record(agent: Agent, conversation: str, kind: str) -> Mismatch | None:
    """No record of that kind is linked, though the hand-off has arrived (ESC-25)."""
    seen = eventually(lambda: agent.reads(conversation), _is_handed_over)
    return seen or compare(_linked(kind, None), agent.reads(conversation))


@check
def sees_line(agent: Agent, conversation: str, text: str) -> Mismatch | None:
    """The customer's line arrives at the agent."""
    return eventually(lambda: agent.reads(conversation), _has_customer_line(text))


@check
def sees_customer_typing(agent: Agent, conversation: str) -> Mismatch | None:
    """The agent sees that the customer is typing."""
    return eventually(lambda: agent.reads(conversation), _typed)


def _context(conversation: Conversation) -> Mapping[str, object]:
    return {variable.name: variable.value for variable in conversation.context}


def _rings(agent: str, conversation: str) -> Matcher[Sequence[str]]:
    def match(ringing: Sequence[str]) -> Mismatch | None:
        if conversation in ringing:
            return None
        return Mismatch(f"conversation {conversation} to ring at {agent}", f"{list(ringing)}")

    return match


def _silent(agent: str, conversation: str) -> Matcher[Sequence[str]]:
    def match(ringing: Sequence[str]) -> Mismatch | None:
        if conversation not in ringing:
            return None
        return Mismatch(f"conversation {conversation} not to ring at {agent}", f"{list(ringing)}")

    return match


def _has_lines(told_to: Sequence[Line]) -> Matcher[Conversation]:
    wanted = [line.words for line in told_to if line.role in (Role.CUSTOMER, Role.BOT)]

    def match(conversation: Conversation) -> Mismatch | None:
        if not wanted:
            return Mismatch("a history to compare with", "that nothing was said", final=True)
        rest = iter(conversation.transcript)
        if all(any(_tells(line, text) for line in rest) for text in wanted):
            return None
        return Mismatch(f"the history {' / '.join(wanted)}", told(conversation.transcript))

    return match


def _tells(line: Line, text: str) -> bool:
    # Each client writes a card in its own way; the words beside it are the same.
    return line.text == text or (bool(line.cards) and text.startswith(line.text))


def _has_variable(names: Sequence[str], value: object) -> Matcher[Conversation]:
    def match(conversation: Conversation) -> Mismatch | None:
        context = _context(conversation)
        if "va_Scope" not in context and value is None:
            return Mismatch("a conversation that a bot handed over", f"only {sorted(context)}")
        found = next((context[name] for name in names if name in context), None)
        if _is_same(found, value) or (value is None and found == ""):
            return None
        seen = f"{found!r}" if found is not None else f"only {sorted(context)}"
        # What a hand-off has brought is complete: waiting longer brings nothing more.
        return Mismatch(f"{' or '.join(names)} with {value!r}", seen, "va_Scope" in context)

    return match


def _has_variables(start: str, count: int) -> Matcher[Conversation]:
    def match(conversation: Conversation) -> Mismatch | None:
        found = sum(name.startswith(start) for name in _context(conversation))
        if found == count:
            return None
        return Mismatch(f"{count} variables whose names begin with {start}", f"{found}")

    return match


def _is_same(found: object, value: object) -> bool:
    """Equal in value and type, all the way down; Python's True equals 1, a text's 1 does not."""
    if isinstance(found, list | tuple) and isinstance(value, list | tuple):
        return len(found) == len(value) and all(map(_is_same, found, value))
    if isinstance(found, Mapping) and isinstance(value, Mapping):
        return found.keys() == value.keys() and all(_is_same(found[k], value[k]) for k in value)
    return found == value and isinstance(found, bool) is isinstance(value, bool)


def _is_handed_over(conversation: Conversation) -> Mismatch | None:
    context = _context(conversation)
    if "va_Scope" in context:
        return None
    return Mismatch("a conversation that a bot handed over", f"only {sorted(context)}")


def _has_no_private_message(conversation: Conversation) -> Mismatch | None:
    variable = _context(conversation).get("va_AgentMessage")
    if not conversation.private_message and not variable:
        return None
    found = f"{conversation.private_message!r}, va_AgentMessage {variable!r}"
    return Mismatch("no private message, va_AgentMessage empty or missing", found, final=True)


def _linked(kind: str, name: str | None) -> Matcher[Conversation]:
    expected = f"the {kind} {name!r} linked" if name else f"no {kind} linked"

    def match(conversation: Conversation) -> Mismatch | None:
        found = [record.name for record in conversation.linked if record.kind == kind]
        if found == ([name] if name else []):
            return None
        return Mismatch(expected, ", ".join(found) or "none", final=name is None)

    return match


def _has_topics(topics: Sequence[str]) -> Matcher[Conversation]:
    def match(conversation: Conversation) -> Mismatch | None:
        found = _context(conversation).get("va_Topics")
        if isinstance(found, (list, tuple)) and sorted(found) == sorted(topics):
            return None
        return Mismatch(f"va_Topics with {sorted(topics)} alone", repr(found))

    return match


def _has_private_message(text: str) -> Matcher[Conversation]:
    def match(conversation: Conversation) -> Mismatch | None:
        variable = _context(conversation).get("va_AgentMessage")
        if conversation.private_message == text == variable:
            return None
        found = f"{conversation.private_message!r}, va_AgentMessage {variable!r}"
        return Mismatch(f"the private message {text!r}, va_AgentMessage the same", found)

    return match


def _has_customer_line(text: str) -> Matcher[Conversation]:
    def match(conversation: Conversation) -> Mismatch | None:
        lines = conversation.transcript
        if any(line.role is Role.CUSTOMER and text in line.words for line in lines):
            return None
        return Mismatch(f"a line of the customer with {text!r}", told(lines))

    return match


def _typed(conversation: Conversation) -> Mismatch | None:
    if conversation.customer_typing:
        return None
    return Mismatch("a sign that the customer types", "no such sign")
