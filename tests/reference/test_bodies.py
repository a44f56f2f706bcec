"""Bodies that never arrive, and a defect of our own."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from harness.reference.domain import errors
from harness.reference.web import bodies, problems


def request(*messages: Message) -> Request:
    """A request whose body is these messages, and then silence."""
    waiting = list(messages)

    async def receive() -> Message:
        if waiting:
            return waiting.pop(0)
        await asyncio.Event().wait()
        raise AssertionError

    return Request({"type": "http", "headers": []}, receive)


PART: Message = {"type": "http.request", "body": b"{", "more_body": True}


def test_a_body_that_does_not_arrive_is_given_up() -> None:
    with pytest.raises(errors.TooSlow):
        asyncio.run(bodies.read(request(PART), patience=0.01))


def test_a_caller_who_goes_away_is_no_defect() -> None:
    with pytest.raises(errors.MalformedBody):
        asyncio.run(bodies.read(request(PART, {"type": "http.disconnect"})))


def test_an_object_is_read_and_anything_else_refused() -> None:
    whole: Message = {"type": "http.request", "body": b'{"a": 1}'}
    assert asyncio.run(bodies.read_object(request(whole))) == {"a": 1}
    with pytest.raises(errors.MalformedBody):
        asyncio.run(bodies.read_object(request({"type": "http.request", "body": b"[]"})))


def all_errors(kind: type[errors.DomainError]) -> list[type[errors.DomainError]]:
    return [kind, *(deeper for below in kind.__subclasses__() for deeper in all_errors(below))]


@pytest.mark.parametrize("kind", all_errors(errors.DomainError)[1:])
def test_every_refusal_has_a_status(kind: type[errors.DomainError]) -> None:
    assert 400 <= problems.status_of(kind("why")) < 500


async def breaks(request: Request) -> Response:
    raise RuntimeError("a defect")


def test_a_defect_of_ours_is_told_in_the_one_shape() -> None:
    app = Starlette(routes=[Route("/", breaks)], exception_handlers=problems.HANDLERS)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.get("/")

    answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert answer.json()["error"]["name"] == "ReferenceBroken"
