"""`$batch`: several requests in one body, and change sets, of which all or nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote
from uuid import uuid4

from harness.reference.domain.dataverse.refusals import Reason, refused
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.web.dataverse import addresses
from harness.reference.web.dataverse.exchanges import Answer, Ask, preferences
from harness.reference.web.dataverse.payloads import MOST_TARGETS

_BOUNDARY = re.compile(r'boundary="?([^";,\s]{1,200})"?', re.IGNORECASE)
LINE = "\r\n"

Serve = Callable[[Ask, Mapping[str, str]], Answer]
"""Answers one request; the mapping has the addresses of rows that the change set made, by `$n`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a body: a request, or a change set with requests of its own."""

    headers: Mapping[str, str]
    content: str
    set: tuple[Part, ...] = ()


@dataclass
class Batch:
    """A batch as it is answered."""

    dataverse: Dataverse
    root: str
    serve: Serve
    refuse: Callable[[Exception], Answer]
    continues: bool
    said: list[str] = field(default_factory=list)

    def below(self, address: str) -> str:
        """The path below the service; raises Refused for one of another environment."""
        return addresses.below(address, self.root, self.dataverse.organisation.id)

    def run(self, parts: list[Part]) -> None:
        """Answers part by part, until one is refused, unless the caller wants to go on."""
        for part in parts:
            done = self._change_set(part) if part.set else self._single(part)
            if not done and not self.continues:
                return

    def _single(self, part: Part) -> bool:
        answer = self._answered(part, {})
        self.said.append(_written(answer, part.headers.get("content-id")))
        return answer.status < 400

    def _answered(self, part: Part, made: Mapping[str, str]) -> Answer:
        try:
            return self.serve(_request(part, made, self.below), made)
        except Exception as error:
            return self.refuse(error)

    def _change_set(self, part: Part) -> bool:
        """All requests of a change set in one command, or the refusal of the first that fails."""
        boundary = f"changesetresponse_{uuid4()}"
        answers: list[str] = []
        made: dict[str, str] = {}
        inner: Part | None = None
        try:
            with self.dataverse.organisation.command():
                for inner in part.set:
                    answer = self.serve(_request(inner, made, self.below), made)
                    id = inner.headers.get("content-id")
                    if id and (where := answer.headers.get("OData-EntityId")):
                        made[f"${id}"] = where
                    answers.append(_written(answer, id))
        except Exception as error:
            id = inner.headers.get("content-id") if inner else None
            answers = [_written(self.refuse(error), id)]
            self.said.append(_wrapped(answers, boundary))
            return False
        self.said.append(_wrapped(answers, boundary))
        return True


def answer(
    dataverse: Dataverse,
    root: str,
    ask: Ask,
    serve: Serve,
    refuse: Callable[[Exception], Answer],
) -> Answer:
    """The answer to a batch; raises Refused for one that cannot be taken apart."""
    parts = list(_parts(_text(ask.body), _boundary(ask.headers)))
    number = sum(len(part.set) or 1 for part in parts)
    if not 0 < number <= MOST_TARGETS:
        raise refused(
            Reason.PAYLOAD_INVALID, f"A batch has 1 to {MOST_TARGETS} requests, not {number}."
        )
    prefers = preferences(ask.headers.get("prefer", ""))
    batch = Batch(dataverse, root, serve, refuse, prefers.continues)
    batch.run(parts)
    boundary = f"batchresponse_{uuid4()}"
    body = "".join(f"--{boundary}{LINE}{part}" for part in batch.said) + f"--{boundary}--{LINE}"
    return Answer(body=body.encode(), media=f"multipart/mixed; boundary={boundary}")


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise refused(Reason.PAYLOAD_INVALID, f"A batch is UTF-8: {error}.") from None


def _boundary(headers: Mapping[str, str]) -> str:
    kind = headers.get("content-type", "")
    found = _BOUNDARY.search(kind)
    if not kind.lower().startswith("multipart/mixed") or found is None:
        raise refused(
            Reason.PAYLOAD_INVALID, "A batch is multipart/mixed, with the boundary of its parts."
        )
    return found[1]


def _parts(body: str, boundary: str, inside: bool = False) -> Iterator[Part]:
    """The parts of a body; a change set may not hold another one."""
    lines = body.replace("\r\n", "\n").split("\n")
    current: list[str] | None = None
    for line in lines:
        if line.rstrip() in (f"--{boundary}", f"--{boundary}--"):
            if current is not None:
                yield _part("\n".join(current), inside)
            current = []
            if line.rstrip().endswith("--") and line.rstrip() != f"--{boundary}":
                return
        elif current is not None:
            current.append(line)
    raise refused(
        Reason.PAYLOAD_INVALID, f"The batch has no end: --{boundary}-- does not stand in it."
    )


def _part(text: str, inside: bool) -> Part:
    headers, content = _headed(text)
    if not headers.get("content-type", "").lower().startswith("multipart/mixed"):
        return Part(headers, content)
    if inside:
        raise refused(Reason.PAYLOAD_INVALID, "A change set cannot hold another one.")
    changes = tuple(_parts(content, _boundary(headers), inside=True))
    if any(change.content.lstrip().upper().startswith("GET") for change in changes):
        raise refused(Reason.PAYLOAD_INVALID, "A change set has no GET in it.")
    if not changes:
        raise refused(Reason.PAYLOAD_INVALID, "A change set has at least one request.")
    return Part(headers, content, changes)


def _headed(text: str) -> tuple[dict[str, str], str]:
    head, _, content = text.lstrip("\n").partition("\n\n")
    headers = {}
    for line in head.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return headers, content


def _request(part: Part, made: Mapping[str, str], below: Callable[[str], str]) -> Ask:
    """The request in a part: its line, its headers, its body."""
    line, _, rest = part.content.lstrip("\n").partition("\n")
    method, _, address = line.strip().partition(" ")
    address = address.removesuffix("HTTP/1.1").strip()
    if method not in ("GET", "POST", "PATCH", "PUT", "DELETE") or not address:
        raise refused(Reason.PAYLOAD_INVALID, f"'{line[:100]}' is no line of a request.")
    head, _, body = rest.partition("\n\n")
    headers, _ = _headed(head)
    if rest.startswith("\n"):
        headers, body = {}, rest.removeprefix("\n")
    for name, where in made.items():
        address = where + address[len(name) :] if _starts(address, name) else address
    # By hand: what takes addresses apart would take a fragment away, and filters may hold a #.
    path, _, query = address.partition("?")
    return Ask(method, unquote(below(path)), query, headers, body.strip().encode())


def _starts(address: str, name: str) -> bool:
    return address == name or address.startswith(f"{name}/")


def _written(answer: Answer, content_id: str | None) -> str:
    """An answer as a part of the body."""
    head = ["Content-Type: application/http", "Content-Transfer-Encoding: binary"]
    if content_id:
        head.append(f"Content-ID: {content_id}")
    content = answer.content.decode("utf-8", "replace")
    said = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    if content:
        said.append(f"Content-Type: {answer.media}")
    said += [f"{name}: {value}" for name, value in answer.headers.items()]
    said.append("OData-Version: 4.0")
    return LINE.join((*head, "", *said, "", content, ""))


def _wrapped(answers: list[str], boundary: str) -> str:
    head = f"Content-Type: multipart/mixed; boundary={boundary}{LINE}{LINE}"
    return head + "".join(f"--{boundary}{LINE}{said}" for said in answers) + f"--{boundary}--{LINE}"
