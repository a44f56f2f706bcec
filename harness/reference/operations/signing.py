"""Signing in to a bot: what a card asks for, and the token that a page posts for it (EMB-36)."""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Role
from harness.reference.domain.errors import IllegalState, MalformedBody, NotFound
from harness.reference.domain.signing import SignInRequest
from harness.reference.operations import dialogues
from harness.reference.operations.keeping import found
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.words import named

LONGEST = 16 * 1024
"""Characters of a token."""

UNKNOWN = "Nobody is asked to sign in by this id. Ask the bot again, and use its new card."


def organisation_of(world: World, state: str) -> Organisation:
    """The organisation that an id names; raises NotFound."""
    try:
        return world.find(state.partition(".")[0])
    except NotFound:
        raise NotFound(UNKNOWN) from None


def asked(organisation: Organisation, state: str) -> SignInRequest:
    """What a card asked for by this id; raises NotFound."""
    request = organisation.store.get(organisation.id, SignInRequest, state)
    if request is None:
        raise NotFound(UNKNOWN)
    return request


def by_hand(organisation: Organisation, state: str, name: str) -> None:
    """Somebody signs in to the bot under a name of theirs, which the bot's token then says.

    Raises MalformedBody for no name, and as `posted` does.
    """
    posted(organisation, state, f"token-of-{named(name, 'Who signs in')}")


def posted(organisation: Organisation, state: str, token: object) -> None:
    """A page signs its customer in to the bot that has asked; twice is the same as once.

    Raises MalformedBody for no token, NotFound for an id that nobody was given, IllegalState when
    the bot does not have the conversation any more.
    """
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST:
        raise MalformedBody(f"token is a text of 1 to {LONGEST} characters.")
    deviates = organisation.faults.deviates
    request = asked(organisation, state)
    conversation = found(organisation, request.conversation)
    if conversation.held_by is not Role.BOT:
        raise IllegalState(f"The bot does not have conversation {conversation.id} any more.")
    if request.is_done or deviates("posted_token_unused"):
        return
    if deviates("posted_token_altered"):
        token = token[::-1]
    with organisation.command():
        organisation.store.put(organisation.id, replace(request, is_done=True))
        dialogues.sign_in(organisation, conversation, token)
