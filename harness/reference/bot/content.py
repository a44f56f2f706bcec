"""Topics as Copilot Studio writes them: from YAML to the model that runs."""

from __future__ import annotations

from dataclasses import dataclass

from harness.protocol.conversations import Generation


class TopicInvalid(Exception):
    """The YAML is no topic: `line` counts from 1, `reason` says what to change."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: `trigger` is the kind of its trigger, e.g. `OnRecognizedIntent`."""

    name: str
    trigger: str


def load_topic(name: str, text: str) -> Topic:
    """Reads a topic; raises TopicInvalid with the line."""
    raise NotImplementedError


def bundled(generation: Generation) -> tuple[tuple[str, str], ...]:
    """The topics (name, YAML) that a bot created from Dynamics 365 has in this generation."""
    raise NotImplementedError
