"""A bot on the Bot Framework SDK, unmodified, hosted with aiohttp: it says what it is told.

It takes activities at `/api/messages`, prints each as a JSON line, and answers by the customer's
words: `a person` (the event `handoff.initiate`), `escalate` and `bye` (commands), else an echo.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from aiohttp import web
from botbuilder.core import (  # type: ignore[import-not-found]
    ActivityHandler,
    BotFrameworkAdapter,
    BotFrameworkAdapterSettings,
    TurnContext,
)
from botbuilder.schema import (  # type: ignore[import-not-found]
    Activity,
    ActivityTypes,
    ConversationAccount,
)


def says(**line: object) -> None:
    print(json.dumps(line, default=str), flush=True)


def bridged(text: str, command: str = "", **context: object) -> Activity:
    """A message that the customer sees; with a command for the desk."""
    data: dict[str, Any] = {"deliveryMode": "bridged"}
    if command:
        data["tags"] = json.dumps({"type": command, "context": context})
    return Activity(type=ActivityTypes.message, text=text, channel_data=data)


class Helper(ActivityHandler):  # type: ignore[misc]
    """Echoes, hands over, ends."""

    async def on_turn(self, turn: TurnContext) -> None:
        given = turn.activity
        says(
            type=given.type,
            name=given.name,
            id=given.id,
            text=given.text,
            value=given.value,
            service_url=given.service_url,
            recipient=given.recipient.id,
        )
        await super().on_turn(turn)

    async def on_members_added_activity(self, members_added: list[Any], turn: TurnContext) -> None:
        await turn.send_activity(bridged("Hello, this is the SDK."))

    async def on_message_activity(self, turn: TurnContext) -> None:
        text = turn.activity.text
        if text == "a person":
            await turn.send_activity(self._hand_off(turn))
        elif text == "escalate":
            await turn.send_activity(bridged("One moment.", "Escalate", Topic="Parcels"))
        elif text == "bye":
            await turn.send_activity(bridged("Bye!", "EndConversation"))
        else:
            await turn.send_activity(Activity(type=ActivityTypes.typing))
            await turn.send_activity(bridged(f"You said: {text}"))

    def _hand_off(self, turn: TurnContext) -> Activity:
        return Activity(
            type=ActivityTypes.event,
            name="handoff.initiate",
            value={"Topic": "Parcels", "va_AgentMessage": "Label failed twice"},
            conversation=ConversationAccount(id=turn.activity.conversation.id),
        )


async def main() -> None:
    adapter, bot = BotFrameworkAdapter(BotFrameworkAdapterSettings("", "")), Helper()

    async def messages(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        authorization = request.headers.get("Authorization", "")
        await adapter.process_activity(activity, authorization, bot.on_turn)
        return web.Response(status=201)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    says(endpoint=f"http://127.0.0.1:{port}/api/messages")
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
