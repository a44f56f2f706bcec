"""The page for those who see badly, hear it read out, or use no mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pytest_bdd import given, then, when

from harness import Cast, accessibility, examining, preparations, scenes
from harness.protocol.accessibility import Barrier, Part, View

from .types import sentence


@given(sentence("{customer:Customer} sees the page with {view:View}"))
def customer_sees_the_page_with(cast: Cast, customer: str, view: View) -> None:
    cast.widget(customer).senses.turns_to(view)


@given(sentence("the chat speaks {language:Language}"))
def the_chat_speaks(cast: Cast, language: int) -> None:
    preparations.sets_widget(cast, language=language)


@given(sentence("{customer:Customer} has moved to the {part:Part}"))
def customer_has_moved_to_the(cast: Cast, customer: str, part: Part) -> None:
    cast.widget(customer).senses.tabs_to(part)


@given(sentence("{customer:Customer} has selected the close button"))
def customer_has_selected_the_close_button(cast: Cast, customer: str) -> None:
    cast.widget(customer).selects_close()


@when(sentence("{customer:Customer} presses {keys:Keys}"))
def customer_presses(cast: Cast, customer: str, keys: str) -> None:
    cast.widget(customer).senses.presses(keys)


@when(sentence("{customer:Customer} selects the chat button with {keys:Keys}"))
def customer_selects_the_chat_button_with(cast: Cast, customer: str, keys: str) -> None:
    examining.starts_by_keyboard(cast, customer, keys)


@when(sentence("{customer:Customer} walks through the question with Tab"), target_fixture="visited")
def customer_walks_through_the_question_with_tab(cast: Cast, customer: str) -> Sequence[Part]:
    return examining.walks_through_question(cast, customer)


@when(
    sentence("{customer:Customer} goes through a whole chat with {agent:Agent}"),
    target_fixture="examined",
)
def customer_goes_through_a_whole_chat_with(
    cast: Cast, customer: str, agent: str
) -> Mapping[str, Sequence[Barrier]]:
    return examining.goes_through_chat(cast, customer, agent)


@when(sentence("{customer:Customer} comes to {scene:Scene}"), target_fixture="examined")
def customer_comes_to(cast: Cast, customer: str, scene: str) -> Mapping[str, Sequence[Barrier]]:
    return scenes.comes_to(cast, customer, scene)


@then(sentence("no barrier stands in {customer:Customer}'s way"))
def no_barrier_stands_in_customers_way(cast: Cast, customer: str) -> None:
    accessibility.bars_nobody(examining.looks(cast, customer))


@then("no barrier stood in the way")
def no_barrier_stood_in_the_way(examined: Mapping[str, Sequence[Barrier]]) -> None:
    accessibility.bars_nobody(examined)


@then(sentence("{customer:Customer}'s focus is in the {part:Part}"))
def customers_focus_is_in_the(cast: Cast, customer: str, part: Part) -> None:
    accessibility.has_focus(cast.widget(customer).senses, part)


@then(sentence("{customer:Customer}'s focus is back in the {part:Part}"))
def customers_focus_is_back_in_the(cast: Cast, customer: str, part: Part) -> None:
    accessibility.has_focus_back(cast.widget(customer).senses, part)


@then(sentence("the chat opens for {customer:Customer}"))
def the_chat_opens_for(cast: Cast, customer: str) -> None:
    accessibility.opens_by_key(cast.widget(customer))


@then(sentence("{customer:Customer}'s {part:Part} is gone"))
def customers_part_is_gone(cast: Cast, customer: str, part: Part) -> None:
    accessibility.is_gone(cast.widget(customer).senses, part)


@then(sentence("the focus has stayed in the {part:Part}"))
def the_focus_has_stayed_in_the(visited: Sequence[Part], part: Part) -> None:
    accessibility.kept_focus(visited, part)


@then(sentence('{customer:Customer} hears "{words:Text}"'))
def customer_hears(cast: Cast, customer: str, words: str) -> None:
    accessibility.reads_out(cast.widget(customer).senses, words)


@then(sentence("{customer:Customer} is told politely of the {part:Part}"))
def customer_is_told_politely_of_the(cast: Cast, customer: str, part: Part) -> None:
    accessibility.tells_politely(cast.widget(customer).senses, part)


@then(sentence("{customer:Customer}'s chat runs from right to left"))
def customers_chat_runs_from_right_to_left(cast: Cast, customer: str) -> None:
    accessibility.runs_from_right_to_left(cast.widget(customer).senses)


@then(sentence("everything in the chat is within {customer:Customer}'s reach"))
def everything_in_the_chat_is_within_customers_reach(cast: Cast, customer: str) -> None:
    accessibility.is_within_reach(cast.widget(customer).senses)


@then(sentence("the chat keeps to {customer:Customer}'s colours"))
def the_chat_keeps_to_customers_colours(cast: Cast, customer: str) -> None:
    accessibility.keeps_forced_colours(cast.widget(customer).senses)
