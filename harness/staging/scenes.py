"""What the widget shows beside a chat, each with the way that leads there (specification 4.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from harness.cast import AGENTS, Cast
from harness.expect import afterwards, customers, widgets
from harness.identity import Flaw
from harness.protocol.accessibility import Part
from harness.staging import arrangements, embedding, farewells, identities, preparations
from harness.staging.examining import Examined

Way = Callable[[Cast, str], None]

TOWN = "Where do you live?"
FILE = "manual.txt"


def comes_to(cast: Cast, customer: str, scene: str) -> Examined:
    """Leads the customer's page there, and says what bars the way in it."""
    SCENES[scene](cast, customer)
    return {f"in {scene}": cast.widget(customer).senses.barriers()}


def _survey_before(cast: Cast, customer: str) -> None:
    embedding.asks(cast, TOWN, "Town")
    embedding.offers(cast, "Which size?", "Size", ("Small", "Large"))
    embedding.asks_for_consent(cast, "I agree.", "Terms")
    cast.widget(customer).opens_page()
    cast.widget(customer).opens_chat()


def _survey_with_gap(cast: Cast, customer: str) -> None:
    embedding.asks(cast, TOWN, "Town", required=True)
    cast.widget(customer).submits_survey()
    widgets.insists_on(cast.widget(customer), "Town")


def _nobody_there(cast: Cast, customer: str) -> None:
    embedding.is_in_operation(cast, "08:00", "10:00", "UTC")
    cast.widget(customer).opens_page()
    cast.time_passes(timedelta(hours=2))
    cast.widget(customer).opens_chat()
    widgets.is_out_of_office(cast.widget(customer))


def _invitation(cast: Cast, customer: str) -> None:
    cast.widget(customer).invites()
    cast.widget(customer).senses.waits_for(Part.INVITATION)


def _choice(cast: Cast, customer: str) -> None:
    preparations.asks_after(cast, "tents", "Which one?", ("Small", "Large"))
    arrangements.is_chatting(cast, customer)
    cast.customer(customer).says("tents")
    cast.widget(customer).senses.waits_for(Part.CHOICE)


def _survey_after(cast: Cast, customer: str) -> None:
    farewells.asks_how_it_was(cast)
    arrangements.is_with(cast, customer, AGENTS[0])
    cast.agent(AGENTS[0]).ends(cast.conversation(customer))
    afterwards.is_asked(cast.customer(customer))


def _address(cast: Cast, customer: str) -> None:
    farewells.mails_transcripts(cast)
    arrangements.is_chatting(cast, customer)
    cast.widget(customer).senses.tabs_to(Part.EMAIL_BUTTON)
    cast.widget(customer).senses.presses("Enter")
    cast.widget(customer).senses.waits_for(Part.ADDRESS)


def _file(cast: Cast, customer: str) -> None:
    farewells.lets_files_through(cast)
    arrangements.is_with(cast, customer, AGENTS[0])
    farewells.encloses(cast, AGENTS[0], customer, FILE)
    afterwards.customer_gets_file(cast.customer(customer), FILE, farewells.content_of(FILE))


def _sign_in(cast: Cast, customer: str) -> None:
    identities.asks_bot_to_sign_in(cast)
    arrangements.is_chatting(cast, customer)
    cast.customer(customer).says("my orders")
    customers.sees_line(cast.customer(customer), identities.SIGN_IN)


def _earlier_chat(cast: Cast, customer: str) -> None:
    identities.need_signing_in(cast)
    identities.may_come_back(cast, 10)
    identities.signs_in(cast, customer)
    arrangements.is_chatting(cast, customer)
    cast.widget(customer).forgets()
    cast.widget(customer).opens_chat()
    cast.widget(customer).senses.waits_for(Part.EARLIER_CHAT)


def _failure(cast: Cast, customer: str) -> None:
    identities.need_signing_in(cast)
    identities.signs_in(cast, customer, Flaw.EXPIRED)
    cast.widget(customer).opens_page()
    cast.widget(customer).opens_chat()
    cast.widget(customer).senses.waits_for(Part.FAILURE)


SCENES: Mapping[str, Way] = {
    "a survey before the chat": _survey_before,
    "a survey with a gap": _survey_with_gap,
    "a desk that is closed": _nobody_there,
    "an invitation": _invitation,
    "a choice of answers": _choice,
    "a survey after the chat": _survey_after,
    "the question for an address": _address,
    "a file in the chat": _file,
    "a card to sign in": _sign_in,
    "the question about an earlier chat": _earlier_chat,
    "a chat that cannot start": _failure,
}
"""The scenes by the words of a sentence."""
