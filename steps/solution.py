"""Moving a bot between environments by solutions, and what becomes of its notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pytest_bdd import given, then, when

from harness import Cast, moving, solutions
from harness.protocol.lifecycle import Layer
from harness.protocol.roles import Maker
from harness.staging.moving import Developed

from .types import sentence


@given(sentence("{maker:Maker} has developed a bot {connected:Export}"), target_fixture="developed")
def maker_has_developed_a_bot(cast: Cast, maker: str, connected: bool) -> Developed:
    return moving.develops(cast, maker, connected=connected)


@given(sentence("a bot that {maker:Maker} has moved takes the chats"), target_fixture="developed")
def a_bot_that_maker_has_moved_takes_the_chats(cast: Cast, maker: str) -> Developed:
    return moving.takes_chats(cast, maker)


@given(sentence("{maker:Maker} has moved it as {managed:Kind}"))
@when(sentence("{maker:Maker} moves it as {managed:Kind}"))
def maker_moves_it_as(cast: Cast, maker: str, managed: bool, developed: Developed) -> None:
    moving.moves(cast, maker, developed, managed=managed)


@given(sentence("{maker:Maker} has changed it in development"))
def maker_has_changed_it_in_development(cast: Cast, maker: str, developed: Developed) -> None:
    moving.changes(cast, maker, developed.bot)


@given(sentence("{maker:Maker} has not changed it in development"))
def maker_has_not_changed_it_in_development(developed: Developed, maker: str) -> None:
    """It is what it was when it was exported."""


@given(sentence("{maker:Maker} has changed the moved bot"))
@when(sentence("{maker:Maker} changes the moved bot"))
def maker_changes_the_moved_bot(cast: Cast, maker: str) -> None:
    moving.changes(cast, maker)


@when(sentence("{maker:Maker} looks at the moved bot"))
def maker_looks_at_the_moved_bot(cast: Cast, maker: str) -> None:
    cast.maker(maker).connection()


@when(sentence("{maker:Maker} looks at the bot in development"))
def maker_looks_at_the_bot_in_development(cast: Cast, maker: str, developed: Developed) -> None:
    cast.maker(maker).works_on = developed.bot


@when(sentence("{maker:Maker} removes the unmanaged layer"))
def maker_removes_the_unmanaged_layer(cast: Cast, maker: str) -> None:
    moving.removes_unmanaged_layer(cast, maker)


@when(sentence("{maker:Maker} looks at the commands for the moved bot"), target_fixture="commands")
def maker_looks_at_the_commands_for_the_moved_bot(cast: Cast, maker: str) -> Sequence[str]:
    return moving.commands(cast, maker)


@when(sentence("{maker:Maker} looks at the layers of the moved bot"), target_fixture="layers")
def maker_looks_at_the_layers_of_the_moved_bot(cast: Cast, maker: str) -> Sequence[Layer]:
    return moving.layers(cast, maker)


@then(sentence("the notice of {maker:Maker}'s bot is {judge:Notice}"))
def the_notice_of_makers_bot_is(cast: Cast, maker: str, judge: Callable[[Maker], None]) -> None:
    judge(cast.maker(maker))


@then(sentence('"{label:Text}" is among the commands'))
def label_is_among_the_commands(commands: Sequence[str], label: str) -> None:
    solutions.offers_command(commands, label)


@then(sentence('"{label:Text}" is offered for the unmanaged layer'))
def label_is_offered_for_the_unmanaged_layer(layers: Sequence[Layer], label: str) -> None:
    solutions.offers_for_unmanaged(layers, label)


@then(sentence("Power Apps leads {maker:Maker} to the moved bot"))
def power_apps_leads_maker_to_the_moved_bot(cast: Cast, maker: str) -> None:
    bot, environment = cast.maker(maker).works_on, cast.organisation.environment
    solutions.leads_to(cast.lifecycle(maker), environment, bot)
