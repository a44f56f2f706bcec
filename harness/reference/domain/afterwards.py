"""What the files, survey and letters of a widget cannot be; each refusal says where."""

from __future__ import annotations

import re

from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.feedback import Form
from harness.reference.domain.widgets import SLOT, ChatWidget, SurveyAnswer, SurveyQuestion

LARGEST = 128
"""MB of a file, at most."""

LONGEST = 512
"""Characters of a title, a question or an option."""

LONGEST_TEMPLATE = 10_000
MOST = 20
"""Questions of a survey, options of a question."""

KIND = re.compile(r"\.?[A-Za-z0-9]{1,20}")
"""The end of a file's name, with its dot or without."""


def refuse_impossible(widget: ChatWidget) -> None:
    """Raises MalformedBody for settings that no widget can have."""
    if not 0 < widget.largest_file <= LARGEST:
        raise MalformedBody(f"largest_file is from 1 to {LARGEST} MB, not {widget.largest_file}.")
    if not widget.extensions or not all(map(KIND.fullmatch, widget.extensions)):
        raise MalformedBody("extensions are one or more ends of names, such as .txt or .png.")
    template = widget.transcript_template
    if SLOT not in template or len(template) > LONGEST_TEMPLATE:
        raise MalformedBody(
            f"transcript_template needs {SLOT} where the transcript shall be,"
            f" and has at most {LONGEST_TEMPLATE} characters."
        )
    if widget.survey:
        _refuse_form("survey", widget.survey)
        if widget.survey.bot:
            _refuse_form("survey.bot", widget.survey.bot)


def _refuse_form(place: str, form: Form) -> None:
    _refuse_text(f"{place}.title", form.title)
    _refuse_text(f"{place}.message", form.message)
    if not 0 < len(form.questions) <= MOST:
        raise MalformedBody(f"{place}.questions are 1 to {MOST}, not {len(form.questions)}.")
    for number, question in enumerate(form.questions):
        _refuse_question(f"{place}.questions[{number}]", question)
    names = [question.name for question in form.questions]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise MalformedBody(f"{place}.questions[{number}]: there is {name[:50]!r} twice.")


def _refuse_question(place: str, question: SurveyQuestion) -> None:
    _refuse_text(f"{place}.name", question.name)
    _refuse_text(f"{place}.text", question.text)
    chooses = question.type is SurveyAnswer.CHOICE
    if chooses is not bool(question.options) or len(question.options) > MOST:
        raise MalformedBody(
            f"{place}.options are for a Choice, which has 1 to {MOST};"
            f" this {question.type} has {len(question.options)}."
        )
    for number, option in enumerate(question.options):
        _refuse_text(f"{place}.options[{number}]", option)


def _refuse_text(place: str, text: str) -> None:
    if not text.strip() or len(text) > LONGEST:
        raise MalformedBody(f"{place} has 1 to {LONGEST} characters, not {len(text.strip())}.")
