"""Users, roles, and what an environment has one of: business unit and organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from harness.reference.domain.dataverse.columns import (
    CREATED,
    ENGLISH,
    UNIT,
    UPDATE,
    VERSION,
    always,
    choice,
    flag,
    guid,
    key,
    of,
    text,
)
from harness.reference.domain.dataverse.tables import (
    Column,
    Kind,
    Place,
    Relation,
    Row,
    Table,
    Value,
)

MEMBERS = "systemuserroles_association"
"""The relation between users and their roles, from either side."""

INTERSECT = "systemuserroles"
"""The table in which that relation is kept."""


@dataclass(frozen=True, slots=True)
class SystemUser:
    """A person, or the application user that stands for a bot (its id; a person has none)."""

    id: str
    name: str
    disabled: bool = False
    application: str = ""
    bot: str = ""
    roles: tuple[str, ...] = ()
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A security role; its id is that of the environment that it is in."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """That a user has a role."""

    id: str
    user: str
    role: str


@dataclass(frozen=True, slots=True)
class Single:
    """Something that each Dataverse has one of."""

    id: str
    name: str
    unique: str = ""


def _first_name(row: Row) -> Value:
    return row.record.name.partition(" ")[0] or None


def _last_name(row: Row) -> Value:
    return row.record.name.partition(" ")[2] or None


def _sign_in_name(row: Row) -> Value:
    """An application user signs in by its application's id."""
    user: SystemUser = row.record
    return user.application or f"{user.name.replace(' ', '.').lower()}@example.com"


def _directory_id(row: Row) -> Value:
    """The same in every environment: one directory serves the organisation."""
    everywhere = Place(row.place.organisation, "", "", row.place.started)
    return everywhere.own(f"directory/{row.record.id}")


ACCESS = {
    0: "Read-Write",
    1: "Administrative",
    2: "Read",
    3: "Support User",
    4: "Non-interactive",
    5: "Delegated Admin",
}
AGENTS = {192350000: "Application user", 192350001: "Bot application user"}

USERS = Table(
    "systemuser",
    "systemusers",
    "User",
    "systemuserid",
    "fullname",
    (
        key("systemuserid", "User"),
        text("fullname", "Full Name", of("name"), 200),
        text("firstname", "First Name", _first_name, 256),
        text("lastname", "Last Name", _last_name, 256),
        text("domainname", "User Name", _sign_in_name, 1024, null=False),
        text(
            "internalemailaddress",
            "Primary Email",
            lambda row: None if row.record.bot else _sign_in_name(row),
            schema="InternalEMailAddress",
        ),
        guid("applicationid", "Application ID", of("application"), "ApplicationId"),
        guid("azureactivedirectoryobjectid", "Azure AD Object ID", _directory_id),
        flag("isdisabled", "Status", of("disabled"), "Disabled", "Enabled", UPDATE),
        choice("accessmode", "Access Mode", lambda row: 4 if row.record.bot else 0, ACCESS),
        flag("islicensed", "User Licensed", lambda row: not row.record.bot, "Yes", "No"),
        text(
            "msdyn_botapplicationid",
            "Bot application ID",
            of("application"),
            schema="msdyn_BotApplicationId",
        ),
        choice(
            "msdyn_agenttype",
            "User type",
            lambda row: 192350001 if row.record.bot else 192350000,
            AGENTS,
            schema="msdyn_AgentType",
        ),
        UNIT,
        CREATED,
        VERSION,
    ),
    (Relation(MEMBERS, "role", intersect=INTERSECT),),
    (("applicationid",), ("azureactivedirectoryobjectid",)),
    "Person with access to the environment, or the application user of a bot.",
)

ROLES = Table(
    "role",
    "roles",
    "Security Role",
    "roleid",
    "name",
    (
        key("roleid", "Role"),
        text("name", "Name", of("name"), null=False),
        flag("ismanaged", "State", always(True), "Managed", "Unmanaged"),
        UNIT,
        CREATED,
        VERSION,
    ),
    (Relation(MEMBERS, "systemuser", intersect=INTERSECT),),
    description="Grouping of security privileges.",
)

MEMBERSHIPS = Table(
    INTERSECT,
    "systemuserrolescollection",
    "User role",
    "systemuserroleid",
    "systemuserroleid",
    (
        key("systemuserroleid", "User role"),
        guid("systemuserid", "User", of("user"), null=False),
        guid("roleid", "Role", of("role"), null=False),
    ),
    description="Which user has which role.",
)

UNITS = Table(
    "businessunit",
    "businessunits",
    "Business Unit",
    "businessunitid",
    "name",
    (
        key("businessunitid", "Business Unit"),
        text("name", "Name", of("name"), 160, null=False),
        flag("isdisabled", "Is Disabled", always(False), "Yes", "No"),
        CREATED,
        VERSION,
    ),
    (
        Relation("business_unit_system_users", "systemuser", by="businessunitid"),
        Relation("business_unit_roles", "role", by="businessunitid"),
        Relation("business_unit_bot", "bot", by="owningbusinessunit"),
    ),
    description="Division or department of the organisation.",
)

ORGANISATIONS = Table(
    "organization",
    "organizations",
    "Organization",
    "organizationid",
    "name",
    (
        key("organizationid", "Organization"),
        text("name", "Organization Name", of("name"), 160, null=False),
        Column("languagecode", Kind.INTEGER, "Language", always(ENGLISH), null=False),
        CREATED,
        VERSION,
    ),
    description="The environment itself.",
)
