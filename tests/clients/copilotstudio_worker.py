"""Runs the Copilot Studio client, unmodified: its orders come as JSON lines, what it got goes out.

On the command line: the address to connect to, and the token. An order is `{start}`, `{say}`, or
`{subscribe, last?}`; each activity is a line, and so is the end of an answer or a refusal.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from microsoft_agents.copilotstudio.client import (  # type: ignore[import-not-found]
    ConnectionSettings,
    CopilotClient,
)


def says(**line: object) -> None:
    print(json.dumps(line, default=str), flush=True)


def shown(activity: Any, **more: object) -> None:
    says(**more, **activity.model_dump(mode="json", by_alias=True, exclude_unset=True))


async def answered(answer: AsyncIterator[Any]) -> None:
    """Everything of one answer, then that it is over."""
    try:
        async for activity in answer:
            shown(activity)
    except aiohttp.ClientError as error:
        says(refused=str(error))
    says(over=True)


async def follow(client: CopilotClient, conversation: str, last: str | None) -> None:
    async for event in client.subscribe(conversation, last):
        shown(event.activity, pushed=event.event_id)
    says(unsubscribed=True)


async def main() -> None:
    address, token = sys.argv[1:]
    client = CopilotClient(ConnectionSettings("", "", direct_connect_url=address), token)
    following: set[asyncio.Task[None]] = set()
    while line := await asyncio.to_thread(sys.stdin.readline):
        order = json.loads(line)
        if "start" in order:
            await answered(client.start_conversation(order["start"]))
        elif "say" in order:
            await answered(client.ask_question(order["say"]))
        else:
            task = follow(client, order["subscribe"], order.get("last"))
            following.add(asyncio.create_task(task))
    for task in following:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(main())
