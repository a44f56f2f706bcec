"""What an agent must see of a conversation that a bot has handed over (ESC-06 to ESC-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch, told
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
def sees_variable(agent: Agent, conversation: str, name: str, value: str) -> Mismatch | None:
    """The context has the variable, with exactly that value."""
    return eventually(lambda: agent.reads(conversation), _has_variable((name,), value))


@check
def sees_last_phrase(agent: Agent, conversation: str, phrase: str) -> Mismatch | None:
    """The context has the customer's last words, under either documented name."""
    return eventually(lambda: agent.reads(conversation), _has_variable(LAST_PHRASE, phrase))


@check
def sees_topics(agent: Agent, conversation: str, topics: Sequence[str]) -> Mismatch | None:
    """`va_Topics` names these topics and no other one."""
    return eventually(lambda: agent.reads(conversation), _has_topics(topics))


@check
def sees_private_message(agent: Agent, conversation: str, text: str) -> Mismatch | None:
    """The private message is there, and `va_AgentMessage` says the same."""
    return eventually(lambda: agent.reads(conversation), _has_private_message(text))


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
    wanted = [line.text for line in told_to if line.role in (Role.CUSTOMER, Role.BOT)]

    def match(conversation: Conversation) -> Mismatch | None:
        if not wanted:
            return Mismatch("a history to compare with", "that nothing was said", final=True)
        rest = iter(line.text for line in conversation.transcript)
        if all(text in rest for text in wanted):
            return None
        return Mismatch(f"the history {' / '.join(wanted)}", told(conversation.transcript))

    return match


def _has_variable(names: Sequence[str], value: str) -> Matcher[Conversation]:
    def match(conversation: Conversation) -> Mismatch | None:
        context = _context(conversation)
        found = next((context[name] for name in names if name in context), None)
        if found == value:
            return None
        seen = f"{found!r}" if found is not None else f"only {sorted(context)}"
        return Mismatch(f"{' or '.join(names)} with {value!r}", seen)

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
        if any(line.role is Role.CUSTOMER and text in line.text for line in lines):
            return None
        return Mismatch(f"a line of the customer with {text!r}", told(lines))

    return match


def _typed(conversation: Conversation) -> Mismatch | None:
    if conversation.customer_typing:
        return None
    return Mismatch("a sign that the customer types", "no such sign")
