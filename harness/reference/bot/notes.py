"""What a bot learns in a conversation and an agent will read: variables, topics asked for."""

from __future__ import annotations

from harness.reference.bot.bots import Deviates
from harness.reference.bot.expressions import Value
from harness.reference.bot.memory import Dialogue
from harness.reference.bot.steps import Scope


class Notes:
    """The notes of one turn, begun with those of the turns before (hand-off-specification 5.3)."""

    def __init__(self, before: Dialogue, deviates: Deviates) -> None:
        self.system = dict(before.system)
        self.globals = dict(before.globals)
        self.variables = dict(before.variables)
        self.topics = before.topics
        self.last_topic = before.last_topic
        self._deviates = deviates

    def remember(self, name: str, value: Value) -> None:
        """A variable of any topic got a value: of one name the newest counts."""
        if name in self.variables and self._deviates("oldest_value_wins"):
            return
        # Taken out first, so that the order is the order of definition.
        self.variables.pop(name, None)
        self.variables[name] = value

    def noted(self, scope: Scope | None) -> dict[str, Value]:
        """The variables that got a value, of one scope or of all.

        A name that topics and the whole conversation have is both; each has its own value.
        """
        if scope is None:
            return dict(self.variables)
        if scope is Scope.GLOBAL:
            return {name: self.globals[name] for name in self.variables if name in self.globals}
        return {
            name: value
            for name, value in self.variables.items()
            if name not in self.globals or self.globals[name] != value
        }

    def forget(self, *, only_globals: bool = False) -> None:
        """The conversation's variables are blank again: nothing of them is handed over."""
        kept = self.variables.keys() - self.globals.keys() if only_globals else frozenset()
        self.variables = {name: value for name, value in self.variables.items() if name in kept}
        self.globals.clear()

    def triggered(self, topic: str) -> None:
        """A phrase asked for a topic."""
        if topic not in self.topics:
            self.topics = (*self.topics, topic)
        self.last_topic = topic

    def redirected(self, topic: str) -> None:
        """Another topic redirected to this one: nothing to note."""
        if self._deviates("redirected_topics_listed"):
            self.topics = (*self.topics, topic)
        if self._deviates("last_topic_is_redirected"):
            self.last_topic = topic
