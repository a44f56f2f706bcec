"""Packages whose files cannot be read, or say what no export says: named by file and reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reference.mover import Mover, changed, files_of
from tests.reference.test_hostile_solutions import told

Files = dict[str, bytes]
Change = Callable[[Files, str], dict[str, bytes | None]]
DTD = b'<!DOCTYPE bot SYSTEM "http://127.0.0.1:9/evil.dtd">'
FILE = b'<!DOCTYPE bot [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE bot [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def _attributes(number: int) -> bytes:
    return b"".join(b' a%x=""' % each for each in range(number))


WRONG: dict[str, tuple[Change, str, str]] = {
    "no manifest": (lambda f, s: {"solution.xml": None}, "solution.xml", "missing"),
    "no customisations": (
        lambda f, s: {"customizations.xml": None},
        "customizations.xml",
        "missing",
    ),
    "no bot": (
        lambda f, s: {path: None for path in f if path.startswith("bot")},
        "bots",
        "there is no bot",
    ),
    "a bot without its file": (
        lambda f, s: {f"bots/{s}/bot.xml": None},
        "bots/SCHEMA/bot.xml",
        "missing",
    ),
    "manifest in other letters": (
        lambda f, s: {"solution.xml": None, "Solution.xml": f["solution.xml"]},
        "Solution.xml",
        "exactly these letters",
    ),
    "folder in other letters": (
        lambda f, s: {"Bots/x/bot.xml": b"<bot/>"},
        "Bots/x/bot.xml",
        "reads the folder bots",
    ),
    "two manifests": (
        lambda f, s: {"other/solution.xml": f["solution.xml"]},
        "other/solution.xml",
        "more than one solution",
    ),
    "torn manifest": (
        lambda f, s: {"solution.xml": f["solution.xml"][:300]},
        "solution.xml",
        "not XML",
    ),
    "another document": (
        lambda f, s: {"solution.xml": b"<html/>"},
        "solution.xml",
        "UniqueName is missing",
    ),
    "a page as customisations": (
        lambda f, s: {"customizations.xml": b"<html/>"},
        "customizations.xml",
        "it begins with <html>, not with <ImportExportXml>",
    ),
    "a page as a bot": (
        lambda f, s: {f"bots/{s}/bot.xml": b"<html/>"},
        "bots/SCHEMA/bot.xml",
        "it begins with <html>, not with <bot>",
    ),
    "a title that fills the page": (
        lambda f, s: {
            "solution.xml": f["solution.xml"].replace(b'on="Guides', b'on="' + b"Guides" * 50)
        },
        "solution.xml",
        "LocalizedName cannot be 'Guides",
    ),
    "a prefix that is none": (
        lambda f, s: {"solution.xml": f["solution.xml"].replace(b"Prefix>cr", b"Prefix>c r")},
        "solution.xml",
        "CustomizationPrefix cannot be",
    ),
    "a name that is none": (
        lambda f, s: {"solution.xml": f["solution.xml"].replace(b">Guides<", b">../Guides<")},
        "solution.xml",
        "UniqueName cannot be '../Guides'",
    ),
    "a version that is none": (
        lambda f, s: {"solution.xml": f["solution.xml"].replace(b">1.0.0.", b">new.0.0.")},
        "solution.xml",
        "Version cannot be",
    ),
    "neither managed nor not": (
        lambda f, s: {"solution.xml": f["solution.xml"].replace(b"Managed>1<", b"Managed>2<")},
        "solution.xml",
        "Managed cannot be '2'",
    ),
    "an external DTD": (
        lambda f, s: {f"bots/{s}/bot.xml": DTD + b"<bot/>"},
        "bots/SCHEMA/bot.xml",
        "document type",
    ),
    "a file as an entity": (
        lambda f, s: {"solution.xml": FILE + b"<bot>&x;</bot>"},
        "solution.xml",
        "document type",
    ),
    "entities that multiply": (
        lambda f, s: {"customizations.xml": LAUGHS + b"<bot>&b;</bot>"},
        "customizations.xml",
        "document type",
    ),
    "a DTD where nothing is read": (
        lambda f, s: {"Assets/x.xml": DTD + b"<bot/>"},
        "Assets/x.xml",
        "document type",
    ),
    "a DTD below a bot": (
        lambda f, s: {f"bots/{s}/more/bot.xml": LAUGHS + b"<bot>&b;</bot>"},
        "bots/SCHEMA/more/bot.xml",
        "document type",
    ),
    "a DTD in what ends as a manifest": (
        lambda f, s: {"Assets/my_solution.xml": FILE + b"<x>&x;</x>"},
        "Assets/my_solution.xml",
        "document type",
    ),
    "XML of many attributes": (
        lambda f, s: {"Assets/x.xml": b"<x" + _attributes(500_001) + b"/>"},
        "Assets/x.xml",
        "more than 500,000 elements and attributes",
    ),
    "XML without an end": (
        lambda f, s: {"customizations.xml": b"<x>" * 100_000},
        "customizations.xml",
        "nested deeper than 200",
    ),
    "XML of a million elements": (
        lambda f, s: {"customizations.xml": b"<x>" + b"<a b='c'/><d/>" * 300_000 + b"</x>"},
        "customizations.xml",
        "more than 500,000 elements",
    ),
    "XML of another script": (
        lambda f, s: {"customizations.xml": "<x/>".encode("utf-16")[:7]},
        "customizations.xml",
        "not XML",
    ),
    "JSON that is torn": (
        lambda f, s: {f"bots/{s}/configuration.json": b'{"channels": ['},
        "bots/SCHEMA/configuration.json",
        "not JSON",
    ),
    "JSON without an end": (
        lambda f, s: {f"bots/{s}/configuration.json": b"[" * 100_000},
        "bots/SCHEMA/configuration.json",
        "not JSON",
    ),
    "JSON that is a list": (
        lambda f, s: {f"bots/{s}/configuration.json": b"[]"},
        "bots/SCHEMA/configuration.json",
        "not a JSON object",
    ),
    "JSON with half a character": (
        lambda f, s: {f"bots/{s}/configuration.json": b'{"greeting": "\\ud83d"}'},
        "bots/SCHEMA/configuration.json",
        "not JSON",
    ),
    "channels that are none": (
        lambda f, s: {f"bots/{s}/configuration.json": b'{"channels": [1]}'},
        "bots/SCHEMA/configuration.json",
        "channels is a list of objects",
    ),
    "more YAML than bots have": (
        lambda f, s: {
            f"botcomponents/{s}.topic.T{n}/data": f["solution.xml"] * 500 for n in range(9)
        },
        "botcomponents/SCHEMA.topic.T",
        "more than 4,194,304 bytes of YAML",
    ),
    "a component of another name": (
        lambda f, s: {
            f"botcomponents/{s}.topic.Greeting/botcomponent.xml": f[
                f"botcomponents/{s}.topic.Greeting/botcomponent.xml"
            ].replace(b".topic.Greeting", b".topic.x/../../../evil")
        },
        "botcomponents/SCHEMA.topic.Greeting/botcomponent.xml",
        "it is of ",
    ),
    "a bot whose folder is no name": (
        lambda f, s: {"bots/a b/bot.xml": b"<bot/>"},
        "bots/a b/bot.xml",
        "'a b' is no schema name",
    ),
    "YAML that is torn": (
        lambda f, s: {f"botcomponents/{s}.topic.Greeting/data": b"kind: AdaptiveDialog\n a: [b\n"},
        "botcomponents/SCHEMA.topic.Greeting/data",
        "line",
    ),
    "a variable that is torn": (
        lambda f, s: {f"botcomponents/{s}.globalvariable.X/data": b"kind: Variable\na: [b\n"},
        "botcomponents/SCHEMA.globalvariable.X/data",
        "line",
    ),
    "an entity that is torn": (
        lambda f, s: {f"botcomponents/{s}.entity.X/data": b"kind: ClosedListEntity\nitems: {\n"},
        "botcomponents/SCHEMA.entity.X/data",
        "line",
    ),
    "YAML that is no text": (
        lambda f, s: {f"botcomponents/{s}.topic.Greeting/data": b"\xff\xfe\x00"},
        "botcomponents/SCHEMA.topic.Greeting/data",
        "not UTF-8",
    ),
    "YAML that loops": (
        lambda f, s: {
            f"botcomponents/{s}.topic.Greeting/data": b"kind: AdaptiveDialog\na: &a [*a, *a]\n"
        },
        "botcomponents/SCHEMA.topic.Greeting/data",
        "",
    ),
    "a bot of another name": (
        lambda f, s: {
            f"bots/{s}/bot.xml": f[f"bots/{s}/bot.xml"].replace(s.encode(), b"cr1_other")
        },
        "bots/SCHEMA/bot.xml",
        "it is of 'cr1_other'",
    ),
    "a count that is none": (
        lambda f, s: {
            f"bots/{s}/bot.xml": f[f"bots/{s}/bot.xml"].replace(b"number>1<", b"number>-1<")
        },
        "bots/SCHEMA/bot.xml",
        "versionnumber cannot be '-1'",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_named(mover: Mover, package: bytes, schema: str, what: str) -> None:
    change, file, reason = WRONG[what]
    status, _, message = told(mover, changed(package, change(files_of(package), schema)))
    assert status == 400
    assert file.replace("SCHEMA", schema) in message
    assert reason in message


def test_everything_that_is_wrong_is_named_at_once(
    mover: Mover, package: bytes, schema: str
) -> None:
    wrong = changed(package, {"customizations.xml": None, f"bots/{schema}/bot.xml": b"<bot>"})
    message = told(mover, wrong)[2]
    assert "customizations.xml" in message
    assert f"bots/{schema}/bot.xml" in message
