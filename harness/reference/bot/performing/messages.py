"""Saying something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.reference.bot.outputs import Say
from harness.reference.bot.performing.stopping import Performers
from harness.reference.bot.steps import Message, SendActivity

if TYPE_CHECKING:
    from harness.reference.bot.interpreter import Interpreter


def say(run: Interpreter, message: Message, suggestions: tuple[str, ...] = ()) -> None:
    """Says a message; `suggestions` are offered when it has none of its own."""
    own = tuple(run.fill(suggestion) for suggestion in message.suggestions)
    speak = None if message.speak is None else run.fill(message.speak)
    text = run.fill(message.text)
    cards = tuple(card.attachment(run.look_up, run.now) for card in message.cards)
    # A message that is written for calls only is read in a chat as well.
    run.tell(Say(text or ("" if cards else speak or ""), own or suggestions, True, cards, speak))


def _send(run: Interpreter, step: SendActivity) -> None:
    say(run, step.message)
    run.go()


PERFORMERS: Performers = {SendActivity: _send}
