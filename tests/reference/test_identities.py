"""Which key a token is held against, and where that key comes from (specification 4.6)."""

from __future__ import annotations

import asyncio
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from math import inf, nan
from socket import create_server, socket
from threading import Thread

import jwt
import pytest

from harness import identity
from harness.reference.domain import identities as rules
from harness.reference.domain.errors import NotSignedIn, TokenExpired
from harness.reference.domain.widgets import Authentication
from harness.reference.operations import identities
from harness.reference.operations.organisations import Organisation
from harness.reference.web.livechat.keys import LARGEST, Keys

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD = {"iss": "shop", "sub": "ada", "iat": 0, "exp": 9_999_999_999}


def listed(**keys: str) -> str:
    return json.dumps([{"kid": kid, "publicKey": key} for kid, key in keys.items()])


def with_id(kid: str) -> str:
    """A valid token that names a key."""
    claims = GOOD | {"iat": int(NOW.timestamp())}
    return jwt.encode(claims, identity.private_key("site"), algorithm="RS256", headers={"kid": kid})


def test_of_several_keys_the_token_names_one(organisation: Organisation) -> None:
    keys = listed(old=identity.public_key("stranger"), new=identity.public_key())
    assert identities.signed_in(organisation, with_id("new"), keys).subject == "ada"
    for wrong in ("old", "unheard of"):
        with pytest.raises(NotSignedIn):
            identities.signed_in(organisation, with_id(wrong), keys)


@pytest.mark.parametrize("keys", ["", "no key", "[", "[1]", '{"keys": 7}', "{}", "[[]]"])
def test_without_a_key_that_can_be_read_nobody_signs_in(
    organisation: Organisation, keys: str
) -> None:
    signed = identity.token("ada", organisation.clock.now())
    with pytest.raises(NotSignedIn):
        identities.signed_in(organisation, signed, keys)


def test_a_symmetric_signature_made_with_the_public_key_is_refused(
    organisation: Organisation,
) -> None:
    public = identity.public_key()
    claims = GOOD | {"iat": int(NOW.timestamp())}
    head, body = (_part(part) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    digest = hmac.digest(public.encode(), f"{head}.{body}".encode(), "sha256")
    signature = urlsafe_b64encode(digest).rstrip(b"=").decode()
    with pytest.raises(NotSignedIn, match="RS256"):
        identities.signed_in(organisation, f"{head}.{body}.{signature}", public)


def _part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("name", ["iss", "sub", "iat", "exp"])
def test_every_claim_is_needed(name: str) -> None:
    claims = {key: value for key, value in GOOD.items() if key != name}
    with pytest.raises(NotSignedIn, match=name):
        rules.identity(claims, NOW)


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        *(("exp", "soon"), ("iat", True), ("nbf", []), ("sub", 7), ("iss", {}), ("exp", 10**400)),
        *((name, number) for name in ("exp", "iat", "nbf") for number in (inf, nan)),
    ],
)
def test_claims_of_other_types_do_not_break(claim: str, value: object) -> None:
    claims = GOOD | {claim: value}
    if value == 10**400:
        assert rules.identity(claims, NOW).subject == "ada"
        return
    with pytest.raises(NotSignedIn):
        rules.identity(claims, NOW)


def test_a_token_ends_with_its_last_second() -> None:
    at = NOW.timestamp()
    assert rules.identity(GOOD | {"exp": at + 1, "nbf": at}, NOW).subject == "ada"
    with pytest.raises(TokenExpired):
        rules.identity(GOOD | {"exp": at}, NOW)


@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_a_token_may_begin_a_few_seconds_ahead(claim: str) -> None:
    at = NOW.timestamp()
    assert rules.identity(GOOD | {claim: at + 5}, NOW).subject == "ada"
    with pytest.raises(NotSignedIn, match="not yet valid"):
        rules.identity(GOOD | {claim: at + 6}, NOW)


# Keys by address


def of(keys: Keys, url: str) -> str:
    return asyncio.run(keys.of(Authentication("Shop", public_key_url=url)))


@contextmanager
def published(answer: bytes, status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """A site that answers so to every question; its address, and what it was asked."""
    asked: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/key", asked
        server.shutdown()


def test_a_key_is_fetched_from_its_address_once() -> None:
    keys = Keys()
    with published(identity.public_key().encode()) as (url, asked):
        assert [of(keys, url), of(keys, url)] == [identity.public_key()] * 2
        assert asked == ["/key"]


@pytest.mark.parametrize(
    ("answer", "status"), [(b"gone", 404), (b"\xff\xfe", 200)], ids=["refused", "no text"]
)
def test_an_address_without_a_key_signs_nobody_in(answer: bytes, status: int) -> None:
    with published(answer, status) as (url, _), pytest.raises(NotSignedIn, match="fetched"):
        of(Keys(), url)


def test_an_address_where_nobody_speaks_http_signs_nobody_in() -> None:
    with closing(create_server(("127.0.0.1", 0))) as listening:
        Thread(target=_stammers, args=(listening,), daemon=True).start()
        with pytest.raises(NotSignedIn, match="fetched"):
            of(Keys(), f"http://127.0.0.1:{listening.getsockname()[1]}/key")


def _stammers(listening: socket) -> None:
    caller, _ = listening.accept()
    with caller:
        caller.recv(1024)
        caller.sendall(b"220 mail.shop.example\r\n")


def test_only_so_much_of_a_document_is_read() -> None:
    with published(b"x" * (2 * LARGEST)) as (url, _):
        assert len(of(Keys(), url)) == LARGEST


@pytest.mark.parametrize(
    "url", ["file:///etc/hosts", "http://127.0.0.1:1/key", "http://shop:port/", "nonsense"]
)
def test_other_addresses_are_not_opened(url: str) -> None:
    with pytest.raises(NotSignedIn, match="fetched"):
        of(Keys(), url)
