"""What opens connections keeps them open, and gives every foreign error one name."""

from __future__ import annotations

import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import httpx
import pytest
from websockets.sync.server import ServerConnection, serve

from harness.errors import NotReachable, Refused
from harness.transport import exchanges
from harness.transport.exchanges import Exchange
from harness.transport.http import Client, trust
from harness.transport.socket import Socket

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n" + b'{"hello": 42}'


class Memory:
    """A recorder that keeps what it is told."""

    def __init__(self) -> None:
        self.kept: list[Exchange] = []

    def exchanged(self, exchange: Exchange) -> None:
        self.kept.append(exchange)

    def secret(self, value: str) -> None: ...


@contextmanager
def server(
    answers: Sequence[bytes | None], asked: Callable[[], object] = bool
) -> Iterator[tuple[str, list[int]]]:
    """A server that gives these answers, one a request; None hangs up. Connections are counted.

    `asked` is called when a request has come; no answer is sent before it returns.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    left, opened = list(answers), list[int]()

    def serves() -> None:
        while left:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            opened.append(1)
            # Whoever is cut off closes the connection, which is no reason to stop serving.
            with connection, suppress(ConnectionError):
                while left and connection.recv(65536):
                    answer = left.pop(0)
                    asked()
                    if answer is None:
                        break
                    connection.sendall(answer)
                    if b"short" in answer:
                        break

    thread = threading.Thread(target=serves, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", opened
    # Closing alone does not wake a thread that waits in accept.
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


@pytest.fixture
def client() -> Iterator[Client]:
    made = Client(ssl.create_default_context())
    yield made
    made.close()


def test_one_connection_serves_many_requests(client: Client) -> None:
    with server([OK, OK, OK]) as (url, opened):
        assert [client.call("GET", url) for _ in range(3)] == [{"hello": 42}] * 3
    assert len(opened) == 1


def test_a_connection_that_the_server_means_to_close_is_not_used_again(client: Client) -> None:
    closing = OK.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
    with server([closing, OK]) as (url, _):
        client.call("GET", url)
        assert client.call("GET", url) == {"hello": 42}


def test_a_connection_closed_while_idle_is_opened_again(client: Client) -> None:
    with server([OK, None, OK]) as (url, opened):
        client.call("GET", url)
        assert client.call("POST", url, json={}) == {"hello": 42}
    assert len(opened) == 2


def test_a_new_connection_without_an_answer_is_not_tried_twice(client: Client) -> None:
    with server([None, OK]) as (url, _), pytest.raises(NotReachable, match="GET http"):
        client.call("GET", url)


def test_an_answer_that_was_cut_off_is_not_taken_for_the_next_one(client: Client) -> None:
    """What Ctrl-C cuts off: the next request must not read the answer to the last."""

    def interrupts(*_: object) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    def asked() -> None:
        if not interrupted.is_set():
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)
            interrupted.wait()

    interrupted = threading.Event()
    before = signal.signal(signal.SIGALRM, interrupts)
    late = b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n7"
    with server([late, OK], asked) as (url, opened):
        with pytest.raises(KeyboardInterrupt):
            client.call("GET", url)
        signal.signal(signal.SIGALRM, before)
        assert client.call("GET", url) == {"hello": 42}
    assert len(opened) == 2


def test_a_body_in_chunks_is_put_together(client: Client) -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n[1\r\n3\r\n,2]\r\n0\r\n\r\n"
    )
    with server([chunked]) as (url, _):
        assert client.call("GET", url) == [1, 2]


@pytest.mark.parametrize(
    "answer",
    [
        b"this is not http\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort",
    ],
    ids=["no HTTP", "an end in the middle"],
)
def test_half_an_answer_is_not_reachable(client: Client, answer: bytes) -> None:
    with server([answer, None]) as (url, _), pytest.raises(NotReachable):
        client.call("GET", url)


def test_nobody_listening_is_not_reachable(client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotReachable, match=str(port)):
        client.call("GET", f"http://127.0.0.1:{port}/nobody")


def _every_error(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _every_error(narrower)


FOREIGN = [*_every_error(httpx.TransportError), *_every_error(httpx.DecodingError)]


@pytest.mark.parametrize("foreign", FOREIGN, ids=lambda kind: kind.__name__)
def test_every_error_of_httpx_becomes_one_of_ours(foreign: Callable[[str], Exception]) -> None:
    class Broken(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            raise foreign("it broke")

    with pytest.raises(NotReachable, match="it broke"):
        Client(ssl.create_default_context(), Broken()).call("GET", "http://target.test/")


@pytest.mark.parametrize("url", ["nonsense://target.test/", "http://[::bad/", "no address"])
def test_a_bad_address_is_not_reachable(client: Client, url: str) -> None:
    with pytest.raises(NotReachable):
        client.call("GET", url)


class Fixed(httpx.BaseTransport):
    """A target that always gives the same answer."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.response


def answer(status: int, content: bytes, **headers: str) -> Client:
    fixed = Fixed(httpx.Response(status, content=content, headers=headers))
    return Client(ssl.create_default_context(), fixed)


def test_a_refusal_says_what_the_target_said() -> None:
    body = b'{"error": {"code": 1004, "name": "DuplicateBotAppId", "message": "in use"}}'
    with pytest.raises(Refused) as refused:
        answer(409, body).call("PUT", "http://target.test/")
    assert (refused.value.status, refused.value.code) == (409, 1004)
    assert refused.value.name == "DuplicateBotAppId"


def test_a_refusal_in_a_header_is_read_too() -> None:
    with pytest.raises(Refused) as refused:
        answer(400, b"outside hours", errorcode="705").call("POST", "http://target.test/start")
    assert refused.value.code == "705"
    assert "/start" in str(refused.value)


def test_an_answer_that_should_be_json_and_is_not_is_refused() -> None:
    with pytest.raises(Refused, match="NotJson"):
        answer(200, b"<html>").call("GET", "http://target.test/")


def test_an_empty_answer_is_none() -> None:
    assert answer(204, b"").call("DELETE", "http://target.test/") is None


def test_every_exchange_is_recorded_and_counted() -> None:
    memory, before = Memory(), exchanges.exchanged()
    token = exchanges.current.set(memory)
    answer(200, b'{"ok":true}').call("POST", "http://target.test/x", json={"a": 1}, who="Ada")
    exchanges.current.reset(token)
    assert exchanges.exchanged() == before + 1
    [kept] = memory.kept
    assert (kept.who, kept.method, kept.status) == ("Ada", "POST", 200)
    assert (kept.request, kept.response) == ('{"a":1}', '{"ok":true}')


def test_trust_takes_the_file_that_the_target_names(tmp_path: object) -> None:
    with pytest.raises(FileNotFoundError):
        trust(f"{tmp_path}/missing.pem")


@contextmanager
def sockets(handler: Callable[[ServerConnection], None]) -> Iterator[str]:
    """A WebSocket server on a thread."""
    with serve(handler, "127.0.0.1", 0) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"ws://127.0.0.1:{made.socket.getsockname()[1]}/"
        made.shutdown()


def test_a_socket_hears_what_is_said_and_says_what_it_is_told() -> None:
    heard: list[str] = []
    both, over = threading.Event(), threading.Event()

    def hears(frame: str) -> None:
        heard.append(frame)
        if len(heard) == 2:
            both.set()

    def echoes(connection: ServerConnection) -> None:
        connection.send("welcome")
        for frame in connection:
            connection.send(f"you said {frame!r}")

    with sockets(echoes) as url:
        made = Socket(url, ssl.create_default_context(), hears, over.set)
        made.send("hello")
        assert both.wait(5)
        made.close()
        assert over.wait(5)
    assert heard == ["welcome", "you said 'hello'"]


def test_a_socket_tells_when_the_other_side_ends_it() -> None:
    over = threading.Event()
    with sockets(lambda connection: connection.close()) as url:
        Socket(url, ssl.create_default_context(), lambda frame: None, over.set)
        assert over.wait(5)


def test_a_socket_that_is_refused_is_not_reachable(client: Client) -> None:
    no = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"
    with server([no]) as (url, _), pytest.raises(NotReachable):
        Socket(url.replace("http", "ws"), client.context, lambda frame: None, lambda: None)


def test_a_socket_to_nobody_is_not_reachable(client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotReachable):
        Socket(f"ws://127.0.0.1:{port}/", client.context, lambda frame: None, lambda: None)
