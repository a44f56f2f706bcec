"""What the Dataverse of an environment says about bots and who stands for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SystemUser:
    """A row of `systemusers`; only the application user of a bot has an `application_id`."""

    id: str
    name: str
    disabled: bool
    application_id: str = ""
    roles: tuple[str, ...] = ()

    @property
    def stands_for_a_bot(self) -> bool:
        """Whether this is a bot application user."""
        return bool(self.application_id)


@dataclass(frozen=True, slots=True)
class BotRow:
    """A row of `bots`."""

    id: str
    name: str
    schema: str
    published: bool
    managed: bool


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A row of `botcomponents`: a topic (`type` 9), an entity or a variable of a bot."""

    id: str
    name: str
    schema: str
    type: int
    data: str
    active: bool


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """A row of `solutions`; the Default Solution is one of them."""

    id: str
    name: str
    title: str
    version: str
    managed: bool
