"""What the bot does when the customer says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pytest_bdd import given, when

from harness import Cast, arrangements, silences

from .types import sentence

Table = Sequence[Sequence[str]]


@given("the bot has no inactivity topics")
def the_bot_has_no_inactivity_topics(cast: Cast) -> None:
    silences.removes_topics(cast)


@given("the bot has these inactivity topics")
def the_bot_has_these_inactivity_topics(cast: Cast, datatable: Table) -> None:
    silences.has_topics(cast, datatable)


@given(sentence("{maker:Maker} has saved these inactivity topics"))
def maker_has_saved_these_inactivity_topics(cast: Cast, maker: str, datatable: Table) -> None:
    silences.saves_topics(cast.maker(maker), datatable)


@given(sentence("the reminder comes after {length:Duration}"))
def the_reminder_comes_after(cast: Cast, length: timedelta) -> None:
    silences.reminds_after(cast, length)


@given(sentence("the timeout comes after {length:Duration}"))
def the_timeout_comes_after(cast: Cast, length: timedelta) -> None:
    silences.gives_up_after(cast, length)


@given(sentence("{maker:Maker} has published the bot"))
@when(sentence("{maker:Maker} publishes the bot"))
def maker_publishes_the_bot(cast: Cast, maker: str) -> None:
    cast.maker(maker).publishes()


@given(sentence("{customer:Customer} is chatting with the bot on its own website"))
def customer_is_chatting_with_the_bot_on_its_own_website(cast: Cast, customer: str) -> None:
    cast.visits(customer)
    arrangements.is_chatting(cast, customer)
