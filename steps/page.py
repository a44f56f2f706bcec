"""The page around the widget: what it tells the widget's script, and what it is told."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, embeddings, preparations

from .types import sentence


@given(sentence('{customer:Customer} has opened a page of "{domain:Text}"'))
def customer_has_opened_a_page_of(cast: Cast, customer: str, domain: str) -> None:
    cast.widget(customer).opens_page_on(domain)


@when(sentence('{customer:Customer} opens the page without "{attribute:Text}"'))
def customer_opens_the_page_without(cast: Cast, customer: str, attribute: str) -> None:
    cast.widget(customer).opens_page_without(attribute)


@then(sentence("{customer:Customer}'s page names widget, organisation and address"))
def customers_page_names_widget_organisation_and_address(cast: Cast, customer: str) -> None:
    embeddings.has_whole_tag(cast.widget(customer))


@when(sentence("{customer:Customer}'s page asks for a chat too early"))
def customers_page_asks_for_a_chat_too_early(cast: Cast, customer: str) -> None:
    cast.widget(customer).starts_too_early()


@then(sentence("what {customer:Customer}'s page asked for is refused or done"))
def what_customers_page_asked_for_is_refused_or_done(cast: Cast, customer: str) -> None:
    embeddings.heeds_early_call(cast.widget(customer))


@given(
    sentence('{customer:Customer}\'s page has started a chat with "{value:Text}" as "{name:Text}"')
)
def customers_page_has_started_a_chat_with_as(
    cast: Cast, customer: str, value: str, name: str
) -> None:
    cast.customer(customer).starts_chat_with_context(name, value)


@when(sentence("{customer:Customer}'s page starts a chat"))
def customers_page_starts_a_chat(cast: Cast, customer: str) -> None:
    cast.widget(customer).starts_chat_by_script()


@when(
    sentence('{customer:Customer}\'s page gives "{value:Text}" for a context provider'),
    target_fixture="thrown",
)
def customers_page_gives_for_a_context_provider(cast: Cast, customer: str, value: str) -> str:
    return cast.widget(customer).gives_as_provider(value)


@then("the page is refused")
def the_page_is_refused(thrown: str) -> None:
    embeddings.has_thrown(thrown)


@given(sentence("{customer:Customer}'s page fails to say what it knows"))
def customers_page_fails_to_say_what_it_knows(cast: Cast, customer: str) -> None:
    cast.widget(customer).breaks_context()


@given(sentence("{customer:Customer}'s page answers {answer:Answer} for a token"))
def customers_page_answers_for_a_token(cast: Cast, customer: str, answer: str) -> None:
    cast.widget(customer).answers_for_token(answer)


@then(sentence("{customer:Customer}'s page is told error {code:Number}"))
def customers_page_is_told_error(cast: Cast, customer: str, code: int) -> None:
    embeddings.is_told_of_error(cast.widget(customer), code)


@given(sentence("{customer:Customer}'s page has invited her to a chat"))
def customers_page_has_invited_her_to_a_chat(cast: Cast, customer: str) -> None:
    cast.widget(customer).invites()


@when(sentence("{customer:Customer} accepts the invitation"))
def customer_accepts_the_invitation(cast: Cast, customer: str) -> None:
    cast.widget(customer).accepts_invitation()


@when(sentence("{agent:Agent} says {count:Number} things to {customer:Customer}"))
def agent_says_things_to_customer(cast: Cast, agent: str, count: int, customer: str) -> None:
    preparations.says_things(cast, agent, count, customer)


@then(sentence('{customer:Customer} reads "{text:Text}" on the chat button'))
def customer_reads_on_the_chat_button(cast: Cast, customer: str, text: str) -> None:
    embeddings.shows_unread(cast.widget(customer), text)
