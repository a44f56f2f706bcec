"""Takes secrets out of evidence before it is written, and checks that nothing slipped by.

Two nets: shapes (JWTs, bearer headers, members and query parameters named like secrets) and
values (every token that the harness was handed, its *canaries*). The canaries are counted again in
the files of a finished report: `{"planted": n, "found": 0}` says that none of them was published.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

REDACTED = "[redacted]"

_JWT = r"eyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]+)?"
_JWTS = re.compile(_JWT)
_JWT_BYTES = re.compile(_JWT.encode())

_SECRET_NAME = r"[\w.-]*(?:token|secret|password|authorization|cookie|api[_-]?key|signature)"
# Alternatives in the order in which they should win.
_NAMED = re.compile(
    rf'(?P<member>"{_SECRET_NAME}"\s*:\s*")(?:[^"\\]|\\.)+'
    # JSON inside a string of JSON: \"name\":\"value\"
    rf'|(?P<quoted>\\"{_SECRET_NAME}\\"\s*:\s*\\")[^"\\]+'
    rf"|(?P<query>[?&](?:{_SECRET_NAME}|sig|code|t)=)[^&\s\"'<>]+"
    rf"|(?P<header>^[\s<>]*(?:{_SECRET_NAME})\s*:\s*)[^\r\n]+"
    r"|(?P<bearer>\b(?:Bearer|skype_token|skypetoken[=:])\s*)[\w.~+/=-]{8,}",
    re.IGNORECASE,
)
# What a line must hold (in lower case) to be worth the expression above, which is slow.
_SUSPICIOUS = re.compile(
    "token|secret|password|authorization|cookie|api[_-]?key|signature|bearer|sig=|code=|[?&]t="
)
_SECRET_HEADER = re.compile(_SECRET_NAME, re.IGNORECASE)
# Shorter values would be found by chance; real ones are longer.
_SHORTEST = 8


def redacted(text: str) -> str:
    """The text without anything shaped like a secret; names stay, to show what was there."""
    return "".join(_pieces(_JWTS.sub(REDACTED, text)))


def _pieces(text: str) -> Iterator[str]:
    """The text in order: suspicious lines without what they hide, all between them as it is."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # A letter whose small form is longer would shift every place after it: line by line, then.
        yield "\n".join(_NAMED.sub(_keep_name, line) for line in text.split("\n"))
        return
    done = 0
    for match in _SUSPICIOUS.finditer(lowered):
        if match.start() < done:
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield text[done:start]
        yield _NAMED.sub(_keep_name, text[start:end])
        done = end
    yield text[done:]


def _keep_name(match: re.Match[str]) -> str:
    return str(match[match.lastgroup or 0]) + REDACTED


def redacted_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers with the values of secret ones replaced."""
    return {
        name: REDACTED if _SECRET_HEADER.fullmatch(name) else redacted(value)
        for name, value in headers.items()
    }


@dataclass(slots=True)
class Secrets:
    """The values that this run was handed and must not publish.

    Only digests of JWTs are kept: a JWT is recognised by its shape first and by its digest after.
    """

    opaque: set[str] = field(default_factory=set)
    digests: set[str] = field(default_factory=set)

    def add(self, value: str) -> None:
        """Remember a token or a password; too short ones are ignored."""
        if _JWT_BYTES.fullmatch(value.encode()):
            self.digests.add(_digest(value.encode()))
        elif len(value) >= _SHORTEST:
            self.opaque.add(value)

    @property
    def planted(self) -> int:
        """How many there are."""
        return len(self.opaque) + len(self.digests)

    def exported(self) -> list[list[str]]:
        """What `imported` of another process takes (an xdist worker to its controller)."""
        return [sorted(self.opaque), sorted(self.digests)]

    def imported(self, exported: list[list[str]]) -> None:
        """Take over what another process was handed."""
        opaque, digests = exported
        self.opaque.update(opaque)
        self.digests.update(digests)

    def redact(self, text: str) -> str:
        """`redacted`, and every value known to be secret whatever its shape."""
        text = redacted(text)
        for value in self.opaque:
            text = text.replace(value, REDACTED)
        return text

    def found_in(self, folder: Path) -> int:
        """How many of the values can be read in the files under a folder, archives opened."""
        found: set[str | bytes] = set()
        sought = [(value, value.encode()) for value in self.opaque]
        for content in _contents(folder):
            found.update(value for value, raw in sought if raw in content)
            jwts = (_digest(match) for match in _JWT_BYTES.findall(content))
            found.update(self.digests.intersection(jwts))
        return len(found)


SECRETS = Secrets()
"""What this process was handed; workers send theirs to the controller when they finish."""


def redact_archive(archive: Path, secrets: Secrets = SECRETS) -> None:
    """Rewrite a zip (a Playwright trace) in place with its text entries redacted."""
    clean = archive.with_suffix(".clean")
    with (
        zipfile.ZipFile(archive) as old,
        zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, _clean_entry(old.read(entry), secrets))
    clean.replace(archive)


def _clean_entry(content: bytes, secrets: Secrets) -> bytes:
    try:
        return secrets.redact(content.decode()).encode()
    except UnicodeDecodeError:  # a picture or a font: nothing to read in it
        return content


def _contents(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        yield path.read_bytes()
        if zipfile.is_zipfile(path):
            yield from _entries(path)


def _entries(path: Path) -> Iterable[bytes]:
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            yield archive.read(entry)


def _digest(value: bytes) -> str:
    return sha256(value).hexdigest()
