"""The page with the widget: what is seen there, and what the page is told."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, widgets

from .types import sentence


@given(sentence("{customer:Customer} has opened the shop page"))
def customer_has_opened_the_shop_page(cast: Cast, customer: str) -> None:
    cast.widget(customer).opens_page()


@given(sentence("{customer:Customer} has minimised the chat"))
def customer_has_minimised_the_chat(cast: Cast, customer: str) -> None:
    cast.widget(customer).minimises()


@when(sentence("{customer:Customer} opens the shop page"))
def customer_opens_the_shop_page(cast: Cast, customer: str) -> None:
    cast.widget(customer).opens_page()


@when(sentence("{customer:Customer} reloads the page"))
def customer_reloads_the_page(cast: Cast, customer: str) -> None:
    cast.widget(customer).comes_back()


@when(sentence("{customer:Customer} selects the close button"))
def customer_selects_the_close_button(cast: Cast, customer: str) -> None:
    cast.widget(customer).selects_close()


@then(sentence("{customer:Customer} sees the chat button"))
def customer_sees_the_chat_button(cast: Cast, customer: str) -> None:
    widgets.is_shown(cast.widget(customer))


@then(sentence("{customer:Customer} sees the chat minimised"))
def customer_sees_the_chat_minimised(cast: Cast, customer: str) -> None:
    widgets.is_minimised(cast.widget(customer))


@then(sentence("{customer:Customer} has {messages:Number} unread message"))
def customer_has_unread_message(cast: Cast, customer: str, messages: int) -> None:
    widgets.counts_unread(cast.widget(customer), messages)


@then(sentence('{customer:Customer}\'s page is told "{event:Text}"'))
def customers_page_is_told(cast: Cast, customer: str, event: str) -> None:
    widgets.has_raised(cast.widget(customer), event)


@then(sentence("{customer:Customer} is asked to confirm closing"))
def customer_is_asked_to_confirm_closing(cast: Cast, customer: str) -> None:
    widgets.asks_to_confirm_closing(cast.widget(customer))
