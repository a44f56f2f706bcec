"""`$batch` without a client: parts, change sets, references between them."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.wire.chat import Desk
from tests.wire.dataverse import Dataverse

CHANGE = "changeset_1"


@pytest.fixture
def dataverse(client: httpx.Client, found: Callable[..., Desk]) -> Dataverse:
    return Dataverse(client, found().description)


def part(request: str, *headers: str, id: int | None = None) -> str:
    """A request as a part; the body follows its line after an empty one."""
    head = ["Content-Type: application/http", "Content-Transfer-Encoding: binary"]
    if id is not None:
        head.append(f"Content-ID: {id}")
    line, _, body = request.partition("\n")
    return "\r\n".join([*head, "", f"{line} HTTP/1.1", *headers, "", body])


def change_set(*parts: str) -> str:
    inner = "".join(f"--{CHANGE}\r\n{one}\r\n" for one in parts)
    return f"Content-Type: multipart/mixed; boundary={CHANGE}\r\n\r\n{inner}--{CHANGE}--"


def batch(
    dataverse: Dataverse, *parts: str, errors: str = "strict", **headers: str
) -> httpx.Response:
    body = "".join(f"--batch_1\r\n{one}\r\n" for one in parts) + "--batch_1--\r\n"
    return dataverse.client.post(
        f"{dataverse.root}$batch",
        content=body.encode(errors=errors),
        headers={
            "authorization": f"Bearer {dataverse.tokens['Mia']}",
            "content-type": "multipart/mixed; boundary=batch_1",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )


def statuses(answer: httpx.Response) -> list[int]:
    assert answer.status_code == 200, answer.text
    lines = answer.text.splitlines()
    return [int(line.split(" ")[1]) for line in lines if line.startswith("HTTP/1.1")]


def test_addresses_may_be_whole_or_short(dataverse: Dataverse) -> None:
    root = dataverse.root
    host = root.partition("/dataverse/")[0]
    answer = batch(
        dataverse,
        part(f"GET {root}bots?$select=name&$filter=name eq 'Alpine Helper'"),
        part(f"GET {root.removeprefix(host)}bots?$top=1"),
        part("GET bots?$top=1", "Accept: application/json"),
        part("GET /api/data/v9.2/roles?$top=1"),
    )
    assert statuses(answer) == [200] * 4
    assert answer.text.count('"Alpine Helper"') == 3


def test_another_environment_is_out_of_reach(dataverse: Dataverse) -> None:
    other = dataverse.root.replace(dataverse.environment, "env-elsewhere")
    assert statuses(batch(dataverse, part(f"GET {other}bots"))) == [400]


def test_the_first_refusal_ends_a_batch_unless_told_otherwise(dataverse: Dataverse) -> None:
    parts = [part("GET bots"), part("GET foos"), part("GET roles")]
    assert statuses(batch(dataverse, *parts)) == [200, 404]
    assert statuses(batch(dataverse, *parts, prefer="odata.continue-on-error")) == [200, 404, 200]


def test_a_change_set_is_one_command(dataverse: Dataverse) -> None:
    good = part('POST bots\n{"name": "One"}', id=1)
    bad = part('PATCH bots(11111111-2222-3333-4444-555555555555)\n{"name": "x"}', "If-Match: *")
    assert statuses(batch(dataverse, change_set(good, bad))) == [404]
    assert len(dataverse.rows("bots")) == 1
    again = part('PATCH $1\n{"name": "Once more"}', "If-Match: *", id=2)
    assert statuses(batch(dataverse, change_set(good, again))) == [204, 204]
    assert {row["name"] for row in dataverse.rows("bots")} == {"Alpine Helper", "Once more"}


@pytest.mark.parametrize(
    "parts",
    [
        (),
        ("nothing",),
        (part("FETCH bots"),),
        (part("GET"),),
        (change_set(part("GET bots")),),
        (change_set(change_set(part("DELETE bots"))),),
        (change_set(),),
        (part("POST $batch\n"),),
        (part("GET " + "(" * 5000),),
    ],
)
def test_a_batch_that_is_none_is_refused(dataverse: Dataverse, parts: tuple[str, ...]) -> None:
    answer = batch(dataverse, *parts)
    assert 400 <= (statuses(answer)[0] if answer.status_code == 200 else answer.status_code) < 500
    assert len(dataverse.rows("bots")) == 1


def test_a_batch_needs_its_boundary(dataverse: Dataverse) -> None:
    assert dataverse.is_refused("POST", "$batch", {}) == (400, "0x80048d19")


def test_a_name_that_reads_like_a_reference_is_a_name(dataverse: Dataverse) -> None:
    first = part('POST bots\n{"name": "First"}', "Content-Type: application/json", id=1)
    second = part('POST bots\n{"name": "$1"}', "Content-Type: application/json", id=2)
    assert statuses(batch(dataverse, change_set(first, second))) == [204, 204]
    assert {"First", "$1"} <= {row["name"] for row in dataverse.rows("bots")}


def test_a_batch_that_is_no_text_is_refused(dataverse: Dataverse) -> None:
    answer = batch(dataverse, part('POST bots\n{"name": "\udcff"}'), errors="surrogateescape")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "0x80048d19")
