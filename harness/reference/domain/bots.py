"""A bot as the portal keeps it: its draft, what was published, and its connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState

ELSEWHERE = "azure"
"""The origin of a bot that is none of the portal's."""


@dataclass(frozen=True, slots=True)
class BotUser:
    """The application user that stands for a bot in Omnichannel; `application` is its GUID."""

    id: str
    name: str
    disabled: bool = False
    application: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What the last `Refresh` found (DIS-04)."""

    at: datetime
    succeeded: bool
    text: str


@dataclass(frozen=True, slots=True)
class BotConnection:
    """A bot's connection; `connects` counts how often it was made, `voice` whether with voice.

    `environment` (id) is the one whose Omnichannel was chosen, `application` the Application
    (client) ID in lower case, `made` when it was made last. `seen` says that `Enable` was selected
    since then: before, the portal of November 2021 shows an older connection as none (CON-27).
    """

    state: ConnectionState = ConnectionState.NOT_CONFIGURED
    user: BotUser | None = None
    connects: int = 0
    voice: bool = False
    environment: str = ""
    application: str = ""
    made: datetime | None = None
    seen: bool = False
    verification: Verification | None = None


@dataclass(frozen=True, slots=True)
class Managed:
    """What a managed solution (id) brought of a bot, and what its unmanaged layer hides.

    `revision` and `omnichannel` are those of the export: how often the bot had been changed, and
    whether Omnichannel was enabled for it.
    """

    solution: str
    revision: int
    omnichannel: bool
    name: str
    voice_enabled: bool = False


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot; `version` counts how often it was published, so 0 is a bot that never was.

    `schema` is its name in the product, the same in every environment that it is moved to;
    `revision` counts its changes. Of a bot that a managed solution brought, `layered` says whether
    it was changed since: that is its unmanaged layer (specification 2.7). `endpoint` is where one
    that runs elsewhere takes activities; empty for one that asks for them. With
    `manual_authentication` its topics can ask customers to sign in (specification 4.6).
    """

    id: str
    name: str
    generation: Generation
    environment: str
    origin: str = "portal"
    voice_enabled: bool = False
    version: int = 0
    connection: BotConnection = BotConnection()
    teams_channel: bool = False
    schema: str = ""
    revision: int = 1
    managed: Managed | None = None
    layered: bool = False
    endpoint: str = ""
    manual_authentication: bool = False

    def __post_init__(self) -> None:
        if not self.schema:
            object.__setattr__(self, "schema", schema_of(self.environment, self.name, self.id))

    @property
    def runs_elsewhere(self) -> bool:
        """Whether it is no bot of the portal's: it speaks to the desk through the connector."""
        return self.origin == ELSEWHERE


@dataclass(frozen=True, slots=True)
class Topics:
    """AdaptiveDialog YAML by topic name; the id says whose, and whether it is live or a draft.

    Of a bot that was imported also: the file of each topic, the topic of each schema name, which
    topics are switched off, the YAML of its entities and global variables by schema name, the YAML
    of the stubs that stand for what it asks of others, and whether customers must sign in first.
    """

    id: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    dialogs: dict[str, str] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    entities: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    stubs: str = ""
    signs_in: bool = False


def prefix_of(environment: str) -> str:
    """What an environment's own publisher puts before every name, such as `cr26e`."""
    return f"cr{sha256(environment.encode()).hexdigest()[:3]}"


def schema_of(environment: str, name: str, id: str) -> str:
    """The name in the product of a bot that is made in an environment."""
    letters = "".join(filter(str.isalnum, name.encode("ascii", "ignore").decode()))
    own = "".join(filter(str.isalnum, id))[:6]
    return f"{prefix_of(environment)}_{letters[:40] or 'bot'}_{own}"


def managed_of(bot: str) -> str:
    """The id of a bot's topics as a managed solution brought them."""
    return f"{bot}/managed"


def draft_of(bot: str) -> str:
    """The id of a bot's topics as its maker writes them."""
    return f"{bot}/draft"


def live_of(bot: str) -> str:
    """The id of a bot's topics as customers meet them."""
    return f"{bot}/live"
