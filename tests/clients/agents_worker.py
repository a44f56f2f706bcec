"""A bot on the Microsoft 365 Agents SDK, unmodified, on its aiohttp host: says what it is told.

It takes activities at `/api/messages`, prints each as a JSON line, and answers by the customer's
words: `a person` (the event `handoff.initiate`), `escalate` and `bye` (commands), else an echo.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from aiohttp import web
from microsoft_agents.activity import Activity, ConversationAccount  # type: ignore[import-not-found]
from microsoft_agents.hosting.aiohttp import (  # type: ignore[import-not-found]
    CloudAdapter,
    jwt_authorization_middleware,
    start_agent_process,
)
from microsoft_agents.hosting.core import (  # type: ignore[import-not-found]
    AgentApplication,
    AgentAuthConfiguration,
    AnonymousTokenProvider,
    MemoryStorage,
    TurnContext,
    TurnState,
)


def says(**line: object) -> None:
    print(json.dumps(line, default=str), flush=True)


def bridged(text: str, command: str = "", **context: object) -> Activity:
    """A message that the customer sees; with a command for the desk."""
    data: dict[str, Any] = {"deliveryMode": "bridged"}
    if command:
        data["tags"] = json.dumps({"type": command, "context": context})
    return Activity(type="message", text=text, channel_data=data)


class Anonymous:
    """The connections of a bot that has no credentials."""

    configuration = AgentAuthConfiguration(anonymous_allowed=True)

    def get_connection(self, name: str | None) -> AnonymousTokenProvider:
        return AnonymousTokenProvider()

    def get_default_connection(self) -> AnonymousTokenProvider:
        return AnonymousTokenProvider()

    def get_token_provider(self, identity: Any, service_url: str) -> AnonymousTokenProvider:
        return AnonymousTokenProvider()

    def get_default_connection_configuration(self) -> AgentAuthConfiguration:
        return self.configuration


connections = Anonymous()
helper = AgentApplication[TurnState](
    storage=MemoryStorage(),
    adapter=CloudAdapter(connection_manager=connections),
    connection_manager=connections,
)


@helper.before_turn
async def tells(turn: TurnContext, state: TurnState) -> bool:
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
    return True


@helper.conversation_update("membersAdded")
async def greets(turn: TurnContext, state: TurnState) -> None:
    await turn.send_activity(bridged("Hello, this is the SDK."))


@helper.activity("message")
async def answers(turn: TurnContext, state: TurnState) -> None:
    text = turn.activity.text
    if text == "a person":
        await turn.send_activity(
            Activity(
                type="event",
                name="handoff.initiate",
                value={"Topic": "Parcels", "va_AgentMessage": "Label failed twice"},
                conversation=ConversationAccount(id=turn.activity.conversation.id),
            )
        )
    elif text == "escalate":
        await turn.send_activity(bridged("One moment.", "Escalate", Topic="Parcels"))
    elif text == "bye":
        await turn.send_activity(bridged("Bye!", "EndConversation"))
    else:
        await turn.send_activity(Activity(type="typing"))
        await turn.send_activity(bridged(f"You said: {text}"))


async def main() -> None:
    async def messages(request: web.Request) -> Any:
        return await start_agent_process(request, helper, helper.adapter)

    app = web.Application(middlewares=[jwt_authorization_middleware])
    app["agent_configuration"] = connections.configuration
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
