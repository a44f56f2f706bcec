"""The least that answers, or stores a message: Starlette, SQLite, https."""

from __future__ import annotations

import json
import socket
import sqlite3
import tempfile
from pathlib import Path

import trustme
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


def application(file: Path) -> Starlette:
    """A route that answers nothing, and one that inserts what it gets and answers its number."""
    store = sqlite3.connect(file, isolation_level=None)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=NORMAL")
    store.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, thread TEXT, text TEXT)")
    store.execute("CREATE INDEX by_thread ON messages (thread)")

    async def empty(request: Request) -> Response:
        return Response()

    async def say(request: Request) -> JSONResponse:
        text = (await request.json())["content"]
        row = (request.path_params["thread"], text)
        number = store.execute("INSERT INTO messages (thread, text) VALUES (?, ?)", row).lastrowid
        return JSONResponse({"id": str(number)}, 201)

    return Starlette(
        routes=[
            Route("/empty", empty),
            Route("/chat/threads/{thread}/messages", say, methods=["POST"]),
        ]
    )


def main() -> None:
    """Listen on a free port and say where."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        authority = trustme.CA()
        certificate = authority.issue_cert("127.0.0.1")
        authority.cert_pem.write_to_path(folder / "ca.pem")
        certificate.private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            application(folder / "messages.db"),
            ssl_certfile=str(folder / "server.pem"),
            log_level="warning",
            access_log=False,
        )
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        print(json.dumps({"ready": True, "url": url, "ca": str(folder / "ca.pem")}), flush=True)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
