"""What must happen beside and after a chat: files, the survey, the transcript (EMB-31, EMB-35)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch, is_true
from harness.protocol.conversations import Conversation
from harness.protocol.letters import Letter
from harness.protocol.roles import Administrator, Agent, Customer, Reader


@check
def is_asked(customer: Customer) -> Mismatch | None:
    """The customer is asked how the chat was."""
    asked = is_true("a survey for the customer", "that nothing was asked")
    return eventually(customer.is_asked_how_it_was, asked)


@check
def is_not_asked(customer: Customer) -> Mismatch | None:
    """The customer is not asked; looked at once, when the chat is over."""
    return compare(_is_not_asked, customer.is_asked_how_it_was())


@check
def is_answered(reader: Reader, conversation: str, question: str, answer: str) -> Mismatch | None:
    """The desk knows what the customer answered."""

    def match(seen: Conversation) -> Mismatch | None:
        answers = [dict(each.answers) for each in seen.feedback]
        if any(each.get(question) == answer for each in answers):
            return None
        return Mismatch(f"the answer {answer!r} to {question!r}", f"{answers}")

    return eventually(lambda: reader.reads(conversation), match)


@check
def is_mailed(administrator: Administrator, address: str, text: str) -> Mismatch | None:
    """A transcript with that text has gone to the address."""

    def match(letters: Sequence[Letter]) -> Mismatch | None:
        sent = [each.text for each in letters if each.is_sent and each.to == address]
        if any(text in each for each in sent):
            return None
        return Mismatch(f"a letter to {address} with {text!r}", f"{sent or 'none'}")

    return eventually(administrator.letters, match)


@check
def is_not_mailed(administrator: Administrator, address: str) -> Mismatch | None:
    """The letter to the address is known, and waits: nothing has been sent there."""

    def match(letters: Sequence[Letter]) -> Mismatch | None:
        known = [each.is_sent for each in letters if each.to == address]
        if known and not any(known):
            return None
        found = f"{sum(known)} sent" if known else "that nobody asked for one"
        return Mismatch(f"a letter to {address} that waits", found, final=any(known))

    return eventually(administrator.letters, match)


@check
def keeps(customer: Customer, text: str) -> Mismatch | None:
    """The transcript that the customer keeps has the text."""

    def match(kept: str) -> Mismatch | None:
        return None if text in kept else Mismatch(f"a transcript with {text!r}", f"{kept[-300:]!r}")

    return eventually(customer.keeps_transcript, match)


@check
def agent_gets_file(agent: Agent, conversation: str, name: str, content: bytes) -> Mismatch | None:
    """The agent finds the file in the conversation, and in it what was sent."""
    return eventually(lambda: agent.opens_file(conversation, name), _is_file(name, content))


@check
def customer_gets_file(customer: Customer, name: str, content: bytes) -> Mismatch | None:
    """The customer gets the file, and in it what was sent."""

    def opened() -> bytes:
        customer.transcript()
        return customer.opens_file(name)

    return eventually(opened, _is_file(name, content))


def _is_not_asked(asked: bool) -> Mismatch | None:
    return Mismatch("that nothing is asked", "a survey") if asked else None


def _is_file(name: str, content: bytes) -> Matcher[bytes]:
    def match(seen: bytes) -> Mismatch | None:
        if seen == content:
            return None
        return Mismatch(f"the {len(content)} bytes of {name}", f"{len(seen)} other ones")

    return match
