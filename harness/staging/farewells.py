"""What goes beside and after a chat: how it is set up, and what people do with it."""

from __future__ import annotations

from harness.cast import Cast
from harness.staging import preparations

RATING = "satisfaction"
"""The question of the usual survey that has to be answered, by 1 to 5."""


def asks_how_it_was(cast: Cast, mode: str = "embed") -> None:
    """Customers are asked after a chat: in the widget, or by a link in the conversation."""
    preparations.sets_widget(cast, survey={"mode": mode})


def mails_transcripts(cast: Cast) -> None:
    """Customers may have the transcript by e-mail, and keep it as a file."""
    preparations.sets_widget(cast, transcript_email=True, transcript_download=True)


def lets_files_through(cast: Cast) -> None:
    """Customers and agents may send files, and the page is one whose client can."""
    preparations.sets_widget(cast, files_from_customers=True, files_from_agents=True)
    cast.handles_files()


def sends_file(cast: Cast, customer: str, name: str) -> None:
    cast.customer(customer).sends_file(name, content_of(name))


def encloses(cast: Cast, agent: str, customer: str, name: str) -> None:
    """An agent sends the customer a file."""
    cast.agent(agent).sends_file(cast.conversation(customer), name, content_of(name))


def content_of(name: str) -> bytes:
    """What is in a file of a scenario: nobody needs to say it twice."""
    return f"This is {name}.\n".encode()
