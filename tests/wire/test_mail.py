"""Transcripts by real mail: to a mail server, when the chat is over and not before (EMB-35)."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.reference.test_process import Process, running
from tests.wire.chat import Chat, Desk

ADA = "ada@post.example"
PATIENCE = 20.0
"""Seconds that mail may take."""


class Sink:
    """A mail server's keeper: takes everything, but nothing for `nobody`, and late for `later`."""

    def __init__(self) -> None:
        self.mails: Queue[EmailMessage] = Queue()
        self.refused = 0
        self.farewell = "221 Bye"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        if address.startswith("later@") and not self.refused:
            self.refused += 1
            return "451 try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.farewell

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = BytesParser(policy=default).parsebytes(envelope.content)
        assert isinstance(mail, EmailMessage)
        self.mails.put(mail)
        return "250 OK"

    def next(self) -> EmailMessage:
        return self.mails.get(timeout=PATIENCE)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def listening(port: int) -> Iterator[Sink]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def posting() -> Iterator[tuple[Process, Sink]]:
    port = free_port()
    with (
        listening(port) as sink,
        running("--control", "--clock", "virtual", "--smtp", f"127.0.0.1:{port}") as process,
    ):
        yield process, sink


def chatting(process: Process) -> Chat:
    plan = {"widget": {"transcript_email": True}}
    made = process.client.post("/control/organisations", json=plan)
    assert made.status_code == 201, made.text
    return Desk(process.client, made.json()).start()


def wants(chat: Chat, to: str = ADA) -> None:
    answer = chat.desk.client.post(
        f"/livechatconnector/createemailrequest/{chat.request}?channelId=lcw",
        headers={"Authorization": chat.token["Token"]},
        json={"ChatId": chat.token["ChatId"], "EmailAddress": to},
    )
    assert answer.status_code == 200, answer.text


def ends(chat: Chat) -> None:
    answer = chat.desk.client.post(chat.desk.connector("sessionclose", chat.request), json={})
    assert answer.status_code == 200, answer.text


def kept(desk: Desk) -> list[dict[str, Any]]:
    answer = desk.client.get(f"/admin/{desk.id}/api/emails", headers=desk.as_user("Olga"))
    value: list[dict[str, Any]] = answer.json()["value"]
    return value


def outcome(desk: Desk) -> dict[str, Any]:
    """The letter when it is known what has become of it."""
    end = time.monotonic() + PATIENCE
    while (letter := kept(desk)[0])["status"] == "Sending":
        assert time.monotonic() < end, letter
        time.sleep(0.05)
    return letter


def test_mail_comes_when_the_chat_is_over(posting: tuple[Process, Sink]) -> None:
    process, sink = posting
    chat = chatting(process)
    wants(chat)
    chat.say("Grüße aus Oslo & <b>Bergen</b>")
    with pytest.raises(Empty):
        sink.mails.get(timeout=0.5)
    assert kept(chat.desk)[0]["status"] == "Waiting"
    ends(chat)
    mail = sink.next()
    assert mail["To"] == ADA
    assert mail["Date"].datetime is not None
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert "Grüße aus Oslo & <b>Bergen</b>" in plain.get_content()
    assert "Grüße aus Oslo &amp; &lt;b&gt;Bergen&lt;/b&gt;" in page.get_content()
    assert outcome(chat.desk)["status"] == "Sent"


def test_what_the_server_refuses_is_told(posting: tuple[Process, Sink]) -> None:
    process, _ = posting
    chat = chatting(process)
    wants(chat, "nobody@post.example")
    ends(chat)
    letter = outcome(chat.desk)
    assert letter["status"] == "Failed"
    assert "no such mailbox" in letter["problem"]


def test_what_the_server_cannot_take_now_is_tried_again(posting: tuple[Process, Sink]) -> None:
    process, sink = posting
    chat = chatting(process)
    wants(chat, "later@post.example")
    ends(chat)
    assert sink.next()["To"] == "later@post.example"
    assert sink.refused == 1
    assert outcome(chat.desk)["status"] == "Sent"


def test_a_server_that_parts_rudely_has_the_letter_all_the_same(
    posting: tuple[Process, Sink],
) -> None:
    process, sink = posting
    sink.farewell = "421 Too busy"
    chat = chatting(process)
    wants(chat, "curt@post.example")
    ends(chat)
    assert sink.next()["To"] == "curt@post.example"
    assert outcome(chat.desk)["status"] == "Sent"
    sink.farewell = "221 Bye"
    assert sink.mails.empty(), "it came once"


def test_what_waits_for_a_server_outlives_the_process(tmp_path: Path) -> None:
    port = free_port()
    started = ("--control", "--clock", "virtual", "--store", f"sqlite:///{tmp_path / 'r.db'}")
    with running(*started, "--smtp", f"127.0.0.1:{port}") as process:
        chat = chatting(process)
        wants(chat)
        ends(chat)
        assert kept(chat.desk)[0]["status"] == "Sending"
    with listening(port) as sink, running(*started, "--smtp", f"127.0.0.1:{port}") as process:
        assert sink.next()["To"] == ADA
        chat.desk.client = process.client
        assert outcome(chat.desk)["status"] == "Sent"
