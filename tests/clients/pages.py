"""A customer's own site, for clients that run in a browser: a few files at a loopback address."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

KINDS = {".js": "text/javascript", ".html": "text/html", ".json": "application/json"}


class Site:
    """Serves what it was given, and nothing else; `url` has no slash at its end."""

    def __init__(self) -> None:
        self._files: dict[str, bytes | Path] = {}
        files = self._files

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                content = files.get(path)
                body = content.read_bytes() if isinstance(content, Path) else content or b""
                self.send_response(404 if content is None else 200)
                kind = KINDS.get(Path(path).suffix, "text/plain")
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Says nothing: pytest shows what matters."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def serves(self, path: str, content: str | Path) -> str:
        """Puts a text or a file under a path; answers its address."""
        self._files[path] = content.encode() if isinstance(content, str) else content
        return self.url + path

    def ends(self) -> None:
        self._server.shutdown()
        self._server.server_close()
