"""What makers make: bots, their components, and the solutions that they move them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from harness.reference.domain.bots import prefix_of
from harness.reference.domain.dataverse.columns import (
    BOTH,
    CREATE,
    CREATED,
    ENGLISH,
    LANGUAGES,
    STATES,
    UPDATE,
    VERSION,
    always,
    choice,
    flag,
    guid,
    key,
    lookup,
    memo,
    moment,
    of,
    own,
    text,
)
from harness.reference.domain.dataverse.tables import Kind, Relation, Row, Table, Value

DEFAULT_SOLUTION = "fd140aaf-4df4-11dd-bd17-0019b9312238"
"""The Default solution, which has one id in every environment of the product."""


class ComponentType(IntEnum):
    """What a component of a bot is; those that the reference keeps."""

    TOPIC = 9
    ENTITY = 11
    VARIABLE = 12


TYPES = {9: "Topic (V2)", 11: "Bot entity (V2)", 12: "Bot variable (V2)"}


@dataclass(frozen=True, slots=True)
class Component:
    """A topic, an entity or a variable of a bot's draft."""

    id: str
    bot: str
    schema: str
    name: str
    type: ComponentType
    text: str
    active: bool = True
    managed: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """A solution; the Default one has everything that is in no other."""

    id: str
    unique: str
    name: str
    version: str = "1.0.0.0"
    managed: bool = False
    installed: datetime | None = None


def _solution(row: Row) -> Value:
    return row.record.managed.solution if row.record.managed else DEFAULT_SOLUTION


def _published(row: Row) -> Value:
    """When exactly is not kept: the beginning stands for it."""
    return row.place.started if row.record.version else None


POLICIES = {0: "Any", 1: "Chatbot readers", 2: "Group membership"}
AUTHENTICATION = {
    0: "Unspecified",
    1: "None",
    2: "Integrated",
    3: "Custom Azure Active Directory",
    4: "Generic OAuth2",
}
PROVIDERS = {0: "Power Virtual Agents", 1: "Nuance Mix Shell"}
PROVISION = {
    1: "Provisioned",
    2: "Deprovisioned",
    3: "Provisioning",
    4: "ProvisionFailed",
    5: "MissingLicense",
}

BOTS = Table(
    "bot",
    "bots",
    "Chatbot",
    "botid",
    "name",
    (
        key("botid", "Bot"),
        text("name", "Name", of("name"), 100, written=BOTH),
        text("schemaname", "SchemaName", of("schema"), null=False, schema="SchemaName"),
        choice("accesscontrolpolicy", "Access Control Policy", always(0), POLICIES),
        choice("authenticationmode", "Authentication Mode", always(1), AUTHENTICATION),
        choice(
            "authenticationtrigger",
            "Authentication trigger",
            always(0),
            {0: "As Needed", 1: "Always"},
        ),
        choice("language", "Language", always(ENGLISH), LANGUAGES, schema="Language"),
        choice(
            "runtimeprovider", "Runtime provider", always(0), PROVIDERS, schema="RuntimeProvider"
        ),
        text("template", "Template", of("origin"), schema="Template"),
        memo("configuration", "Configuration", always(None), 1048576),
        memo("iconbase64", "Icon (Base64)", always(None), 51200),
        memo("synchronizationstatus", "SynchronizationStatus", always(None), 1048576),
        moment("publishedon", "Published On", _published),
        flag(
            "ismanaged",
            "Is Managed",
            lambda row: row.record.managed is not None,
            "Managed",
            "Unmanaged",
        ),
        choice("statecode", "Status", always(0), STATES, Kind.STATE),
        choice("statuscode", "Status Reason", always(1), PROVISION, Kind.STATUS),
        lookup(
            "owningbusinessunit",
            "Owning Business Unit",
            "businessunit",
            own("businessunit"),
            schema="OwningBusinessUnit",
        ),
        guid("solutionid", "Solution", _solution, "SolutionId", null=False),
        CREATED,
        VERSION,
    ),
    (Relation("botcomponent_parent_bot", "botcomponent", by="parentbotid"),),
    (("schemaname",),),
    "A bot of Power Virtual Agents.",
)

COMPONENTS = Table(
    "botcomponent",
    "botcomponents",
    "Chatbot subcomponent",
    "botcomponentid",
    "name",
    (
        key("botcomponentid", "BotComponent"),
        text("name", "Name", of("name"), 500, written=BOTH),
        text(
            "schemaname",
            "SchemaName",
            of("schema"),
            300,
            null=False,
            written=CREATE,
            schema="SchemaName",
        ),
        choice(
            "componenttype",
            "ComponentType",
            lambda row: int(row.record.type),
            TYPES,
            written=CREATE,
            schema="ComponentType",
        ),
        memo("data", "Obi Data", of("text"), 1048576, BOTH),
        memo("content", "Content", always(None), 1048576),
        memo("description", "Description", always(None), 1048576),
        text("category", "Category", always(None), schema="Category"),
        choice("language", "Language", always(ENGLISH), LANGUAGES, schema="Language"),
        lookup("parentbotid", "Parent chatbot", "bot", of("bot"), CREATE, null=False),
        flag("ismanaged", "Is Managed", of("managed"), "Managed", "Unmanaged"),
        choice(
            "statecode",
            "Status",
            lambda row: int(not row.record.active),
            STATES,
            Kind.STATE,
            UPDATE,
        ),
        choice(
            "statuscode",
            "Status Reason",
            lambda row: 1 if row.record.active else 2,
            {1: "Active", 2: "Inactive"},
            Kind.STATUS,
            UPDATE,
        ),
        CREATED,
        VERSION,
    ),
    keys=(("schemaname",),),
    description="A part of a bot: a topic, an entity or a variable.",
)

SOLUTIONS = Table(
    "solution",
    "solutions",
    "Solution",
    "solutionid",
    "friendlyname",
    (
        key("solutionid", "Solution Identifier"),
        text("uniquename", "Name", of("unique"), 65, null=False),
        text("friendlyname", "Display Name", of("name"), 256, null=False, written=CREATE),
        text("version", "Version", of("version"), 256, null=False),
        flag("ismanaged", "Package Type", of("managed"), "Managed", "Unmanaged"),
        flag("isvisible", "Is Visible Outside Platform", always(True), "Yes", "No"),
        moment(
            "installedon", "Installed On", lambda row: row.record.installed or row.place.started
        ),
        lookup("publisherid", "Publisher", "publisher", own("publisher"), CREATE, null=False),
        CREATED,
        VERSION,
    ),
    keys=(("uniquename",),),
    description="A solution: components that are moved together.",
)

PUBLISHERS = Table(
    "publisher",
    "publishers",
    "Publisher",
    "publisherid",
    "friendlyname",
    (
        key("publisherid", "Publisher Identifier"),
        text("uniquename", "Name", of("unique"), 256, null=False),
        text("friendlyname", "Display Name", of("name"), 256, null=False),
        text(
            "customizationprefix",
            "Prefix",
            lambda row: prefix_of(row.place.environment),
            8,
            null=False,
        ),
        CREATED,
        VERSION,
    ),
    (Relation("publisher_solution", "solution", by="publisherid"),),
    description="Who made a solution.",
)
