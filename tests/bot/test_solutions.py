"""Bots in every layout in which they are exported, and what is said of one that is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.reference.archives import gathered
from harness.reference.bot.exports import layouts
from harness.reference.bot.exports.packages import Export, Package

BOTS = Path(__file__).resolve().parents[1] / "bots"
TOPIC = b"kind: AdaptiveDialog\nbeginDialog:\n  kind: OnRedirect\n  id: main\n  actions: []\n"
SETTINGS = b"displayName: Hill\nschemaName: hx_hill\n"


def read(name: str) -> Export:
    return layouts.read(gathered(BOTS / name, layouts.is_wanted), name)


def one(name: str) -> Package:
    [package] = read(name).packages
    return package


def names(package: Package) -> list[str]:
    return [topic.name for topic in package.topics]


def said(export: Export) -> list[str]:
    return [f"{problem.file}:{problem.line} {problem.what}" for problem in export.problems]


def bot(schema: str, name: str = "") -> dict[str, bytes]:
    return {f"bots/{schema}/bot.xml": f"<bot><name>{name or schema}</name></bot>".encode()}


def part(schema: str, about: bytes = b"", data: bytes = TOPIC) -> dict[str, bytes]:
    folder = f"botcomponents/{schema}"
    about = b"<botcomponent>%s</botcomponent>" % about
    return {f"{folder}/botcomponent.xml": about, f"{folder}/data": data}


def test_a_solution_is_its_bot() -> None:
    package = one("parcels")
    assert (package.name, package.schema, package.language) == (
        "Harbour Parcels",
        "hx_parcels",
        "1033",
    )
    assert names(package) == [
        "Anything else",
        "Conversation Start",
        "Escalate",
        "Fallback",
        "Reminder",
        "Timeout",
        "Track a parcel",
        "Winter sale",
    ]
    assert [topic.name for topic in package.topics if not topic.active] == ["Winter sale"]
    assert [part.kind for part in package.others] == ["GptComponentMetadata"]
    assert not package.findings
    assert read("parcels").is_whole


def test_a_solution_may_hold_several_bots() -> None:
    lost, tickets = read("ferries").packages
    assert (lost.name, tickets.name) == ("Ferry Lost Property", "Ferry Tickets")
    assert names(lost) == names(tickets) == ["Conversation Start", "Escalate", "Main topic"]
    assert "I lost my hat" in lost.topics[2].text, "its component names no bot but by its own name"


def test_a_solution_may_lie_deeper() -> None:
    files = {f"export/src/{path}": text for path, text in bot("a").items()}
    [package] = layouts.read(files).packages
    assert package.file == "export/src/bots/a/bot.xml"


def test_entities_and_variables_are_parts_of_a_bot() -> None:
    package = one("clinic")
    assert [(e.schema, e.kind) for e in package.entities] == [
        ("kx_clinic.entity.Department", "ClosedListEntity"),
        ("kx_clinic.entity.FileNumber", "RegexEntity"),
    ]
    assert package.bot.variables == {"Branch": "Hill", "FileNumber": None}


def test_a_workspace_is_its_bot() -> None:
    package = one("clinic")
    assert (package.name, package.schema) == ("Hill Clinic", "kx_clinic")
    assert [(topic.schema, topic.name) for topic in package.topics] == [
        ("kx_clinic.topic.Appointment", "Book an appointment"),
        ("kx_clinic.topic.ConversationStart", "Conversation Start"),
        ("kx_clinic.topic.Escalate", "Escalate"),
    ], "not the translation"
    assert [part.schema for part in package.others] == ["kx_clinic.action.Calendar"]


def test_topics_alone_are_a_bot_of_their_folder() -> None:
    package = one("orchard")
    assert package.name == "orchard"
    assert names(package) == ["Escalate", "pick-your-own", "Welcome"]


def test_a_collection_without_a_bot_is_run_as_one() -> None:
    files = part("cx_common.topic.Hello") | part("cx_common.topic.Bye")
    [package] = layouts.read(files).packages
    assert (package.schema, len(package.topics)) == ("cx_common", 2)


def test_what_a_collection_brings_belongs_to_the_only_bot() -> None:
    [package] = layouts.read(bot("ax") | part("ax.topic.A") | part("cx.topic.B")).packages
    assert [topic.schema for topic in package.topics] == ["ax.topic.A", "cx.topic.B"]


def test_a_component_of_no_bot_is_told() -> None:
    export = layouts.read(bot("ax") | bot("bx") | part("cx.topic.B"))
    [told] = said(export)
    assert told.startswith("botcomponents/cx.topic.B/data:1 belongs to no bot")
    assert export.is_whole, "it is told, and the bots can be run"


def test_the_longest_schema_name_owns_a_component() -> None:
    [ax, inner] = layouts.read(bot("ax") | bot("ax.b") | part("ax.b.topic.A")).packages
    assert (len(ax.topics), len(inner.topics)) == (0, 1)


def test_a_collection_that_a_workspace_refers_to_is_a_part_of_it() -> None:
    files = {
        "hill/settings.mcs.yml": SETTINGS,
        "hill/references.mcs.yml": b"componentCollections:\n  - directory: ../shared/\n",
        "shared/topics/cx.topic.Bye.mcs.yml": TOPIC,
    }
    [package] = layouts.read(files).packages
    assert [topic.schema for topic in package.topics] == ["cx.topic.Bye"]
    export = layouts.read({path: text for path, text in files.items() if "shared" not in path})
    assert said(export) == [
        "hill/references.mcs.yml:2 the collection shared/ is not here;"
        " name the folder that holds both"
    ]


def test_components_without_a_description_are_named_by_their_folders() -> None:
    files = {"botcomponents/cx_common.topic.PrintALabel/data": TOPIC}
    [package] = layouts.read(files).packages
    assert (package.name, names(package)) == ("cx_common", ["PrintALabel"])


def test_topics_of_one_name_are_told_apart() -> None:
    files = bot("ax") | part("ax.topic.A", b"<name>Same</name>")
    files |= part("ax.topic.B", b"<name>Same</name>")
    assert names(layouts.read(files).packages[0]) == ["Same", "Same (2)"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b"# Name: Print a label\n" + TOPIC, "Print a label"),
        (b"mcs.metadata:\n  componentName: 'Print: a label'\n" + TOPIC, "Print: a label"),
        (b"\xef\xbb\xbfmcs.metadata:\r\n  componentName: Windows\r\n" + TOPIC, "Windows"),
        (b"mcs.metadata:\n  componentName: 'torn\n" + TOPIC, "Print"),
        (TOPIC, "Print"),
    ],
)
def test_a_topic_has_the_name_that_its_maker_gave_it(text: bytes, name: str) -> None:
    files = {"settings.mcs.yml": SETTINGS, "topics/Print.mcs.yml": text}
    assert names(layouts.read(files).packages[0]) == [name]


def test_a_file_may_say_twice_what_it_is() -> None:
    files = {"settings.mcs.yml": SETTINGS, "topics/print.topic.mcs.yml": TOPIC}
    [package] = layouts.read(files).packages
    assert [(topic.name, topic.schema) for topic in package.topics] == [
        ("print", "hx_hill.topic.print")
    ]


def test_every_problem_is_told_and_the_rest_is_there() -> None:
    export = read("wreck")
    folder = "botcomponents/wx_wreck.topic"
    assert not export.is_whole
    assert said(export) == [
        f"{folder}.Laughing/botcomponent.xml:1 it declares a document type or entities,"
        " which no export does",
        f"{folder}.Lost/botcomponent.xml:1 a topic whose `data` is missing;"
        " export the solution again",
        f"{folder}.Old/botcomponent.xml:1 a component of the first Power Virtual Agents"
        " (now Classic), whose content is no YAML and is not read; make the topic in Copilot"
        " Studio, and export that bot",
        f"{folder}.Nameless/data:1 beginDialog is missing",
        f"{folder}.Torn/data:5 not YAML: did not find expected node content",
    ]
    [package] = export.packages
    assert [topic.name for _, topic in package.loaded] == ["Adrift", "Laughing", "Sound"]


def test_a_topic_that_cannot_run_starts_all_the_same() -> None:
    [package] = read("wreck").packages
    adrift = next(topic for _, topic in package.loaded if topic.name == "Adrift")
    assert adrift.start.phrases == ("adrift",)
    [found] = package.findings
    assert found.file == "botcomponents/wx_wreck.topic.Adrift/data"
    assert "no action nowhere" in found.what


@pytest.mark.parametrize(
    ("xml", "line", "what"),
    [
        (b"<bot>\n<name>", 2, "not XML"),
        (b"", 1, "not XML"),
        (b"<!DOCTYPE a SYSTEM 'http://x.test/'><a/>", 1, "a document type"),
        (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", 1, "a document type"),
        (b"<a>" * 33 + b"</a>" * 33, 1, "nested deeper than 32"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", 1, "not XML"),
        (b"\xff\xfe\xfd", 1, "not XML"),
    ],
)
def test_xml_that_is_no_export_is_told(xml: bytes, line: int, what: str) -> None:
    export = layouts.read({"bots/ax/bot.xml": xml})
    [problem] = export.problems
    assert (problem.file, problem.line) == ("bots/ax/bot.xml", line)
    assert what in problem.what


def test_a_configuration_that_cannot_be_read_costs_nothing() -> None:
    for text in (b"{", b"[]", b"\xff", b"[" * 100_000):
        export = layouts.read(bot("ax") | {"bots/ax/configuration.json": text})
        assert export.packages


def test_text_that_is_not_utf_8_is_told_with_its_line() -> None:
    export = layouts.read(bot("ax") | part("ax.topic.A", data=b"kind: AdaptiveDialog\n# caf\xe9"))
    assert said(export) == [
        "botcomponents/ax.topic.A/data:2 not UTF-8; save the file as UTF-8",
    ]


@pytest.mark.parametrize(
    "files", [{}, {"a.yaml": b"kind: Pod"}, {"a.yaml": b"kind: BotDefinition"}, {"a.yml": b"- 1"}]
)
def test_what_is_no_bot_says_what_was_looked_for(files: dict[str, bytes]) -> None:
    export = layouts.read(files, "stuff")
    assert not export.packages
    assert "looked for bots/NAME/bot.xml" in export.problems[-1].what
    assert len(export.problems) == 1 + len(files)


def test_a_topic_that_has_lost_its_kind_is_told() -> None:
    for text in (b"", b"beginDialog: {}\n"):
        export = layouts.read(bot("ax") | part("ax.topic.A", data=text))
        assert [problem.file for problem in export.problems] == ["botcomponents/ax.topic.A/data"]


def test_a_file_without_a_kind_is_told_and_left_out() -> None:
    files = {"settings.mcs.yml": SETTINGS, "topics/Blank.mcs.yml": b"", "topics/A.mcs.yml": TOPIC}
    export = layouts.read(files)
    assert said(export) == ["topics/Blank.mcs.yml:1 no topic: it has no kind"]
    assert export.is_whole


@pytest.mark.parametrize("text", [b"mcs.metadata: 1\nconfiguration: []", b"- 1", b"'", b"\xff"])
def test_settings_that_are_none_cost_no_topic(text: bytes) -> None:
    export = layouts.read({"hill/settings.mcs.yml": text, "hill/topics/A.mcs.yml": TOPIC})
    [package] = export.packages
    assert (package.name, len(package.topics)) == ("hill", 1)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("bots/ax/bot.xml", True),
        ("a/b/botcomponents/ax.topic.A/data", True),
        ("topics/a.mcs.yml", True),
        ("A.YAML", True),
        ("__MACOSX/topics/._a.yml", False),
        (".github/workflows/build.yml", False),
        (".mcs/botdefinition.json", False),
        ("botcomponents/ax.file.a/filedata/a.docx", False),
        ("Workflows/a.json", False),
    ],
)
def test_only_parts_of_bots_are_wanted(path: str, wanted: bool) -> None:
    assert layouts.is_wanted(path) is wanted


def test_keys_that_yaml_does_not_allow_are_read_as_the_product_writes_them() -> None:
    text = TOPIC + b"outputType:\n  properties:\n    @odata.nextLink:\n      type: String\n"
    [package] = layouts.read({"a.yaml": text}).packages
    assert not package.damaged
