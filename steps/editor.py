"""The topic editor, in the words of its pages: only `features/authoring` speaks like this."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, then, when

from harness import Cast, editors, refusal_of
from harness.errors import Refused

from .types import sentence


@given(sentence("{maker:Maker} has begun a topic from blank"))
@when(sentence("{maker:Maker} begins a topic from blank"))
def maker_begins_a_topic_from_blank(cast: Cast, maker: str) -> None:
    cast.editor(maker).begins_topic("From blank")


@given(sentence('{maker:Maker} has opened the topic "{topic:Text}"'))
@when(sentence('{maker:Maker} opens the topic "{topic:Text}"'))
def maker_opens_the_topic(cast: Cast, maker: str, topic: str) -> None:
    cast.editor(maker).opens_topic(topic)


@when(sentence("{maker:Maker} hovers over the trigger"))
def maker_hovers_over_the_trigger(cast: Cast, maker: str) -> None:
    cast.editor(maker).hovers_over_trigger()


@when(sentence('{maker:Maker} selects "Change trigger"'))
def maker_selects_change_trigger(cast: Cast, maker: str) -> None:
    cast.editor(maker).opens_triggers()


@when(sentence('{maker:Maker} selects "Edit" in the trigger'))
def maker_selects_edit_in_the_trigger(cast: Cast, maker: str) -> None:
    cast.editor(maker).edits_trigger()


@when(sentence('{maker:Maker} chooses the trigger "{trigger:Text}"'))
def maker_chooses_the_trigger(cast: Cast, maker: str, trigger: str) -> None:
    cast.editor(maker).chooses_trigger(trigger)


@given(sentence('{maker:Maker} has changed the trigger to "{trigger:Text}"'))
def maker_has_changed_the_trigger_to(cast: Cast, maker: str, trigger: str) -> None:
    cast.editor(maker).chooses_trigger(trigger)
    cast.editor(maker).confirms()


@given(sentence('{maker:Maker} has set the duration by "{way:Text}" to "{written:Text}"'))
@when(sentence('{maker:Maker} sets the duration by "{way:Text}" to "{written:Text}"'))
def maker_sets_the_duration_by_to(cast: Cast, maker: str, way: str, written: str) -> None:
    cast.editor(maker).sets_silence(way, written)


@when(sentence('{maker:Maker} looks at the variables of "{tab:Text}"'))
def maker_looks_at_the_variables_of(cast: Cast, maker: str, tab: str) -> None:
    cast.editor(maker).opens_variables(tab)


@given(sentence('{maker:Maker} has selected "{variable:Text}" from "{tab:Text}"'))
@when(sentence('{maker:Maker} selects "{variable:Text}" from "{tab:Text}"'))
def maker_selects_from(cast: Cast, maker: str, variable: str, tab: str) -> None:
    cast.editor(maker).selects_variable(tab, variable)


@when(sentence('{maker:Maker} compares it with "{value:Text}" and saves'))
def maker_compares_it_with_and_saves(cast: Cast, maker: str, value: str) -> None:
    cast.editor(maker).compares_with(value)
    cast.editor(maker).saves_topic()


@when(sentence('{maker:Maker} selects "{menu:Text}" under (+)'))
def maker_selects_under_plus(cast: Cast, maker: str, menu: str) -> None:
    cast.editor(maker).opens_menu(menu)


@given(sentence("{maker:Maker} has saved the topic"))
@when(sentence("{maker:Maker} saves the topic"))
def maker_saves_the_topic(cast: Cast, maker: str) -> None:
    cast.editor(maker).saves_topic()


@when(
    sentence("{maker:Maker} saves a variable named by {length:Number} letters"),
    target_fixture="refusal",
)
def maker_saves_a_variable_named_by_letters(cast: Cast, maker: str, length: int) -> Refused | None:
    editor = cast.editor(maker)
    editor.adds("Set a variable value", "Variable management")
    editor.writes("Set variable", f"Topic.{'v' * length}")
    return refusal_of(editor.saves_topic)


@then(sentence('{maker:Maker}\'s topic starts from "{trigger:Text}"'))
def makers_topic_starts_from(cast: Cast, maker: str, trigger: str) -> None:
    editors.starts_from(cast.editor(maker), trigger)


@then(sentence("{maker:Maker} is warned that content will be lost"))
def maker_is_warned_that_content_will_be_lost(cast: Cast, maker: str) -> None:
    editors.warns_of_loss(cast.editor(maker))


@then(sentence("{maker:Maker}'s topic waits for {silence:Duration}"))
def makers_topic_waits_for(cast: Cast, maker: str, silence: timedelta) -> None:
    editors.waits_for(cast.editor(maker), silence)


@then(sentence('{maker:Maker}\'s topic demands "{value:Text}" of "{variable:Text}"'))
def makers_topic_demands_of(cast: Cast, maker: str, value: str, variable: str) -> None:
    editors.depends_on(cast.editor(maker), variable, value)


@then(sentence('the topic is refused because "{why:Text}"'))
def the_topic_is_refused_because(refusal: Refused | None, why: str) -> None:
    editors.has_refused(refusal, why)


@then("the topic is saved")
def the_topic_is_saved(refusal: Refused | None) -> None:
    editors.has_saved(refusal)
