"""What the portal knows of topics: those that a new bot has, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from harness.protocol.conversations import Generation
from harness.reference.bot import content, stubs
from harness.reference.bot.editor import editing
from harness.reference.bot.editor.canvas import draw
from harness.reference.bot.editor.palette import BLANK, INACTIVITY, PALETTES, PHRASES, Palette
from harness.reference.bot.findings import with_stubs
from harness.reference.bot.stubs import Stub
from harness.reference.domain.bots import Topics, draft_of, live_of
from harness.reference.domain.errors import TopicChanged, TopicInvalid
from harness.reference.domain.escalation import longest_name
from harness.reference.operations.organisations import Organisation

Shown = dict[str, Any]
TRANSFER = "TransferConversationV2"
NO_STUBS: Mapping[str, Stub] = MappingProxyType({})


def shipped(organisation: Organisation, origin: str) -> dict[str, str]:
    """The topics of a new bot; only Dynamics 365 brings what a hand-off needs (INA-01, ESC-04)."""
    deviates = organisation.faults.deviates
    texts = dict(content.bundled(organisation.generation))
    silent = _silent(organisation.generation)
    if origin == "portal":
        if not deviates("portal_bot_has_timeouts"):
            texts = {name: text for name, text in texts.items() if name not in silent}
        if not deviates("portal_bot_can_transfer"):
            texts = {name: _without_transfer(text) for name, text in texts.items()}
        return texts
    if deviates("timeouts_not_shipped"):
        texts = {name: text for name, text in texts.items() if name not in silent}
    if deviates("escalate_shipped_without_node"):
        texts = {name: _without_transfer(text) for name, text in texts.items()}
    if deviates("timeouts_start_from_phrases"):
        texts |= {name: editing.change_trigger(texts[name], PHRASES) for name in silent}
    return texts


@cache
def _silent(generation: Generation) -> frozenset[str]:
    """The shipped topics that start from silence."""
    texts = content.bundled(generation)
    return frozenset(name for name, text in texts if _trigger(name, text) == INACTIVITY)


@lru_cache(64)
def _without_transfer(text: str) -> str:
    """A shipped topic without its hand-off: read and written once, however many bots there are."""
    return editing.without(text, TRANSFER)


def blank(organisation: Organisation) -> str:
    """What a topic from blank begins as (INA-20)."""
    if organisation.faults.deviates("blank_topic_has_no_phrases"):
        return editing.change_trigger(BLANK, "OnActivity")
    return BLANK


def offered(organisation: Organisation) -> Palette:
    """What the topic editor offers in this organisation's generation."""
    deviates = organisation.faults.deviates
    palette = PALETTES[organisation.generation]
    if INACTIVITY in palette.triggers and deviates("inactivity_not_offered"):
        left = tuple(kind for kind in palette.triggers if kind != INACTIVITY)
        palette = replace(palette, triggers=left)
    if deviates("end_conversation_not_offered"):
        menus = tuple(
            replace(menu, offers=tuple(o for o in menu.offers if o.label != "End conversation"))
            for menu in palette.menus
        )
        palette = replace(palette, menus=menus)
    return palette


def topics(draft: Topics) -> list[Shown]:
    """The topics of a draft, also those that it has switched off.

    Read as they run: what an import brought and cannot be read is a finding, not a refusal.
    """
    answers = _declared(draft)
    return [
        topic(name, text, draft.sources.get(name, ""), lenient=True, answers=answers)
        | {"off": name in draft.off}
        for name, text in draft.texts.items()
    ]


def declared(organisation: Organisation, bot: str) -> Mapping[str, Stub]:
    """The stubs that answer a bot's draft."""
    draft = organisation.store.get(organisation.id, Topics, draft_of(bot))
    return _declared(draft) if draft else NO_STUBS


def _declared(draft: Topics) -> Mapping[str, Stub]:
    try:
        return stubs.read(draft.stubs) if draft.stubs else NO_STUBS
    except content.TopicInvalid:
        # A damaged file beside the bot: the import has told of it, and nothing answers.
        return NO_STUBS


def topic(
    name: str,
    text: str,
    source: str = "",
    *,
    lenient: bool = False,
    answers: Mapping[str, Stub] = NO_STUBS,
) -> Shown:
    """A topic in a list; one that cannot be read says why, and where."""
    shown: Shown = {"name": name, "trigger": "", "phrases": (), "content": text}
    shown |= {"source": source, "off": False, "problem": None, "findings": []}
    try:
        loaded = content.load_topic(name, text, source, lenient=lenient)
    except content.TopicInvalid as invalid:
        return shown | {"problem": f"Line {invalid.line}: {invalid.reason}"}
    findings = [
        {"line": found.line, "node": found.node, "what": found.what}
        for found in with_stubs(loaded, answers)
    ]
    phrases = loaded.start.phrases
    return shown | {"trigger": loaded.trigger, "phrases": phrases, "findings": findings}


def published(organisation: Organisation, bot: str) -> dict[str, str]:
    """The topics that customers meet, by name."""
    live = organisation.store.get(organisation.id, Topics, live_of(bot))
    return live.texts if live else {}


def refuse_invalid(organisation: Organisation, name: str, text: str) -> None:
    """Raises TopicInvalid, with the line, for what is no topic of this generation."""
    try:
        variables = draw(text, PALETTES[organisation.generation]).variables
        _refuse_long(organisation, name, variables)
        content.load_topic(name, text)
    except content.TopicInvalid as invalid:
        raise TopicInvalid(f"Line {invalid.line} of {name!r}: {invalid.reason}") from None


def _refuse_long(organisation: Organisation, name: str, variables: tuple[str, ...]) -> None:
    """Raises TopicInvalid for a variable whose name the desk would not take (ESC-19)."""
    deviates = organisation.faults.deviates
    longest = longest_name(organisation.generation)
    for variable in variables:
        length = len(variable.partition(".")[2])
        accepted = length > longest and deviates("long_variable_names_accepted")
        refused = length == longest and deviates("longest_variable_name_refused")
        if (length > longest and not accepted) or refused:
            raise TopicInvalid(
                f"The variable {variable[:30]}… in {name!r} has more than {longest} characters."
            )


def refuse_changed(organisation: Organisation, bot: str, name: str, base: str) -> None:
    """Raises TopicChanged when the saved topic is no longer the one of that version.

    `base` is empty for a topic that is new: then there may be none of that name.
    """
    saved = version(organisation, bot, name)
    if saved == base:
        return
    what = f"There is a topic {name!r} already" if not base else f"Somebody else changed {name!r}"
    raise TopicChanged(f"{what}. Nothing was saved, and what you wrote is still here.")


def version(organisation: Organisation, bot: str, name: str) -> str:
    """What the saved topic is called as long as nobody changes it; empty when there is none."""
    draft = organisation.store.get(organisation.id, Topics, draft_of(bot))
    text = draft.texts.get(name) if draft else None
    return "" if text is None else editing.version(text)


def _trigger(name: str, text: str) -> str:
    return content.load_topic(name, text).trigger
