"""Actions that wait for the customer."""

from __future__ import annotations

from harness.reference.bot.assembly.messages import card, message
from harness.reference.bot.assembly.place import place
from harness.reference.bot.assembly.types import fields
from harness.reference.bot.listening.entities import (
    CLOSED_LIST,
    DYNAMIC_LIST,
    PATTERN,
    PREBUILT,
    REFERENCE,
    Entity,
    Option,
)
from harness.reference.bot.reading import Reader, TopicInvalid
from harness.reference.bot.steps import (
    CardPrompt,
    Message,
    Question,
    SatisfactionQuestion,
    SignIn,
    Step,
    Unsupported,
)
from harness.reference.bot.templates import Template

# Kinds that are entities of the product, and not recognised here by any rule.
_REFERENCES = ("ClosedListEntityReference", "RegexEntityReference", "EntityReference")
MAX_RETRIES = 10


def _question(action: Reader) -> Step:
    entity = _entity(action)
    said = _prompts(action)
    interrupters = _interrupters(action)
    if isinstance(entity, Unsupported):
        return entity
    if isinstance(said, Unsupported):
        return said
    if isinstance(interrupters, Unsupported):
        return interrupters
    if "prompt" not in said:
        raise TopicInvalid("prompt is missing", action.line)
    return Question(
        at=place(action),
        variable=action.variable("variable"),
        prompt=said["prompt"],
        entity=entity,
        retries=_retries(action),
        unrecognised=said.get("unrecognizedPrompt"),
        default=action.expression("defaultValue"),
        always=action.flag("alwaysPrompt", False),
        interruptible=_interruptible(action),
        interrupters=interrupters,
        validation=action.expression("validation"),
        invalid=said.get("invalidPrompt"),
        default_said=said.get("defaultValueResponse"),
        survey=str(action.scalar("conversationOutcome") or "").startswith("Resolved"),
    )


def _prompts(action: Reader) -> dict[str, Message] | Unsupported:
    """What a question says, by key."""
    found: dict[str, Message] = {}
    for key in ("prompt", "unrecognizedPrompt", "invalidPrompt", "defaultValueResponse"):
        said = message(action, key)
        if isinstance(said, Unsupported):
            return said
        if said is not None:
            found[key] = said
    return found


def _card_prompt(action: Reader) -> Step:
    outputs = action.reader("output")
    types = action.reader("outputType")
    unrecognised = message(action, "unrecognizedPrompt")
    if isinstance(unrecognised, Unsupported):
        return unrecognised
    interrupters = _interrupters(action)
    if isinstance(interrupters, Unsupported):
        return interrupters
    return CardPrompt(
        at=place(action),
        card=card(action.required("card"), "card"),
        outputs=outputs.variables("binding") if outputs else (),
        schema=fields(types) if types else None,
        retries=_retries(action),
        unrecognised=unrecognised,
        interruptible=_interruptible(action),
        interrupters=interrupters,
    )


def _satisfaction(action: Reader) -> Step:
    prompt = message(action, "prompt") or message(action, "question")
    if isinstance(prompt, Unsupported):
        return prompt
    return SatisfactionQuestion(place(action), prompt or Message())


def _sign_in(action: Reader) -> Step:
    text = action.template("text") or action.template("title") or Template(())
    action.node("title")
    return SignIn(place(action), Message(text))


BUILDERS = {
    "Question": _question,
    "AdaptiveCardPrompt": _card_prompt,
    "CSATQuestion": _satisfaction,
    "OAuthInput": _sign_in,
}


def _retries(action: Reader) -> int:
    # A question that never gives up is put more often than anybody answers.
    return min(action.whole_number("repeatCount", 2), MAX_RETRIES)


def _interruptible(action: Reader) -> bool:
    policy = action.reader("interruptionPolicy")
    return policy.flag("allowInterruption", True) if policy else True


def _interrupters(action: Reader) -> tuple[str, ...] | Unsupported | None:
    """The topics that may interrupt, None when any may."""
    policy = action.reader("interruptionPolicy")
    chosen = policy.reader("interruptionTopicListFilter") if policy else None
    if chosen is None:
        return None
    kind = chosen.required_text("kind")
    if kind != "IncludeSelectedTopics":
        return Unsupported(place(action), f"interruptionTopicListFilter of {kind[:60]}")
    return chosen.texts("allowedInterruptTopics")


def _entity(action: Reader) -> Entity | Unsupported:
    if not action.has("entity"):
        raise TopicInvalid("entity is missing", action.line)
    named = action.scalar("entity")
    if named is not None:
        return _named(str(named))
    found = written(action.required_reader("entity"))
    if found is None:
        kind = action.required_reader("entity").required_text("kind")
        return Unsupported(place(action), f"Question with {kind[:100]}")
    return found


def _named(name: str) -> Entity:
    return Entity(name) if name in PREBUILT else Entity(REFERENCE, name=name)


def written(entity: Reader) -> Entity | None:
    """An entity as it stands in a question or a component of its own; None for another kind."""
    kind = entity.required_text("kind")
    if kind == "EmbeddedEntity":
        return written(entity.required_reader("definition"))
    if kind in PREBUILT:
        return Entity(kind)
    if kind == CLOSED_LIST:
        options = tuple(_option(item) for item in entity.readers("items"))
        name = str(entity.scalar("optionSetName") or "")
        smart = entity.flag("smartMatchingEnabled", False)
        return Entity(kind, options, name=name, smart=smart)
    if kind == DYNAMIC_LIST:
        return Entity(kind, items=entity.expression("items"))
    if kind == PATTERN:
        return Entity(kind, pattern=entity.required_text("pattern"))
    if kind in _REFERENCES:
        name = entity.required_text("entityId" if entity.has("entityId") else "name")
        return Entity(REFERENCE, name=name, chosen=entity.texts("selectedItems"))
    return None


def _option(item: Reader) -> Option:
    # One of the two names is enough: makers leave out either.
    name = item.required_text("id" if item.has("id") else "displayName")
    label = item.required_text("displayName") if item.has("displayName") else name
    return Option(name, label, item.texts("synonyms"))
