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
│   └── UnknownFault
├── TooLarge
│   ├── BodyTooLarge      over 1 MiB
│   └── MessageTooLarge   over 28 KB (ESC-20)
├── TooSlow               a body that never arrives
├── EnvironmentMismatch   hand-off-specification 2.4 F3
├── IllegalState          a change that table 3.5 of the specification does not have
│   ├── TopicChanged      by somebody else, since its maker opened it
│   └── ConversationClosed
├── InstallOrder          an extension before what it needs (VOI-22)
├── NameTaken             a name that must be unique, and is not
├── LastAdministrator     a change after which nobody could give roles any more
├── VoiceUnavailable      a call that no bot may take (VOI-03, VOI-25)
└── TimeRunsForward       a clock was asked to go back

Which HTTP status each becomes is the table of `web/problems.py`.
"""

from __future__ import annotations


class DomainError(Exception):
    """A refusal; its text says what, where and what to do next."""

    code: int | None = None


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


class UnknownFault(Malformed):
    pass


class TooLarge(DomainError):
    pass


class BodyTooLarge(TooLarge):
    pass


class MessageTooLarge(TooLarge):
    pass


class TooSlow(DomainError):
    pass


class EnvironmentMismatch(DomainError):
    pass


class IllegalState(DomainError):
    """A conversation or call cannot do this in the state that it is in."""


class TopicChanged(IllegalState):
    """Somebody else has saved the topic since its maker opened it."""


class ConversationClosed(IllegalState):
    pass


class InstallOrder(DomainError):
    """An extension before those that it needs, or without them."""


class NameTaken(DomainError):
    pass


class LastAdministrator(DomainError):
    """Nobody would be left who may give roles."""


class VoiceUnavailable(DomainError):
    pass


class TimeRunsForward(DomainError):
    pass
