"""What the doctor finds wrong with a target, in words that say what to do."""

from __future__ import annotations

import json
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from harness import doctor
from harness.doctor import Condition, Finding

ORG = "66666666-7777-4888-9999-000000000000"
APP = "11111111-2222-4333-8444-555555555555"
TARGET = """
schema = 1
name = "mine"
kind = "deployment"
generation = "web-app"
[addresses]
org_url = "{url}"
org_id = "{org}"
app_id = "{app}"
page = "{url}/shop"
[roles]
customer = "widget"
"""


class Deployment(BaseHTTPRequestHandler):
    """A live chat connector and a shop page that can be told to be wrong."""

    settings: dict[str, object]
    snippet: str
    skew: float
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status, headers, body = 200, {}, f'<script data-app-id="{self.snippet}">'
        if self.path.startswith("/livechatconnector/"):
            body = json.dumps(self.settings)
            if f"/{ORG}/{APP}?" not in self.path:
                status, headers, body = 404, {"errorcode": "701"}, "{}"
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate(self.skew or None, usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test says it."""


@pytest.fixture
def deployment() -> Iterator[ThreadingHTTPServer]:
    handler = type(
        "Mine",
        (Deployment,),
        {"settings": {"LiveWSAndLiveChatEngJoin": {}}, "snippet": APP, "skew": 0.0},
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def written(folder: Path, url: str, app: str = APP, more: str = "") -> str:
    file = folder / "mine.toml"
    file.write_text(TARGET.format(url=url, org=ORG, app=app) + more)
    return str(file)


def address(server: ThreadingHTTPServer, scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{server.server_port}"


def wrongs(name: str) -> list[Finding]:
    fine = (Condition.READY, Condition.NOTED)
    return [each for each in doctor.examine(name) if each.condition not in fine]


def only(name: str) -> Finding:
    found = wrongs(name)
    assert len({finding.text for finding in found}) == 1, found
    return found[0]


def test_a_target_that_is_as_it_should_be(
    deployment: ThreadingHTTPServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor.report(written(tmp_path, address(deployment))) == 0
    assert capsys.readouterr().out.strip().endswith("mine.toml: ready")


def test_a_file_with_an_unknown_key(tmp_path: Path) -> None:
    finding = only(written(tmp_path, "https://x.test", more='agnet = "api"\n'))
    assert finding.condition is Condition.MISCONFIGURED
    assert "did you mean agent?" in finding.text


def test_a_name_that_nobody_knows(tmp_path: Path) -> None:
    finding = only(written(tmp_path, "https://tenant.invalid"))
    assert finding.condition is Condition.UNREACHABLE
    assert finding.text.startswith("the name tenant.invalid is not known")


def test_a_port_where_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        finding = only(written(tmp_path, f"https://127.0.0.1:{free.getsockname()[1]}"))
    assert finding.condition is Condition.UNREACHABLE
    assert finding.text.startswith("nobody listens at 127.0.0.1:")


def test_a_server_without_tls(deployment: ThreadingHTTPServer, tmp_path: Path) -> None:
    finding = only(written(tmp_path, address(deployment, "https")))
    assert "does not speak TLS" in finding.text


def test_a_certificate_of_an_unknown_authority(
    deployment: ThreadingHTTPServer, tmp_path: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    deployment.socket = context.wrap_socket(deployment.socket, server_side=True)
    finding = only(written(tmp_path, address(deployment, "https")))
    assert finding.condition is Condition.MISCONFIGURED
    assert "name its authority in [addresses] ca" in finding.text


def test_a_widget_that_the_organisation_does_not_have(
    deployment: ThreadingHTTPServer, tmp_path: Path
) -> None:
    other = "99999999-2222-4333-8444-555555555555"
    texts = [finding.text for finding in wrongs(written(tmp_path, address(deployment), app=other))]
    assert any("has no widget" in text and "701" in text for text in texts), texts


def test_a_server_that_is_no_connector(deployment: ThreadingHTTPServer, tmp_path: Path) -> None:
    deployment.RequestHandlerClass.settings = {}
    assert "is no live chat connector" in only(written(tmp_path, address(deployment))).text


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"LiveWSAndLiveChatEngJoin": {"OutOfOperatingHours": "True"}}, "operating hours"),
        ({"LiveWSAndLiveChatEngJoin": {}, "LiveChatConfigAuthSettings": {"a": 1}}, "signed-in"),
        ({"LiveWSAndLiveChatEngJoin": {}, "LiveChatVersion": 1}, "version 1"),
    ],
)
def test_settings_with_which_no_chat_starts(
    deployment: ThreadingHTTPServer, tmp_path: Path, settings: dict[str, object], sentence: str
) -> None:
    deployment.RequestHandlerClass.settings = settings
    assert sentence in only(written(tmp_path, address(deployment))).text


def test_a_clock_that_makes_tokens_expire(deployment: ThreadingHTTPServer, tmp_path: Path) -> None:
    deployment.RequestHandlerClass.skew = 1_000_000_000.0
    finding = only(written(tmp_path, address(deployment)))
    assert "ahead of the target's, so tokens look expired: set the clock" in finding.text


def test_a_page_with_the_snippet_of_another_widget(
    deployment: ThreadingHTTPServer, tmp_path: Path
) -> None:
    deployment.RequestHandlerClass.snippet = "another"
    finding = only(written(tmp_path, address(deployment)))
    assert finding.cause == "wrong embed code"
    assert "the snippet of another widget (data-app-id 'another'" in finding.text


def test_a_token_that_is_not_set(deployment: ThreadingHTTPServer, tmp_path: Path) -> None:
    name = "HANDOFF_TOKEN_OF_NOBODY"
    assert name not in os.environ
    file = written(tmp_path, address(deployment), more=f'[secrets]\nBen = "{name}"\n')
    assert only(file).text == f"Ben's token is missing: set the environment variable {name}"
