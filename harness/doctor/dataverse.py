"""What Dataverse tells of the bot, where the portal is shut: a real tenant always has this surface.

The product keeps no link from a bot to the user that stands for it: both have the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from harness.actors.session import Session
from harness.doctor.facts import BotUser, Seen
from harness.errors import HarnessError
from harness.protocol.organisations import Organisation
from harness.target import Target

READERS = ("Pia", "Mia", "Noah", "Olga")
VERSION = "data/v9.2"
MEMBERS = "systemuserroles_association"


def seen(target: Target, organisation: Organisation) -> Seen | str:
    """The bot as its environment keeps it, or why nobody could look."""
    address = str(target.addresses["dataverse"]).rstrip("/")
    reasons = []
    for account in filter(None, map(organisation.account, READERS)):
        session = Session(target.client, address, account)
        try:
            return _bot(session, organisation)
        except HarnessError as failure:
            reasons.append(f"{account.name}: {failure}")
        except (KeyError, TypeError) as odd:
            reasons.append(f"an answer is not as documented ({odd!r})")
    return "; ".join(reasons) or f"no token of {', '.join(READERS)}"


def _bot(session: Session, organisation: Organisation) -> Seen:
    row = session.get(
        f"{VERSION}/bots({organisation.bot})?$select=botid,name,publishedon,ismanaged"
    )
    return Seen(
        id=organisation.bot,
        name=row["name"],
        generation=organisation.generation,
        published=row["publishedon"] is not None,
        environment=organisation.environment,
        user=_user(session, row["name"]),
        managed=row["ismanaged"],
    )


def _user(session: Session, name: str) -> BotUser | None:
    """The application user of that name, None when there is none or several."""
    escaped = name.replace("'", "''")
    condition = quote(f"applicationid ne null and fullname eq '{escaped}'")
    asked = f"$select=fullname,isdisabled&$filter={condition}&$expand={MEMBERS}($select=name)"
    rows: list[Mapping[str, Any]] = session.get(f"{VERSION}/systemusers?{asked}")["value"]
    if len(rows) != 1:
        return None
    roles = tuple(role["name"] for role in rows[0].get(MEMBERS, ()))
    return BotUser(rows[0]["fullname"], rows[0]["isdisabled"], roles)
