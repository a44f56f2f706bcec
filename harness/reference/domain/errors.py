"""Everything that the reference refuses, one class a condition.

DomainError
├── NotFound              an id that names nothing
├── NotSignedIn           no token, or one that was never issued here
│   └── TokenExpired      its time on the organisation's clock is over
├── InsufficientRole      signed in, but this user may not
├── Malformed             a body or parameter that cannot be understood
│   ├── MalformedBody
│   ├── TopicInvalid
│   ├── ArchiveRefused    an archive, or a file in it, that is not safe or not whole
│   ├── BotUnreadable     an export in which no bot, or not the whole of it, can be read
│   ├── BotNameTooLong    hand-off-specification 2.4 F1
│   ├── ApplicationIdMalformed     F6: no GUID
│   ├── ApplicationNotRegistered   F6: a GUID that no app registration has
│   ├── FileRefused       a file that this chat does not take
│   └── UnknownFault
├── TooLarge
│   ├── BodyTooLarge      over 1 MiB
│   ├── FileTooLarge      over the widget's limit
│   └── MessageTooLarge   over 28 KB (ESC-20)
├── TooSlow               a body that never arrives
├── NotConnectable        what a bot cannot be connected for (hand-off-specification 2.4)
│   ├── DuplicateBotAppId          F5, code 1004
│   ├── EnvironmentMismatch        F3
│   ├── RegionMismatch             F4
│   ├── OmnichannelNotProvisioned  F7
│   ├── ExtensionMissing           F8
│   └── LicenceMissing             CON-32
├── NotNow                a step of the connection that this state does not have (2.6)
│   ├── PrivacyNotAcknowledged
│   ├── NotEnabled
│   ├── EnvironmentNotSelected
│   ├── AlreadyConnected
│   ├── NotConnected
│   └── NotOffered        in this generation or state there is no such button
├── AnalyticsUnavailable  bot and Omnichannel are in different environments (CON-13)
├── IllegalState          a change that table 3.5 of the specification does not have
│   ├── TopicChanged      by somebody else, since its maker opened it
│   └── ConversationClosed
├── NotMovable            a solution that cannot be exported, imported or deleted now (2.7)
│   ├── SolutionManaged   it comes from elsewhere, and is changed there
│   ├── SolutionUnmanaged under development here, so nothing managed takes its place
│   ├── OlderVersion
│   ├── WrongPublisher
│   ├── DependencyMissing
│   ├── NotExportable     a bot that runs elsewhere
│   ├── NoUnmanagedLayer
│   └── StillInUse
├── InstallOrder          an extension before what it needs (VOI-22)
├── NameTaken             a name that must be unique, and is not
├── LastAdministrator     a change after which nobody could give roles any more
├── OriginNotListed       a page whose domain the widget is not for (EMB-23)
├── TooManyCalls          more of one kind than a minute allows (specification 4.3, 5.5)
├── WidgetUseOutsideOperatingHour  (EMB-22)
├── VoiceUnavailable      a call that no bot may take (VOI-03, VOI-25)
└── TimeRunsForward       a clock was asked to go back

Which HTTP status each becomes is the table of `web/problems.py`.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil


class DomainError(Exception):
    """A refusal; its text says what, where and what to do next.

    `word` is what the error object gives as its reason where that is not the name (10.12).
    """

    code: int | None = None
    word = ""

    @property
    def details(self) -> dict[str, str]:
        """What else the error object says."""
        return {}


class NotFound(DomainError):
    pass


class NotSignedIn(DomainError):
    pass


class TokenExpired(NotSignedIn):
    pass


class InsufficientRole(DomainError):
    pass


class Malformed(DomainError):
    pass


class MalformedBody(Malformed):
    pass


class TopicInvalid(Malformed):
    pass


class ArchiveRefused(Malformed):
    """Something in an archive or folder cannot be read safely; `file` is the path in it."""

    def __init__(self, file: str, reason: str = "it cannot be read") -> None:
        super().__init__(f"{file[:200]!r}: {reason}")
        self.file = file
        self.reason = reason


class BotUnreadable(Malformed):
    pass


class BotNameTooLong(Malformed):
    pass


class FileRefused(Malformed):
    pass


class UnknownFault(Malformed):
    pass


class TooLarge(DomainError):
    pass


class FileTooLarge(TooLarge):
    pass


class BodyTooLarge(TooLarge):
    pass


class MessageTooLarge(TooLarge):
    pass


class TooSlow(DomainError):
    pass


class ApplicationIdMalformed(Malformed):
    pass


class ApplicationNotRegistered(Malformed):
    pass


class NotConnectable(DomainError):
    """A precondition of connecting that does not hold."""


class DuplicateBotAppId(NotConnectable):
    """Another bot has the Application ID; the only documented code of its family."""

    code: int | None = 1004
    word = "ApplicationIdInUse"

    def __init__(self, message: str, bot: str = "") -> None:
        super().__init__(message)
        self.bot = bot

    @property
    def details(self) -> dict[str, str]:
        return {"conflictingBotId": self.bot}


class EnvironmentMismatch(NotConnectable):
    pass


class RegionMismatch(NotConnectable):
    pass


class OmnichannelNotProvisioned(NotConnectable):
    pass


class ExtensionMissing(NotConnectable):
    pass


class LicenceMissing(NotConnectable):
    pass


class NotNow(DomainError):
    """A step of connecting that the state of the connection does not have."""


class PrivacyNotAcknowledged(NotNow):
    pass


class NotEnabled(NotNow):
    pass


class EnvironmentNotSelected(NotNow):
    pass


class AlreadyConnected(NotNow):
    pass


class NotConnected(NotNow):
    pass


class NotOffered(NotNow):
    pass


class AnalyticsUnavailable(DomainError):
    pass


class IllegalState(DomainError):
    """A conversation or call cannot do this in the state that it is in."""


class TopicChanged(IllegalState):
    """Somebody else has saved the topic since its maker opened it."""


class ConversationClosed(IllegalState):
    pass


class NotMovable(DomainError):
    """What a solution, or a bot in it, does not allow in the state that it is in."""


class SolutionManaged(NotMovable):
    pass


class SolutionUnmanaged(NotMovable):
    pass


class OlderVersion(NotMovable):
    pass


class WrongPublisher(NotMovable):
    pass


class DependencyMissing(NotMovable):
    pass


class NotExportable(NotMovable):
    pass


class NoUnmanagedLayer(NotMovable):
    pass


class StillInUse(NotMovable):
    pass


class InstallOrder(DomainError):
    """An extension before those that it needs, or without them."""


class NameTaken(DomainError):
    pass


class LastAdministrator(DomainError):
    """Nobody would be left who may give roles."""


class OriginNotListed(DomainError):
    """A page of a domain that the widget's list has not."""


class TooManyCalls(DomainError):
    """More calls of one kind than a minute allows; `wait` is how long no other is taken."""

    def __init__(self, said: str, wait: timedelta = timedelta(minutes=1)) -> None:
        self.wait = ceil(wait / timedelta(seconds=1))
        super().__init__(f"{said} Ask again in {self.wait} s.")


class WidgetUseOutsideOperatingHour(DomainError):
    """A chat is begun while the widget is out of operation; the name is the product's."""

    code = 705


class VoiceUnavailable(DomainError):
    pass


class TimeRunsForward(DomainError):
    pass
