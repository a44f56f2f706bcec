"""Somebody who looks into the Dataverse of an environment, over its Web API (OData v4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from harness.actors.session import Session
from harness.protocol.dataverse import BotRow, ComponentRow, SolutionRow, SystemUser

VERSION = "data/v9.2"
MEMBERS = "systemuserroles_association"


class Dataverse:
    """A person with an account; `environment` is always an environment's id."""

    def __init__(self, session: Session) -> None:
        self.name = session.name
        self._session = session

    def __repr__(self) -> str:
        return self.name

    def application_users(self, environment: str) -> Sequence[SystemUser]:
        """The application users of bots that are connected to the environment's Omnichannel."""
        return self._users(environment, "applicationid ne null")

    def application_user(self, environment: str, application_id: str) -> SystemUser | None:
        """The user with this application id, None when there is none."""
        found = self._users(environment, f"applicationid eq {application_id}")
        return found[0] if found else None

    def people(self, environment: str) -> Sequence[SystemUser]:
        """Everybody who is no application user."""
        return self._users(environment, "applicationid eq null")

    def bots(self, environment: str) -> Sequence[BotRow]:
        """The bots of the environment."""
        columns = ("botid", "name", "schemaname", "publishedon", "ismanaged")
        return [
            BotRow(
                row["botid"],
                row["name"],
                row["schemaname"],
                row["publishedon"] is not None,
                row["ismanaged"],
            )
            for row in self._rows(environment, "bots", {"$select": ",".join(columns)})
        ]

    def components(self, environment: str, bot: str) -> Sequence[ComponentRow]:
        """What the draft of a bot is made of."""
        columns = ("name", "schemaname", "componenttype", "data", "statecode")
        asked = {"$select": ",".join(columns), "$filter": f"_parentbotid_value eq {bot}"}
        return [
            ComponentRow(
                row["botcomponentid"],
                row["name"],
                row["schemaname"],
                row["componenttype"],
                row["data"],
                row["statecode"] == 0,
            )
            for row in self._rows(environment, "botcomponents", asked)
        ]

    def solutions(self, environment: str) -> Sequence[SolutionRow]:
        """The solutions of the environment."""
        columns = ("uniquename", "friendlyname", "version", "ismanaged")
        return [
            SolutionRow(
                row["solutionid"],
                row["uniquename"],
                row["friendlyname"],
                row["version"],
                row["ismanaged"],
            )
            for row in self._rows(environment, "solutions", {"$select": ",".join(columns)})
        ]

    def disables(self, environment: str, user: str, disabled: bool = True) -> None:
        """Disable an application user (its id), or enable it again."""
        at = self._session.within(environment)
        at.patch(f"{VERSION}/systemusers({user})", {"isdisabled": disabled})

    def _users(self, environment: str, condition: str) -> Sequence[SystemUser]:
        asked = {
            "$select": "fullname,isdisabled,applicationid",
            "$filter": condition,
            "$expand": f"{MEMBERS}($select=name)",
        }
        return [_user(row) for row in self._rows(environment, "systemusers", asked)]

    def _rows(
        self, environment: str, table: str, asked: Mapping[str, str]
    ) -> Sequence[Mapping[str, Any]]:
        """All rows, page by page."""
        at = self._session.within(environment)
        query = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
        path, rows = f"{VERSION}/{table}?{query}", list[Mapping[str, Any]]()
        while path:
            page = at.get(path)
            rows += page["value"]
            path = page.get("@odata.nextLink", "").partition("/api/")[2]
        return rows


def _user(row: Mapping[str, Any]) -> SystemUser:
    return SystemUser(
        row["systemuserid"],
        row["fullname"] or "",
        row["isdisabled"],
        row["applicationid"] or "",
        tuple(role["name"] for role in row[MEMBERS]),
    )
