"""Saying something."""

from __future__ import annotations

from harness.reference.bot.outputs import Say
from harness.reference.bot.performing.stopping import Performers
from harness.reference.bot.steps import Message, SendActivity
from harness.reference.bot.turns import Run


def say(run: Run, message: Message, suggestions: tuple[str, ...] = ()) -> None:
    """Says a message; `suggestions` are offered when it has none of its own."""
    own = tuple(run.fill(suggestion) for suggestion in message.suggestions)
    speak = None if message.speak is None else run.fill(message.speak)
    text = run.fill(message.text)
    cards = tuple(card.attachment(run.evaluate) for card in message.cards)
    # A message that is written for calls only is read in a chat as well.
    run.tell(Say(text or ("" if cards else speak or ""), own or suggestions, True, cards, speak))


def _send(run: Run, step: SendActivity) -> None:
    say(run, step.message)
    run.go()


PERFORMERS: Performers = {SendActivity: _send}
