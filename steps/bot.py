"""The bot itself: what its maker has put into it."""

from __future__ import annotations

from pytest_bdd import given

from harness import Cast, arrangements

from .types import sentence


@given("the bot has no inactivity topics")
def the_bot_has_no_inactivity_topics(cast: Cast) -> None:
    arrangements.removes_inactivity_topics(cast)


@given(sentence("{maker:Maker} has a published bot"))
def maker_has_a_published_bot(cast: Cast, maker: str) -> None:
    arrangements.makes_bot(cast, maker, "Beta Helper")


@given(sentence("{maker:Maker} has a published bot named by {length:Number} characters"))
def maker_has_a_published_bot_named_by_characters(cast: Cast, maker: str, length: int) -> None:
    arrangements.makes_bot(cast, maker, "Beta Helper".ljust(length, "z"))


@given(sentence("{maker:Maker} has a published bot in another environment"))
def maker_has_a_published_bot_in_another_environment(cast: Cast, maker: str) -> None:
    arrangements.makes_bot(cast, maker, "Beta Helper")
    cast.maker(maker).moves_bot(arrangements.ELSEWHERE)


@given(sentence("{maker:Maker} has connected a bot without publishing it"))
def maker_has_connected_a_bot_without_publishing_it(cast: Cast, maker: str) -> None:
    arrangements.connects_unpublished_bot(cast, maker, "Gamma Helper")
