"""Conformance tests for handing a conversation from a bot to a person; the names a step may use.

A name is imported when it is first used: the reference and the command line live in this package,
too, and need none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.cast import Cast as Cast
    from harness.expect import accessibility as accessibility
    from harness.expect import afterwards as afterwards
    from harness.expect import agents as agents
    from harness.expect import analytics as analytics
    from harness.expect import applications as applications
    from harness.expect import bots as bots
    from harness.expect import calls as calls
    from harness.expect import connections as connections
    from harness.expect import conversations as conversations
    from harness.expect import customers as customers
    from harness.expect import editors as editors
    from harness.expect import embeddings as embeddings
    from harness.expect import environments as environments
    from harness.expect import escalations as escalations
    from harness.expect import messages as messages
    from harness.expect import portals as portals
    from harness.expect import refusals as refusals
    from harness.expect import solutions as solutions
    from harness.expect import supervisors as supervisors
    from harness.expect import websites as websites
    from harness.expect import widgets as widgets
    from harness.expect.refusals import refusal_of as refusal_of
    from harness.staging import arrangements as arrangements
    from harness.staging import connecting as connecting
    from harness.staging import embedding as embedding
    from harness.staging import examining as examining
    from harness.staging import farewells as farewells
    from harness.staging import identities as identities
    from harness.staging import moving as moving
    from harness.staging import preparations as preparations
    from harness.staging import scenes as scenes
    from harness.staging import silences as silences

_MODULES = {
    "arrangements": "harness.staging.arrangements",
    "connecting": "harness.staging.connecting",
    "embedding": "harness.staging.embedding",
    "farewells": "harness.staging.farewells",
    "identities": "harness.staging.identities",
    "examining": "harness.staging.examining",
    "moving": "harness.staging.moving",
    "preparations": "harness.staging.preparations",
    "scenes": "harness.staging.scenes",
    "silences": "harness.staging.silences",
    "accessibility": "harness.expect.accessibility",
    "afterwards": "harness.expect.afterwards",
    "agents": "harness.expect.agents",
    "analytics": "harness.expect.analytics",
    "applications": "harness.expect.applications",
    "bots": "harness.expect.bots",
    "calls": "harness.expect.calls",
    "connections": "harness.expect.connections",
    "conversations": "harness.expect.conversations",
    "customers": "harness.expect.customers",
    "editors": "harness.expect.editors",
    "embeddings": "harness.expect.embeddings",
    "environments": "harness.expect.environments",
    "escalations": "harness.expect.escalations",
    "messages": "harness.expect.messages",
    "portals": "harness.expect.portals",
    "refusals": "harness.expect.refusals",
    "solutions": "harness.expect.solutions",
    "supervisors": "harness.expect.supervisors",
    "websites": "harness.expect.websites",
    "widgets": "harness.expect.widgets",
}
_THINGS = {"Cast": "harness.cast", "refusal_of": "harness.expect.refusals"}

__all__ = [
    "Cast",
    "accessibility",
    "agents",
    "analytics",
    "applications",
    "arrangements",
    "bots",
    "calls",
    "connecting",
    "connections",
    "conversations",
    "customers",
    "editors",
    "embedding",
    "environments",
    "escalations",
    "examining",
    "farewells",
    "identities",
    "messages",
    "moving",
    "portals",
    "preparations",
    "refusal_of",
    "refusals",
    "scenes",
    "silences",
    "solutions",
    "supervisors",
    "websites",
    "widgets",
]


def __getattr__(name: str) -> object:
    """The thing of that name, imported now."""
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _THINGS:
        return getattr(import_module(_THINGS[name]), name)
    raise AttributeError(f"module 'harness' has no attribute {name!r}")
