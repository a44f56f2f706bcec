"""What a widget's settings cannot be: each refusal says where, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from harness.reference.domain import afterwards, hours, masking
from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.languages import LOCALES
from harness.reference.domain.widgets import WEEK, AnswerType, ChatWidget, Hours, Question

MOST_QUESTIONS = 10
LONGEST_QUESTION = 512
"""Questions of a pre-chat survey, and code points of a question's text (EMB-19)."""

LONGEST_NAME = 100
"""Characters of a name: of a widget, a rule, or the variable that an answer becomes."""

LONGEST_PATTERN = 1_000

RESERVED = "Type"
"""What every submitted survey says of itself under this name (specification 4.5)."""

HOST = re.compile(r"[^\s./:*?#@\\]+(?:\.[^\s./:*?#@\\]+)*", re.ASCII)


Deviates = Callable[[str], bool]


def refuse_impossible(widget: ChatWidget, deviates: Deviates) -> None:
    """Raises MalformedBody for settings that no widget can have."""
    _refuse_name("name", widget.name)
    if widget.language not in LOCALES:
        raise MalformedBody(
            f"language is an LCID that the widget has, such as 1033, not {widget.language}."
        )
    _refuse_survey(widget.pre_chat, deviates)
    if widget.hours is not None:
        _refuse_hours(widget.hours)
    _refuse_domains(widget.domains)
    _refuse_masking(widget)
    afterwards.refuse_impossible(widget)


def _refuse_name(place: str, name: str) -> None:
    if not name.strip():
        raise MalformedBody(f"{place} is empty: give it at least one letter.")
    if len(name) > LONGEST_NAME:
        raise MalformedBody(
            f"{place} has {len(name)} characters; {LONGEST_NAME} are allowed. Shorten it."
        )


def _refuse_survey(questions: tuple[Question, ...], deviates: Deviates) -> None:
    count = len(questions)
    over = count > MOST_QUESTIONS and not deviates("eleventh_question_allowed")
    if over or (count == MOST_QUESTIONS and deviates("longest_survey_refused")):
        raise MalformedBody(
            f"pre_chat has {count} questions; {MOST_QUESTIONS} are allowed. Take some away."
        )
    for number, question in enumerate(questions):
        _refuse_question(f"pre_chat[{number}]", question, deviates)
    _refuse_repeated("pre_chat", (question.name for question in questions))


def _refuse_question(place: str, question: Question, deviates: Deviates) -> None:
    _refuse_name(f"{place}.name", question.name)
    if question.name == RESERVED:
        raise MalformedBody(f"{place}.name: {RESERVED} is the survey's own. Choose another name.")
    if not question.text.strip():
        raise MalformedBody(f"{place}.text is empty: ask something.")
    if len(question.text) > LONGEST_QUESTION and not deviates("long_question_allowed"):
        raise MalformedBody(
            f"{place}.text has {len(question.text)} characters; {LONGEST_QUESTION} are allowed."
            " Shorten it."
        )
    if question.type is AnswerType.USER_CONSENT and not question.required:
        raise MalformedBody(f"{place}: a User consent has to be required.")
    _refuse_options(place, question)


def _refuse_options(place: str, question: Question) -> None:
    chooses = question.type is AnswerType.OPTION_SET
    if chooses and not question.options:
        raise MalformedBody(f"{place}.options is empty: an Option set needs options.")
    if question.options and not chooses:
        raise MalformedBody(f"{place}.options are for an Option set, not a {question.type}.")
    for number, option in enumerate(question.options):
        if not option.strip() or ";" in option:
            raise MalformedBody(
                f"{place}.options[{number}] is {option[:50]!r}: an option is some text"
                " without a semicolon, which separates options."
            )
    _refuse_repeated(f"{place}.options", question.options)


def _refuse_repeated(place: str, names: Iterable[str]) -> None:
    known: set[str] = set()
    for number, name in enumerate(names):
        if name in known:
            raise MalformedBody(f"{place}[{number}]: there is {name[:50]!r} twice.")
        known.add(name)


def _refuse_hours(wanted: Hours) -> None:
    if hours.zone(wanted.time_zone) is None:
        raise MalformedBody(
            f"hours.time_zone is the name of an IANA zone such as Europe/Oslo,"
            f" not {wanted.time_zone[:50]!r}."
        )
    for place, text in (("start", wanted.start), ("end", wanted.end)):
        if hours.wall(text) is None:
            raise MalformedBody(
                f"hours.{place} is a time such as 08:00, from 00:00 to 23:59, not {text[:20]!r}."
            )
    for number, day in enumerate(wanted.days):
        if day not in WEEK:
            raise MalformedBody(f"hours.days[{number}] is a day such as Monday, not {day[:20]!r}.")
    _refuse_repeated("hours.days", wanted.days)


def _refuse_domains(domains: tuple[str, ...]) -> None:
    for number, domain in enumerate(domains):
        if not HOST.fullmatch(domain):
            raise MalformedBody(
                f"domains[{number}] is a host's name alone, such as shop.example.com, without"
                f" https://, port, path or *; {domain[:50]!r} is none."
            )
    _refuse_repeated("domains", (domain.casefold() for domain in domains))


def _refuse_masking(widget: ChatWidget) -> None:
    for number, rule in enumerate(widget.masking):
        place = f"masking[{number}]"
        _refuse_name(f"{place}.name", rule.name)
        _refuse_pattern(f"{place}.pattern", rule.pattern)
    _refuse_repeated("masking", (rule.name for rule in widget.masking))


def _refuse_pattern(place: str, pattern: str) -> None:
    if len(pattern) > LONGEST_PATTERN:
        raise MalformedBody(
            f"{place} has {len(pattern)} characters; {LONGEST_PATTERN} are allowed. Shorten it."
        )
    try:
        finds_nothing = masking.compiled(pattern).search("")
    except (re.error, OverflowError, RecursionError) as error:
        raise MalformedBody(f"{place} is no regular expression: {error}.") from None
    if finds_nothing:
        raise MalformedBody(f"{place} also finds nothing at all: have it find at least one letter.")
