"""Files that come with a form: found whatever they hold, and refused when there is none."""

from __future__ import annotations

import pytest

from harness.reference.domain.errors import MalformedBody
from harness.reference.web.pages.uploads import chosen
from tests.reference.site import Site

HEAD = b'Content-Disposition: form-data; name="file"; filename="a.zip"\r\nContent-Type: x/y\r\n\r\n'
IMPORT = "/power-apps/{org}/environments/none/solutions/import"


def form(*parts: bytes) -> bytes:
    return b"".join(b"--limit\r\n" + part + b"\r\n" for part in parts) + b"--limit--\r\n"


@pytest.mark.parametrize(
    "content", [b"PK", b"\r\n", b"\r\n\r\n--limi", bytes(range(256)), b"\n\r\n\r"]
)
def test_a_file_is_what_it_was_whatever_it_holds(content: bytes) -> None:
    other = b'Content-Disposition: form-data; name="note"\r\n\r\nhello'
    assert chosen(form(other, HEAD + content), "limit")[1] == content
    assert chosen(form(HEAD + content, other), "limit")[1] == content


@pytest.mark.parametrize(
    "body",
    [b"", form(), form(HEAD), form(b"no head"), b"--other\r\n" + HEAD + b"x\r\n--other--", b"\r\n"],
)
def test_a_form_without_a_file_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedBody, match="Choose a file first"):
        chosen(body, "limit")


@pytest.mark.parametrize("origin", [None, "https://elsewhere.test", "null"])
def test_a_form_from_elsewhere_is_refused(site: Site, origin: str | None) -> None:
    headers = {"Cookie": f"handoff={site.tokens['Mia']}"} | ({"Origin": origin} if origin else {})
    files = {"file": ("a.zip", b"PK")}
    path = IMPORT.format(org=site.id)
    answer = site.client.request("POST", path, headers=headers, files=files)
    assert answer.status_code == 403
