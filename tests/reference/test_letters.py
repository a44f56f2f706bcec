"""Transcripts by e-mail: asked for at any time, sent when the chat is over (EMB-35)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.letters import Delivery, Letter, address
from harness.reference.domain.rich import CARD, CONTENT_TYPE
from harness.reference.operations import letters as operations
from harness.reference.operations.post import Nowhere
from harness.reference.postman import SmtpPostman, composed
from tests.reference.customer import Client
from tests.reference.site import Site, refusal

ADA = "ada@post.example"
MAILED = {"transcript_email": True}


def wants(customer: Client, to: str = ADA) -> Any:
    body = {
        "ChatId": customer.thread,
        "EmailAddress": to,
        "DefaultAttachmentMessage": "This file was sent:",
        "CustomerLocale": "en-us",
    }
    path = f"/livechatconnector/createemailrequest/{customer.request}?channelId=lcw"
    return customer.site.ask(
        None, "POST", path, {"Authorization": customer.token["Token"]}, json=body
    )


def letters(site: Site) -> list[dict[str, Any]]:
    value: list[dict[str, Any]] = site.get("Olga", "/admin/{org}/api/emails")["value"]
    return value


def test_a_letter_waits_for_the_end(site: Site) -> None:
    customer = Client(site, **MAILED)
    conversation = customer.meets()
    assert wants(customer).status_code == 200
    (letter,) = letters(site)
    assert (letter["status"], letter["sent"], letter["text"]) == ("Waiting", None, "")
    customer.say("Thank you & <b>goodbye</b>")
    customer.agent("POST", f"conversations/{conversation}/end", {})
    (letter,) = letters(site)
    assert (letter["to"], letter["status"]) == (ADA, "Sent")
    assert letter["sent"] == "2026-03-02T09:00:00Z"
    assert "Thank you & <b>goodbye</b>" in letter["text"]
    assert "Thank you &amp; &lt;b&gt;goodbye&lt;/b&gt;" in letter["html"]
    assert "{conversation.transcript}" not in letter["text"] + letter["html"]


def test_a_letter_that_is_asked_for_after_the_end_is_sent_at_once(site: Site) -> None:
    customer = Client(site, **MAILED)
    conversation = customer.meets()
    customer.agent("POST", f"conversations/{conversation}/end", {})
    assert wants(customer).status_code == 200
    assert [letter["status"] for letter in letters(site)] == ["Sent"]


@pytest.mark.parametrize("ends", ["customer", "supervisor", "time"])
def test_every_end_sends_it(site: Site, ends: str) -> None:
    customer = Client(site, **MAILED)
    customer.say("hello")
    wants(customer)
    if ends == "customer":
        customer.connector("POST", "sessionclose", {})
    elif ends == "supervisor":
        site.do("Sam", "POST", f"/workspace/{{org}}/api/ongoing/{customer.conversation}/close")
    else:
        site.do(None, "POST", "/control/organisations/{org}/clock", {"advance": "PT31M"})
    assert [letter["status"] for letter in letters(site)] == ["Sent"]


def test_one_letter_for_an_address_however_often(site: Site) -> None:
    customer = Client(site, **MAILED)
    for to in (ADA, f" {ADA} ", "cleo@post.example", ADA):
        assert wants(customer, to).status_code == 200
    assert [letter["to"] for letter in letters(site)] == [ADA, "cleo@post.example"]


def test_not_to_the_whole_world(site: Site) -> None:
    customer = Client(site, **MAILED)
    statuses = [wants(customer, f"ada{n}@post.example").status_code for n in range(11)]
    assert statuses == [200] * 10 + [409]


def test_where_it_is_not_offered_nothing_is_kept(site: Site) -> None:
    assert refusal(wants(Client(site))) == (409, "NotOffered")
    assert letters(site) == []


def test_only_the_chats_own_token_asks_for_it(site: Site) -> None:
    customer, stranger = Client(site, **MAILED), Client(site)
    stranger.token["ChatId"] = customer.thread
    assert wants(stranger).status_code == 403
    customer.token["Token"] = "nonsense"
    assert wants(customer).status_code == 401
    assert letters(site) == []


def test_who_reads_the_letters(site: Site) -> None:
    assert site.ask("Ben", "GET", "/admin/{org}/api/emails").status_code == 403


def test_the_template_has_the_last_word(site: Site) -> None:
    template = "Dear customer <3\n{conversation.transcript}\nYours, {conversation.transcript}"
    customer = Client(site, **MAILED, transcript_template=template)
    customer.say("{conversation.transcript}")
    wants(customer)
    customer.connector("POST", "sessionclose", {})
    (letter,) = letters(site)
    assert letter["text"].startswith("Dear customer <3\n")
    assert "Dear customer &lt;3<br>" in letter["html"]
    assert letter["text"].count("Visitor (") == 2


def test_a_transcript_has_nothing_that_was_only_for_the_desk(site: Site) -> None:
    customer = Client(site, **MAILED, files_from_customers=True)
    conversation = customer.meets()
    whole = customer.agent("GET", f"conversations/{conversation}")["transcript"]
    hidden = [line["text"] for line in whole if line.get("private")]
    customer.say("", amsReferences=[customer.upload("label.png", b"x")])
    wants(customer)
    customer.agent("POST", f"conversations/{conversation}/end", {})
    (letter,) = letters(site)
    assert not [text for text in hidden if text in letter["text"]]
    assert "has joined" not in letter["text"]
    assert "This file was sent: label.png" in letter["text"]


def test_what_was_filled_in_is_in_words(site: Site) -> None:
    customer = Client(site, **MAILED)
    customer.say('{"value": {"parcel": "ZX-1"}}', **{CONTENT_TYPE: CARD})
    wants(customer)
    customer.connector("POST", "sessionclose", {})
    (letter,) = letters(site)
    assert "UTC): parcel: ZX-1\n" in letter["text"]


@pytest.mark.parametrize(
    "written",
    [
        *("", "ada", "@post.example", "ada@", "ada@post", "a b@post.example", "ada@@post.example"),
        *("ada@post.example,eve@post.example", "<ada@post.example>", "a" * 250 + "@post.example"),
        *("ada@post..example", "ada@.post.example", "ada@post.example.", "ada@-post.example"),
        *(".ada@post.example", "ada.@post.example", "a..b@post.example", "a" * 65 + "@x.example"),
        # As an encoded word of a head (RFC 2047) it would be read as somebody else's.
        *("=?utf-8?q?eve=40x.example?=@post.example", "=?utf-8?b?DQo=?=@post.example"),
        "ada@post.example\r\nBcc: eve@post.example",
    ],
)
def test_what_is_no_address(written: str) -> None:
    with pytest.raises(MalformedBody):
        address(written)


@pytest.mark.parametrize(
    "written",
    ["o'neil+chat@post.example", "a.b@x-1.post.example", "jörg@bücher.example", "=?@x.example"],
)
def test_what_is_an_address(written: str) -> None:
    assert address(f" {written} ") == written
    letter = Letter("1", "c", written, datetime.now(UTC))
    assert composed(letter)["To"].addresses[0].addr_spec == written


class Bag:
    """A postman who keeps what he is given."""

    delivers = True

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def take(self, organisation: str, letter: Letter) -> None:
        self.letters.append(letter)


def test_what_was_on_its_way_goes_out_again_or_is_told(site: Site) -> None:
    customer, organisation, bag = Client(site, **MAILED), site.world.find(site.id), Bag()
    organisation.postman = bag
    wants(customer)
    customer.connector("POST", "sessionclose", {})
    assert [letter["status"] for letter in letters(site)] == ["Sending"]
    operations.resume(organisation)
    assert [letter.to for letter in bag.letters] == [ADA, ADA]
    organisation.postman = Nowhere()
    operations.resume(organisation)
    (letter,) = letters(site)
    assert letter["status"] == "Failed"
    assert "--smtp" in letter["problem"]


def test_asking_again_sends_what_could_not_be_delivered(site: Site) -> None:
    customer, organisation, bag = Client(site, **MAILED), site.world.find(site.id), Bag()
    organisation.postman = bag
    wants(customer)
    customer.connector("POST", "sessionclose", {})
    wants(customer)
    assert len(bag.letters) == 1, "it is on its way"
    operations.delivered(organisation, bag.letters[0].id, "450 Full")
    assert wants(customer).status_code == 200
    assert len(bag.letters) == 2
    (letter,) = letters(site)
    assert (letter["status"], letter["problem"]) == ("Sending", None)


def test_a_letter_that_cannot_be_made_holds_up_no_other_one(site: Site) -> None:
    customer, organisation = Client(site, **MAILED), site.world.find(site.id)
    organisation.postman = postman = SmtpPostman("127.0.0.1", 1, pauses=())
    postman.serves(site.world)
    for number, to in enumerate(("=?utf-8?b?DQo=?=@post.example", ADA)):
        now = datetime.now(UTC)
        letter = Letter(str(number), customer.conversation, to, now, Delivery.SENDING)
        organisation.store.put(organisation.id, letter)

    def kept() -> list[Letter]:
        return organisation.store.all(organisation.id, Letter)

    async def deliver() -> None:
        operations.resume(organisation)
        async with asyncio.timeout(20):
            # The news comes from a thread, which knows of no event.
            while any(letter.delivery is Delivery.SENDING for letter in kept()):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    asyncio.run(deliver())
    problems = [letter.problem.partition(":")[0] for letter in kept()]
    assert problems == ["ValueError", "ConnectionRefusedError"]
