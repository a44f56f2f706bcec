"""A topic that cannot be run, kept so that whoever starts it learns why.

A bot of somebody else's is loaded whole: leaving a topic out would let another one answer in its
place, and no test would notice.
"""

from __future__ import annotations

from dataclasses import replace

from harness.reference.bot import content, documents
from harness.reference.bot.reading import Reader, TopicInvalid
from harness.reference.bot.topics import Finding, Topic, Trigger, Unsupported


def loaded(name: str, text: str, source: str = "") -> Topic:
    """The topic; when it cannot be run, one that starts as it would and then names the reason.

    Raises TopicInvalid when not even its trigger can be read.
    """
    try:
        return _reachable(content.load_topic(name, text, source))
    except TopicInvalid as invalid:
        trigger = _trigger(text, invalid)
        what = f"this topic: {invalid.reason}"
        return Topic(
            name,
            trigger,
            (Unsupported(invalid.line, what),),
            findings=(Finding(invalid.line, trigger.kind, invalid.reason),),
            source=source or name,
        )


def _reachable(topic: Topic) -> Topic:
    """A topic that only a language model would choose is started by its name."""
    if topic.trigger != "OnRecognizedIntent" or topic.start.phrases:
        return topic
    what = "has no trigger phrases: a language model chooses it; here its name starts it"
    finding = Finding(1, topic.trigger, what)
    start = replace(topic.start, phrases=(topic.name,))
    return replace(topic, start=start, findings=(finding, *topic.findings))


def _trigger(text: str, invalid: TopicInvalid) -> Trigger:
    try:
        root = Reader.of(documents.read(text), "a topic")
        begin = root.required_reader("beginDialog")
        intent = begin.reader("intent")
        phrases = intent.texts("triggerQueries") if intent else ()
        return Trigger(begin.required_text("kind"), phrases)
    except (documents.DocumentInvalid, TopicInvalid):
        raise invalid from None
