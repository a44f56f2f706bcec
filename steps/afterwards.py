"""What goes beside and after a chat: files, the survey, the transcript."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, afterwards, farewells
from harness.cast import ADMINISTRATORS

from .types import sentence


@given("customers are asked how it was")
def customers_are_asked_how_it_was(cast: Cast) -> None:
    farewells.asks_how_it_was(cast)


@given("customers are asked how it was by a link")
def customers_are_asked_how_it_was_by_a_link(cast: Cast) -> None:
    farewells.asks_how_it_was(cast, "link")


@given("customers may have transcripts")
def customers_may_have_transcripts(cast: Cast) -> None:
    farewells.mails_transcripts(cast)


@given("files may be sent")
def files_may_be_sent(cast: Cast) -> None:
    farewells.lets_files_through(cast)


@given("agents pick their chats themselves")
def agents_pick_their_chats_themselves(cast: Cast) -> None:
    cast.plans(mode="Pick")


@given(sentence("{customer:Customer} has started a chat"))
def customer_has_started_a_chat(cast: Cast, customer: str) -> None:
    cast.customer(customer).starts_chat()


@given(sentence('{customer:Customer} has asked for the transcript at "{address:Text}"'))
@when(sentence('{customer:Customer} asks for the transcript at "{address:Text}"'))
def customer_asks_for_the_transcript_at(cast: Cast, customer: str, address: str) -> None:
    cast.customer(customer).asks_for_transcript(address)


@when(sentence('{customer:Customer} answers "{question:Text}" with "{answer:Text}"'))
def customer_answers_with(cast: Cast, customer: str, question: str, answer: str) -> None:
    cast.customer(customer).answers_survey({question: answer})


@when(sentence('{customer:Customer} sends the file "{name:Text}"'))
def customer_sends_the_file(cast: Cast, customer: str, name: str) -> None:
    farewells.sends_file(cast, customer, name)


@when(sentence('{agent:Agent} sends {customer:Customer} the file "{name:Text}"'))
def agent_sends_customer_the_file(cast: Cast, agent: str, customer: str, name: str) -> None:
    farewells.encloses(cast, agent, customer, name)


@given(sentence("{customer:Customer} has been asked how it was"))
@then(sentence("{customer:Customer} is asked how it was"))
def customer_is_asked_how_it_was(cast: Cast, customer: str) -> None:
    afterwards.is_asked(cast.customer(customer))


@then(sentence("{customer:Customer} is not asked how it was"))
def customer_is_not_asked_how_it_was(cast: Cast, customer: str) -> None:
    afterwards.is_not_asked(cast.customer(customer))


@then(sentence('{agent:Agent} sees that {customer:Customer} answered "{question:Text}" "{a:Text}"'))
def agent_sees_that_customer_answered(
    cast: Cast, agent: str, customer: str, question: str, a: str
) -> None:
    conversation = cast.conversation(customer)
    afterwards.is_answered(cast.agent(agent), conversation, question, a)


@then(sentence('a transcript with "{text:Text}" is sent to "{address:Text}"'))
def a_transcript_with_is_sent_to(cast: Cast, text: str, address: str) -> None:
    afterwards.is_mailed(cast.administrator(ADMINISTRATORS[0]), address, text)


@then(sentence('nothing is sent to "{address:Text}"'))
def nothing_is_sent_to(cast: Cast, address: str) -> None:
    afterwards.is_not_mailed(cast.administrator(ADMINISTRATORS[0]), address)


@then(sentence('{customer:Customer} can keep a transcript with "{text:Text}"'))
def customer_can_keep_a_transcript_with(cast: Cast, customer: str, text: str) -> None:
    afterwards.keeps(cast.customer(customer), text)


@then(sentence('{agent:Agent} gets the file "{name:Text}" from {customer:Customer}'))
def agent_gets_the_file_from(cast: Cast, agent: str, name: str, customer: str) -> None:
    content = farewells.content_of(name)
    afterwards.agent_gets_file(cast.agent(agent), cast.conversation(customer), name, content)


@then(sentence('{customer:Customer} gets the file "{name:Text}"'))
def customer_gets_the_file(cast: Cast, customer: str, name: str) -> None:
    content = farewells.content_of(name)
    afterwards.customer_gets_file(cast.customer(customer), name, content)
