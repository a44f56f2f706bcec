"""Asking, and taking what comes as the answer."""

from __future__ import annotations

from dataclasses import replace

from harness.reference.bot.cards import Card
from harness.reference.bot.expressions import ExpressionFailed, Value, is_blank, truth
from harness.reference.bot.listening import answers
from harness.reference.bot.listening.entities import CLOSED_LIST, DYNAMIC_LIST, REFERENCE, Entity
from harness.reference.bot.outputs import SIGN_IN, Say, Traced
from harness.reference.bot.performing.messages import say
from harness.reference.bot.performing.stopping import Performers
from harness.reference.bot.steps import (
    CardPrompt,
    Message,
    Question,
    SatisfactionQuestion,
    SignIn,
    Waiting,
)
from harness.reference.bot.templates import Template
from harness.reference.bot.turns import Run

CHATS = "Omnichannel"
"""What the channel of chats with the desk is called."""

ASKED = 2
"""How often somebody is asked to sign in."""

STARS = ("1", "2", "3", "4", "5")
RATE = Message(Template(("Please rate this conversation, from 1 to 5.",)))


def answer(run: Run, asked: Waiting, said: str, value: Value) -> bool:
    """Takes an answer: whether the topic goes on now."""
    if isinstance(asked, SatisfactionQuestion):
        return _rated(run, said)
    if isinstance(asked, SignIn):
        return _unsigned(run, asked)
    if isinstance(asked, CardPrompt):
        return _submitted(run, asked, value)
    return _answered(run, asked, said)


def recognise(run: Run, question: Question, said: str) -> Value:
    """What an answer means to a question, None for one that is none."""
    entity = _entity(run, question)
    if entity.kind == DYNAMIC_LIST:
        return answers.chosen(_rows(run, entity), said)
    return answers.recognise(entity, said, run.now)


def is_choice(run: Run, question: Question, said: str) -> bool:
    """Whether a text is one of the answers that the question waits for, and not any text at all."""
    try:
        entity = _entity(run, question)
        if answers.takes_anything(entity):
            return False
        if entity.kind == CLOSED_LIST:
            return answers.names_option(entity, said)
        return recognise(run, question, said) is not None
    except ExpressionFailed:
        return False


def stars(said: str) -> int | None:
    """How many stars an utterance gives, None when it speaks of something else."""
    return int(said) if said.strip() in STARS else None


def _reach(run: Run, question: Question) -> None:
    given = run.look_up((question.variable.scope, *_names(question)))
    asked = run.stack[-1].asked
    if not is_blank(given) and not question.always and not asked:
        run.go()
    else:
        # Put again after an interruption, which is not a retry.
        _ask(run, question, question.prompt, max(asked, 1))


def _names(question: Question) -> tuple[str, ...]:
    return (*question.variable.name.split("."), *question.variable.path)


def _ask(run: Run, question: Question, prompt: Message, asked: int) -> None:
    entity = _entity(run, question)
    offered = answers.suggestions(entity)
    if entity.kind == DYNAMIC_LIST:
        offered = tuple(answers.shown(row) for row in _rows(run, entity))
    say(run, prompt, offered)
    _wait(run, asked)


def _wait(run: Run, asked: int) -> None:
    run.change(asked=asked)
    run.paused = True


def _answered(run: Run, question: Question, said: str) -> bool:
    value = recognise(run, question, said)
    again = question.unrecognised
    if value is not None and not _is_valid(run, question, value):
        value, again = None, question.invalid or again
    asked = run.stack[-1].asked
    retries = question.retries
    if asked == retries and run.deviates("question_gives_up_early"):
        retries -= 1
    asks_again = asked <= retries or run.deviates("question_never_gives_up")
    if value is None and asks_again:
        _ask(run, question, again or question.prompt, asked + 1)
        return False
    if value is None and question.default is None:
        run.escalate()
        return False
    if value is None and question.default is not None:
        value = run.evaluate(question.default)
        if question.default_said is not None:
            say(run, question.default_said)
    run.assign(question.variable, value)
    if question.survey and isinstance(value, bool):
        run.trace.append(Traced("PRRSurveyResponse", {"response": "Yes" if value else "No"}))
    _go_on(run)
    return True


def _is_valid(run: Run, question: Question, value: Value) -> bool:
    """Whether what the maker asks of an answer holds once the variable has it."""
    if question.validation is None:
        return True
    return truth(run.evaluate(question.validation, supposing=(question.variable, value)))


def _go_on(run: Run) -> None:
    run.change(asked=0)
    run.go()


def _entity(run: Run, question: Question) -> Entity:
    entity = question.entity
    if entity.kind != REFERENCE:
        return entity
    found = run.bot.entity(entity.name)
    if found is None:
        raise ExpressionFailed(f"the bot has no entity {entity.name[:100]}")
    if not entity.chosen:
        return found
    return replace(found, options=tuple(o for o in found.options if o.id in entity.chosen))


def _rows(run: Run, entity: Entity) -> list[Value]:
    rows = None if entity.items is None else run.evaluate(entity.items)
    if rows is not None and not isinstance(rows, list):
        raise ExpressionFailed("the choices are no table")
    return list(rows or ())


# Cards that are submitted


def _prompt(run: Run, prompt: CardPrompt) -> None:
    _show(run, prompt.card, None)
    _wait(run, max(run.stack[-1].asked, 1))


def _show(run: Run, card: Card, words: Message | None) -> None:
    say(run, Message(words.text if words else Template(()), cards=(card,)))


def _submitted(run: Run, prompt: CardPrompt, value: Value) -> bool:
    asked = run.stack[-1].asked
    if isinstance(value, dict):
        for name, variable in prompt.outputs:
            schema = (prompt.schema or {}).get(name)
            given = value.get(name)
            run.assign(variable, given if schema is None else schema.take(given))
        _go_on(run)
        return True
    if asked <= prompt.retries:
        _show(run, prompt.card, prompt.unrecognised)
        _wait(run, asked + 1)
    else:
        run.escalate()
    return False


# Stars


def _rate(run: Run, step: SatisfactionQuestion) -> None:
    say(run, step.prompt if step.prompt.text.parts else RATE, STARS)
    run.trace.append(Traced("CSATSurveyRequest", {}))
    _wait(run, 1)


def _rated(run: Run, said: str) -> bool:
    run.trace.append(Traced("CSATSurveyResponse", {"score": stars(said)}))
    _go_on(run)
    return True


# Signing in


def go_on(run: Run) -> None:
    """What waited has come about: the topic at hand goes on."""
    _go_on(run)


def is_signed_in(run: Run) -> bool:
    """Whether the customer has signed in."""
    return run.look_up(("System", "User", "IsLoggedIn")) is True


def _sign_in(run: Run, step: SignIn) -> None:
    if _can_sign_in(run) and run.deviates("sign_in_takes_everybody"):
        run.notes.system |= {"User.IsLoggedIn": True, "User.AccessToken": "anybody"}
    if is_signed_in(run):
        run.go()
    elif _can_sign_in(run):
        _ask_to_sign_in(run, step, max(run.stack[-1].asked, 1))
    else:
        # Asked, nobody can sign in, and the topic goes on.
        if step.message.text.parts:
            say(run, step.message)
        run.go()


def _can_sign_in(run: Run) -> bool:
    """In chats of the desk alone there is a page that a card can be shown in."""
    return run.bot.authenticates and run.look_up(("System", "Activity", "Channel")) == CHATS


def _ask_to_sign_in(run: Run, step: SignIn, asked: int) -> None:
    words = run.fill(step.message.text)
    run.tell(Say("", cards=({"contentType": SIGN_IN, "content": {"text": words}},)))
    _wait(run, asked)


def _unsigned(run: Run, step: SignIn) -> bool:
    """The customer has said something else: asked once more, then the topic goes on without."""
    asked = run.stack[-1].asked
    if asked < ASKED:
        _ask_to_sign_in(run, step, asked + 1)
        return False
    _go_on(run)
    return True


PERFORMERS: Performers = {
    Question: _reach,
    CardPrompt: _prompt,
    SatisfactionQuestion: _rate,
    SignIn: _sign_in,
}
