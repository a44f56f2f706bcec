"""The stream of a conversation: a WebSocket that is told what is new, from a watermark on.

It only looks: whatever a client has not been sent when its socket drops is there for the next one.
"""

from __future__ import annotations

import asyncio
import contextlib

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from harness.protocol.conversations import Role
from harness.reference.domain.errors import DomainError, InsufficientRole
from harness.reference.operations import feeds
from harness.reference.operations.feeds import Feed
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.bells import Bell, Bells
from harness.reference.web.directline import access, marks

REFUSED = 4403

encode = msgspec.json.Encoder().encode


async def listen(world: World, bells: Bells, websocket: WebSocket) -> None:
    """One client's socket, until it goes; refused before it is accepted."""
    id = str(websocket.path_params["id"])
    try:
        held = access.shown(world, websocket, in_address=True)
        if held.conversation != id:
            raise InsufficientRole("The token is for another conversation.")
        mark = marks.read(websocket.query_params.get("watermark", ""))
        followed = feeds.find(held.organisation, id)
    except DomainError:
        await websocket.close(REFUSED)
        return
    await websocket.accept()
    organisation = held.organisation
    with bells.hang(organisation.id, feeds.key_of(followed)) as bell:
        tasks = [
            asyncio.create_task(_tell(organisation, id, mark, bell, websocket)),
            asyncio.create_task(_ignore(websocket)),
            asyncio.create_task(bell.gone.wait()),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await websocket.close()


async def _tell(
    organisation: Organisation, id: str, mark: int, bell: Bell, websocket: WebSocket
) -> None:
    while True:
        typing = await bell.rung()
        followed = feeds.find(organisation, id)
        feed = feeds.since(organisation, followed, mark)
        if typing is not None and typing.role is not Role.CUSTOMER:
            shown = feeds.typing(followed, typing.name)
            feed = Feed([shown, *feed.activities], feed.mark)
        mark = feed.mark
        if feed.activities:
            told = {"activities": feed.activities, "watermark": str(mark)}
            await websocket.send_text(encode(told).decode())


async def _ignore(websocket: WebSocket) -> None:
    """Clients say nothing here but empty frames, to keep the connection."""
    while True:
        await websocket.receive_text()
