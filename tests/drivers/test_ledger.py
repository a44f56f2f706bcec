"""The ledger finds what is wrong with a conversation, names it, and finds nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from harness.ledger import Account, Kind, Look, Reconciled, Said, reconciled
from harness.protocol.conversations import Line, Role

PHRASES = (
    *("Hello", "Where is my parcel?", "It left today & is on its way", "3 < 4, is it not?"),
    *("Ja, naturlig: blåbærsyltetøy", "お願いします", "👍", "…", "yes", "no", "Which parcel?"),
    *("Please send me the label once more, as the printer was empty", "ok"),
)


@dataclass
class Chat:
    """A conversation as it should be: what was said, and the same lines on both sides."""

    said: list[Said] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def says(self, role: Role, text: str, with_person: bool = False) -> None:
        name = {Role.BOT: "Alpine Helper", Role.AGENT: "Ben"}.get(role, "")
        at = float(len(self.lines))
        if role in (Role.CUSTOMER, Role.AGENT):
            who = "Ada" if role is Role.CUSTOMER else "Ben"
            person = with_person or role is Role.AGENT
            self.said.append(Said(who, role, text, at, person, accepted=at + 0.5))
        self.lines.append(Line(role, text, name, str(1000 + len(self.lines))))

    def account(
        self,
        customer: Sequence[Line] | None = None,
        desk: Sequence[Line] | None = None,
        **more: object,
    ) -> Account:
        """Both sides as they are, or as somebody says that they were shown."""
        seen = [self.lines if side is None else side for side in (customer, desk)]
        looks = [[Look(line, float(at)) for at, line in enumerate(side)] for side in seen]
        known = {"desk": "Ben", "holder": "Ben", **more}
        return Account("Ada", "c-1", self.said, looks[0], looks[1], **known)  # type: ignore[arg-type]


def hand_off(*after: tuple[Role, str]) -> Chat:
    """Bot, customer, the agent's joining: messages 1 to 3; then what is said after it."""
    chat = Chat()
    chat.says(Role.BOT, "Hello, I am Alpine Helper")
    chat.says(Role.CUSTOMER, "talk to agent")
    chat.says(Role.SYSTEM, "Ben has joined the conversation")
    for role, text in after:
        chat.says(role, text, with_person=True)
    return chat


def at_random(dice: random.Random) -> Chat:
    """Any interleaving of customer, bot and agent, with repetitions."""
    chat = hand_off()
    chat.lines.clear()
    chat.said.clear()
    for _ in range(dice.randrange(1, 8)):
        chat.says(dice.choice((Role.CUSTOMER, Role.BOT)), dice.choice(PHRASES))
    chat.says(Role.SYSTEM, "Ben has joined the conversation")
    for _ in range(dice.randrange(2, 12)):
        chat.says(dice.choice((Role.CUSTOMER, Role.AGENT)), dice.choice(PHRASES), True)
    return chat


def kinds(ledger: Reconciled) -> list[Kind]:
    return [finding.kind for finding in ledger.findings]


TALK = hand_off((Role.CUSTOMER, "Which parcel do you mean?"), (Role.AGENT, "The one for Oslo"))


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert kinds(reconciled(TALK.account())) == []


def test_a_lost_message_is_named_with_number_sender_and_moment() -> None:
    (finding,) = reconciled(TALK.account(desk=[*TALK.lines[:3], TALK.lines[4]])).findings
    assert (finding.kind, finding.number) == (Kind.LOST, 4)
    assert str(finding) == (
        'lost: message 4 (Ada: "Which parcel do you mean?") was accepted at 00:00:03.500 '
        "and never shown to Ben"
    )


def test_a_line_of_the_bot_that_the_desk_lacks_is_lost() -> None:
    (finding,) = reconciled(TALK.account(desk=TALK.lines[1:])).findings
    assert (finding.kind, finding.number) == (Kind.LOST, 1)


def test_a_message_delivered_twice_under_another_id_is_duplicated() -> None:
    again = [*TALK.lines, replace(TALK.lines[4], id="2000")]
    (finding,) = reconciled(TALK.account(customer=again)).findings
    assert (finding.kind, finding.number) == (Kind.DUPLICATED, 5)


def test_a_message_that_was_kept_twice_is_duplicated_on_both_sides() -> None:
    again = [*TALK.lines, replace(TALK.lines[4], id="2000")]
    (finding,) = reconciled(TALK.account(customer=again, desk=again)).findings
    assert "shown to Ada and Ben once more" in finding.told


def test_the_same_words_said_twice_are_two_messages() -> None:
    chat = hand_off((Role.CUSTOMER, "yes"), (Role.AGENT, "Sure?"), (Role.CUSTOMER, "yes"))
    assert kinds(reconciled(chat.account())) == []


def test_a_bot_may_repeat_itself() -> None:
    chat = Chat()
    for _ in range(2):
        chat.says(Role.CUSTOMER, "hm")
        chat.says(Role.BOT, "I did not understand")
    assert kinds(reconciled(chat.account())) == []


def test_messages_in_another_order_are_named() -> None:
    swapped = [*TALK.lines[:3], TALK.lines[4], TALK.lines[3]]
    (finding,) = reconciled(TALK.account(customer=swapped)).findings
    assert finding.kind is Kind.REORDERED
    assert "stands after message 5 for Ada" in finding.told or "stands before" in finding.told


@pytest.mark.parametrize("shown", ["Which parcel do you mean", "Which parcel do you mean?&nbsp;"])
def test_another_text_is_altered(shown: str) -> None:
    lines = [replace(line, text=shown) if line.id == "1003" else line for line in TALK.lines]
    (finding,) = reconciled(TALK.account(desk=lines)).findings
    assert (finding.kind, finding.number) == (Kind.ALTERED, 4)
    assert shown in finding.told


def test_typography_of_a_page_alters_nothing() -> None:
    chat = hand_off((Role.AGENT, "It's [here](https://shop.example) - *today*"))
    drawn = [replace(line, id="") for line in chat.lines]
    drawn[-1] = replace(drawn[-1], text="It’s here – today", role=Role.BOT, name="")
    assert kinds(reconciled(chat.account(customer=drawn))) == []


def test_a_private_message_that_the_customer_sees_is_leaked() -> None:
    note = Line(Role.SYSTEM, "Note: label printing failed twice.", "", "1500")
    lines = [*TALK.lines[:2], note, *TALK.lines[2:]]
    account = TALK.account(customer=lines, private=("Label printing failed twice",))
    (finding,) = reconciled(account).findings
    assert (finding.kind, finding.number) == (Kind.LEAKED, 3)


def test_what_the_customer_said_may_be_the_private_message() -> None:
    assert kinds(reconciled(TALK.account(private=("talk to agent",)))) == []


def test_a_line_for_agents_only_is_neither_lost_nor_to_be_seen() -> None:
    note = Line(Role.BOT, "The customer is angry", "Alpine Helper", "1500", is_private=True)
    noted = [*TALK.lines[:2], note, *TALK.lines[2:]]
    assert kinds(reconciled(TALK.account(desk=noted))) == []
    (finding,) = reconciled(
        TALK.account(desk=noted, customer=[*TALK.lines[:2], note, *TALK.lines[2:]])
    ).findings
    assert finding.kind is Kind.LEAKED


def test_a_bot_that_answers_beside_a_person_is_named() -> None:
    chat = hand_off((Role.CUSTOMER, "opening hours"), (Role.BOT, "We are open"))
    (finding,) = reconciled(chat.account()).findings
    assert (finding.kind, finding.number) == (Kind.BOT_TALKS, 5)
    assert "when Ben held the conversation" in finding.told


def test_a_bot_that_got_the_conversation_back_may_talk() -> None:
    chat = hand_off((Role.AGENT, "I pass you on"), (Role.BOT, "We are open"))
    assert kinds(reconciled(chat.account(bot_again=[(4, 9)]))) == []


def test_a_refused_message_is_not_missed() -> None:
    chat = hand_off()
    chat.said.append(Said("Ada", Role.CUSTOMER, "too late", 9.0, refused="403"))
    assert kinds(reconciled(chat.account())) == []


def test_a_side_that_cannot_be_seen_is_not_judged() -> None:
    account = TALK.account(desk=(), desk_unseen="no desk")
    assert kinds(reconciled(account)) == []


Defect = Callable[[random.Random, list[Line], list[int]], int]
"""Does something to a side's lines, at one of those places; the place where it was."""


def loses(dice: random.Random, lines: list[Line], places: list[int]) -> int:
    at = dice.choice(places)
    lines[at : at + 1] = []
    return at


def doubles(dice: random.Random, lines: list[Line], places: list[int]) -> int:
    at = dice.choice(places)
    lines.insert(dice.randrange(at + 1, len(lines) + 1), replace(lines[at], id="9999"))
    return at


def escapes(dice: random.Random, lines: list[Line], places: list[int]) -> int:
    at = dice.choice(places)
    lines[at] = replace(lines[at], text=f"{lines[at].text}&nbsp;")
    return at


def truncates(dice: random.Random, lines: list[Line], places: list[int]) -> int:
    at = dice.choice(places)
    text = lines[at].text
    lines[at] = replace(
        lines[at], text=text[: max(1, len(text) - 2)] + ("" if len(text) > 2 else "!")
    )
    return at


DEFECTS: list[tuple[Defect, Kind]] = [
    (loses, Kind.LOST),
    (doubles, Kind.DUPLICATED),
    (escapes, Kind.ALTERED),
    (truncates, Kind.ALTERED),
]


@pytest.mark.parametrize("seed", range(300))
def test_no_interleaving_has_a_finding(seed: int) -> None:
    assert kinds(reconciled(at_random(random.Random(seed)).account())) == []


@pytest.mark.parametrize(("defect", "kind"), DEFECTS)
@pytest.mark.parametrize("seed", range(150))
def test_a_planted_defect_is_found_with_its_text(defect: Defect, kind: Kind, seed: int) -> None:
    dice = random.Random(seed)
    chat = at_random(dice)
    side, role = dice.choice((("desk", Role.CUSTOMER), ("customer", Role.AGENT)))
    places = [at for at, line in enumerate(chat.lines) if line.role is role]
    if not places:
        return
    lines = list(chat.lines)
    at = defect(dice, lines, places)
    ledger = reconciled(chat.account(**{side: lines}))
    assert kind in kinds(ledger)
    # Of the same words said twice nobody can tell which was hit: the words must be right.
    numbers = {row.number for row in ledger.rows if row.text == chat.lines[at].text}
    assert {finding.number for finding in ledger.of(kind)} <= numbers


@pytest.mark.parametrize("seed", range(150))
def test_two_messages_that_changed_places_are_found(seed: int) -> None:
    dice = random.Random(seed)
    chat = at_random(dice)
    spoken = [at for at, line in enumerate(chat.lines) if line.role in (Role.CUSTOMER, Role.AGENT)]
    one, other = sorted(dice.sample(spoken, 2)) if len(spoken) > 1 else (0, 0)
    if chat.lines[one].text == chat.lines[other].text:
        return
    lines = list(chat.lines)
    lines[one], lines[other] = lines[other], lines[one]
    ledger = reconciled(chat.account(**{dice.choice(("desk", "customer")): lines}))
    assert kinds(ledger)
    assert set(kinds(ledger)) == {Kind.REORDERED}


def test_a_page_that_draws_nothing_of_markup_loses_nothing() -> None:
    chat = hand_off((Role.AGENT, "<script>alert(1)</script>"), (Role.AGENT, "&lt;b&gt; or not"))
    drawn = [replace(line, id="") for line in chat.lines]
    shown = [*drawn[:3], replace(drawn[4], text="<b> or not", role=Role.BOT, name="")]
    assert kinds(reconciled(chat.account(customer=shown))) == []


def test_a_card_is_shown_in_its_own_words() -> None:
    chat = hand_off()
    desk = [replace(chat.lines[0], text="", cards=("Pick a parcel ZX-1",)), *chat.lines[1:]]
    drawn = [replace(chat.lines[0], text="Pick a parcel\nZX-1\nSend", id=""), *chat.lines[1:]]
    assert kinds(reconciled(chat.account(customer=drawn, desk=desk))) == []
