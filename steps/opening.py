"""What stands before a chat: the survey, the hours, the pages that may have the widget."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, embedding, refusal_of, refusals, widgets
from harness.errors import Refused

from .types import sentence


@given(sentence('chats begin with the question "{text:Text}" for "{name:Text}"'))
def chats_begin_with_the_question_for(cast: Cast, text: str, name: str) -> None:
    embedding.asks(cast, text, name)


@given(sentence('chats need an answer to "{text:Text}" for "{name:Text}"'))
def chats_need_an_answer_to_for(cast: Cast, text: str, name: str) -> None:
    embedding.asks(cast, text, name, required=True)


@given(sentence('chats need a tick at "{text:Text}" for "{name:Text}"'))
def chats_need_a_tick_at_for(cast: Cast, text: str, name: str) -> None:
    embedding.asks_for_consent(cast, text, name)


@given(
    sentence(
        'chats begin with "{first:Text}" or "{second:Text}" to "{text:Text}" for "{name:Text}"'
    )
)
def chats_begin_with_or_to_for(cast: Cast, first: str, second: str, text: str, name: str) -> None:
    embedding.offers(cast, text, name, (first, second))


@given(sentence('{customer:Customer} answers "{answer:Text}" to "{text:Text}"'))
def customer_answers_to(cast: Cast, customer: str, answer: str, text: str) -> None:
    cast.customer(customer).answers(text, answer)


@given(sentence('{customer:Customer} ticks "{text:Text}"'))
def customer_ticks(cast: Cast, customer: str, text: str) -> None:
    cast.customer(customer).answers(text, True)


@when(sentence("{customer:Customer} submits the survey"))
def customer_submits_the_survey(cast: Cast, customer: str) -> None:
    cast.widget(customer).submits_survey()


@then(sentence('{customer:Customer} is told that "{name:Text}" is missing'))
def customer_is_told_that_is_missing(cast: Cast, customer: str, name: str) -> None:
    widgets.insists_on(cast.widget(customer), name)


@when(
    sentence(
        "{administrator:Administrator} tries to ask {count:Number} questions"
        " of {length:Number} characters"
    ),
    target_fixture="refused",
)
def administrator_tries_to_ask_questions_of_characters(
    cast: Cast, administrator: str, count: int, length: int
) -> Refused | None:
    return refusal_of(lambda: embedding.asks_much(cast.administrator(administrator), count, length))


@then("the questions are refused")
def the_questions_are_refused(refused: Refused | None) -> None:
    refusals.is_malformed(refused)


@then("the questions are taken")
def the_questions_are_taken(refused: Refused | None) -> None:
    refusals.is_taken(refused)


@given(sentence('chats are open from {start:Time} to {end:Time} in "{zone:Text}"'))
def chats_are_open_from_to_in(cast: Cast, start: str, end: str, zone: str) -> None:
    embedding.is_in_operation(cast, start, end, zone)


@then("the chat is refused outside of its hours")
def the_chat_is_refused_outside_of_its_hours(refused: Refused | None) -> None:
    refusals.is_out_of_hours(refused)


@when(sentence("{customer:Customer} selects the chat button"))
def customer_selects_the_chat_button(cast: Cast, customer: str) -> None:
    cast.widget(customer).opens_chat()


@then(sentence("{customer:Customer} sees that nobody is there now"))
def customer_sees_that_nobody_is_there_now(cast: Cast, customer: str) -> None:
    widgets.is_out_of_office(cast.widget(customer))


@given("chats are persistent")
def chats_are_persistent(cast: Cast) -> None:
    embedding.is_persistent(cast)


@given(sentence('the widget is for pages of "{domain:Text}" alone'))
def the_widget_is_for_pages_of_alone(cast: Cast, domain: str) -> None:
    embedding.is_for(cast, domain)


@when(sentence('{customer:Customer} opens a page of "{domain:Text}"'))
def customer_opens_a_page_of(cast: Cast, customer: str, domain: str) -> None:
    cast.widget(customer).opens_page_on(domain)


@then(sentence("{customer:Customer}'s page gets no chat"))
def customers_page_gets_no_chat(cast: Cast, customer: str) -> None:
    widgets.does_not_load(cast.widget(customer))
