"""What Power Apps shows of solutions, the bots in them and their layers (ALM)."""

from __future__ import annotations

from dataclasses import dataclass

SEE_LAYERS = "See solution layers"
REMOVE_LAYER = "Remove unmanaged layer"


@dataclass(frozen=True, slots=True)
class Component:
    """A bot in a solution; `commands` is what its `More commands` offers."""

    id: str
    name: str
    schema: str = ""
    managed: bool = False
    layered: bool = False
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """A solution of an environment; `name` is unique there, `title` is what people read."""

    id: str
    name: str
    title: str
    version: str
    managed: bool
    components: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of a component, 1 on top; `offers` is what may be done once it is selected."""

    name: str
    managed: bool
    order: int
    offers: tuple[str, ...] = ()
