"""The mail server that letters go out by: one thread, one letter at a time (SMTP)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import smtplib
import threading
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import localtime
from queue import SimpleQueue

from harness.reference.domain.errors import NotFound
from harness.reference.domain.letters import Letter
from harness.reference.operations import letters
from harness.reference.operations.organisations import World

SENDER = "Alpine Outfitters <chat@outfitters.example>"
PATIENCE = 10.0
"""Seconds of real time that the server may take to answer."""

PAUSES = (0.5, 2.0, 8.0)
"""Seconds of real time before a letter is tried again, when the server could not take it."""

PERMANENT = 500
"""Replies from here on say that it is no use to try again (RFC 5321, 4.2.1)."""

Told = Callable[[str], None]
"""Takes the news of a letter: empty, or why it was not delivered."""


class SmtpPostman:
    """Delivers to one mail server; what becomes of a letter is told where the letter was given."""

    delivers = True

    def __init__(self, host: str, port: int, pauses: tuple[float, ...] = PAUSES) -> None:
        self._host, self._port, self._pauses = host, port, pauses
        self._waiting: SimpleQueue[tuple[Letter, Told]] = SimpleQueue()
        self._world: World | None = None
        # A daemon: the process ends without it, and the next one sends what it has not sent.
        threading.Thread(target=self._works, name="postman", daemon=True).start()

    def serves(self, world: World) -> None:
        """Whose letters these are; called once, before the first one."""
        self._world = world

    def take(self, organisation: str, letter: Letter) -> None:
        """Called in the event loop, which hears of the letter again."""
        loop = asyncio.get_running_loop()

        def told(problem: str) -> None:
            # A loop that is closed by now hears nothing: the next process sends the letter again.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._tell, organisation, letter, problem)

        self._waiting.put((letter, told))

    def _tell(self, organisation: str, letter: Letter, problem: str) -> None:
        assert self._world is not None, "a postman serves a world"
        with contextlib.suppress(NotFound):
            letters.delivered(self._world.find(organisation), letter.id, problem)

    def _works(self) -> None:
        while True:
            letter, told = self._waiting.get()
            try:
                problem = self._deliver(letter)
            except Exception as error:
                # A letter that cannot even be made holds up none of those after it.
                logging.getLogger(__name__).exception("letter %s was not delivered", letter.id)
                problem = f"{type(error).__name__}: {error}"
            told(problem)

    def _deliver(self, letter: Letter) -> str:
        """Why the letter was not delivered; empty when it was."""
        problem = ""
        for pause in (*self._pauses, None):
            try:
                self._hand_over(letter)
                return ""
            except OSError as error:  # every error of smtplib, too
                problem = f"{type(error).__name__}: {error}"
                if pause is None or _is_final(error):
                    return problem
                threading.Event().wait(pause)
        return problem

    def _hand_over(self, letter: Letter) -> None:
        """One try; raises OSError. How the server parts says nothing of the letter."""
        mail = composed(letter)
        server = smtplib.SMTP(self._host, self._port, timeout=PATIENCE)
        try:
            server.send_message(mail, to_addrs=[letter.to])
        finally:
            with contextlib.suppress(OSError):
                server.quit()


def _is_final(error: Exception) -> bool:
    """Whether the server refuses for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= PERMANENT
    return isinstance(error, smtplib.SMTPNotSupportedError)


def composed(letter: Letter) -> EmailMessage:
    """The letter as mail: plain words, and the same as HTML."""
    message = EmailMessage()
    message["From"] = SENDER
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = localtime()
    # The same each time it is tried, so that a server that has it can tell.
    message["Message-ID"] = f"<{letter.id}@outfitters.example>"
    message.set_content(letter.plain)
    message.add_alternative(letter.html, subtype="html")
    return message
