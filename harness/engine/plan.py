"""Decides how a scenario is run: with which customer, for which generation, or why not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from pytest_bdd.parser import Scenario

from harness import tags as tagging
from harness.engine.features import Example
from harness.engine.sentence import Sentence
from harness.engine.session import OURS, ScenarioSession
from harness.engine.vocabulary import Vocabulary
from harness.errors import NotApplicable, StepInvalid, UndefinedStep


@dataclass(frozen=True, slots=True)
class Plan:
    """One result to come: a scenario's example, played by one customer driver.

    `problem` is what keeps it from running (`StepInvalid`: error, `NotApplicable`: skipped);
    `faults` are switched on in its organisation, `process_faults` in a process of its own.
    """

    scenario: Scenario
    name: str
    example: Example
    tags: frozenset[str]
    vocabulary: Vocabulary
    driver: str = ""
    generation: str = ""
    problem: Exception | None = None
    faults: tuple[str, ...] = ()
    process_faults: tuple[str, ...] = ()
    requirements: tuple[str, ...] = field(default=())

    @property
    def id(self) -> str:
        """The name with what tells it from its variants: `Name[29-api]`."""
        variant = "-".join(filter(None, (self.example.id, self.driver, *self.fault)))
        return f"{self.name}[{variant}]" if variant else self.name

    @property
    def fault(self) -> tuple[str, ...]:
        """Whatever fault is switched on."""
        return self.faults + self.process_faults

    def sentences(self) -> list[Sentence]:
        """The steps with their definitions; found before, so this is quick.

        Raises `StepInvalid` for the first step that has none; all undefined ones are told at once.
        """
        sentences: list[Sentence] = []
        undefined: list[str] = []
        for step in self.scenario.steps:
            try:
                sentences.append(Sentence(step, self.vocabulary.find(step.type, step.name)))
            except UndefinedStep as problem:
                undefined.append(str(problem))
        if undefined:
            raise UndefinedStep("\n".join(undefined))
        return sentences


def plans(
    session: ScenarioSession,
    vocabulary: Vocabulary,
    scenario: Scenario,
    name: str,
    example: Example,
    tags: frozenset[str],
) -> Iterator[Plan]:
    """Every way in which this example is run, one for each customer driver."""
    requirements = tagging.requirements_of(tags)
    plan = Plan(scenario, name, example, tags, vocabulary, requirements=requirements)
    try:
        sentences = plan.sentences()
        if not sentences:
            raise StepInvalid(_no_steps(name, scenario.description or ""))
        for sentence in sentences:
            _hold_arguments(sentence)
        _hold_order(session, vocabulary, sentences)
    except StepInvalid as problem:
        yield replace(plan, problem=problem)
        return
    definitions = [sentence.match.definition for sentence in sentences]
    ours = any(definition.nearness == OURS for definition in definitions)
    if ours:
        session.start_target()
    elif any(not _are_known(session, vocabulary, sentence) for sentence in sentences):
        _ = session.own_vocabulary
    if ours or not tags.isdisjoint(tagging.GENERATIONS):
        plan = _with_generation(session, plan)
    has_customer = any(definition.has_customer for definition in definitions)
    has_maker = any(definition.has_maker for definition in definitions)
    role = "maker" if has_maker and not has_customer else "customer"
    for driver in _drivers(tags, has_customer, has_maker):
        yield from _played_by(session, plan, driver, role if ours else "")


def _no_steps(name: str, description: str) -> str:
    """Why a scenario without steps is refused; what was meant as steps may stand above them."""
    told = f"scenario {name!r} has no steps, so it would prove nothing"
    read = "\n".join(f"  {line.strip()}" for line in description.splitlines() if line.strip())
    if not read:
        return told
    return (
        f"{told}; these lines were read as its description, because a step begins with Given, "
        f"When, Then, And, But or *:\n{read}"
    )


def _hold_arguments(sentence: Sentence) -> None:
    """Refuse a table or text that nobody reads, and a step that lacks the one it needs."""
    step, definition = sentence.step, sentence.match.definition
    signature = definition.signature
    for what, name, taken, written in (
        ("table", "datatable", signature.table, step.datatable),
        ("text in triple quotes", "docstring", signature.docstring, step.docstring),
    ):
        if written is not None and not taken:
            wrong = f"takes no {what}"
        elif written is None and name in signature.required:
            wrong = f"needs a {what} below it"
        else:
            continue
        where = f"line {step.line_number}: {definition.sentence!r} ({definition.location})"
        raise StepInvalid(f"{where} {wrong}")


def _hold_order(
    session: ScenarioSession, vocabulary: Vocabulary, sentences: Iterable[Sentence]
) -> None:
    """Refuse a step that speaks of what another step makes, when none before it has made it."""
    made: set[str | None] = set()
    for sentence in sentences:
        definition = sentence.match.definition
        for name in definition.signature.required:
            if name in made or name in _SUPPLIED or session.knows_fixture(name):
                continue
            if name in sentence.match.arguments() or not (makers := vocabulary.makers(name)):
                continue
            listed = "\n".join(f"  {d.sentence}  ({d.location})" for d in makers)
            where = f"line {sentence.step.line_number}: {definition.sentence!r}"
            raise StepInvalid(
                f"{where} ({definition.location}) needs one of these before it:\n{listed}"
            )
        made.add(definition.context.target_fixture)


_SUPPLIED = frozenset({"request", "datatable", "docstring"})


def _are_known(session: ScenarioSession, vocabulary: Vocabulary, sentence: Sentence) -> bool:
    """Whether somebody gives all that a step asks for, so that our fixtures are not needed."""
    spoken = sentence.match.arguments()
    return all(
        name in spoken
        or name in _SUPPLIED
        or name in vocabulary.given
        or session.knows_fixture(name)
        for name in sentence.match.definition.signature.required
    )


def _with_generation(session: ScenarioSession, plan: Plan) -> Plan:
    """The generation to judge: the one asked for, the target's own, or one that it can be."""
    written = tagging.generations_of(plan.tags)
    asked = session.config.getoption("generation")
    able = (asked,) if asked else session.target.generations
    for generation in able:
        if generation in written:
            return replace(plan, generation=str(generation))
    who = f"--generation {asked}" if asked else f"the target is {able[0]}"
    reason = NotApplicable(f"written for {', '.join(written)}; {who}")
    return replace(plan, generation=str(able[0]), problem=reason)


def _drivers(tags: Collection[str], has_customer: bool, has_maker: bool) -> tuple[str, ...]:
    if only := tuple(driver for driver in tagging.DRIVERS if driver in tags):
        return only
    if has_customer:
        return (tagging.WIDGET, tagging.API)
    return (tagging.PORTAL, tagging.API) if has_maker else ("",)


def _played_by(session: ScenarioSession, plan: Plan, driver: str, role: str) -> Iterator[Plan]:
    """The plan for one driver; nothing if another one was asked for and can play it, too.

    `role` is the one that the driver is about; none where no step of ours takes part.
    """
    plan = replace(plan, driver=driver)
    asked = session.config.getoption("customer")
    if asked and driver and driver not in _MEANT[asked]:
        if driver not in plan.tags:
            return
        # No page of makers is a customer's, so those that have no other way run all the same.
        if driver != tagging.PORTAL:
            reason = f"only the {driver} can play this {role}; --customer {asked} was asked for"
            plan = replace(plan, problem=plan.problem or NotApplicable(reason))
    if driver and role and not _can_play(session, role, driver):
        reason = f"target {session.target.name} lets nobody play a {role} by the {driver}"
        plan = replace(plan, problem=plan.problem or NotApplicable(reason))
    yield plan


_MEANT = {"widget": (tagging.WIDGET, tagging.PORTAL), "api": (tagging.API,)}
"""What `--customer` asks for: with a browser or without one."""


def _can_play(session: ScenarioSession, role: str, driver: str) -> bool:
    """Whether the target has a way; where nobody plays the role at all, its steps say so."""
    if driver == tagging.PORTAL:
        role, driver = "maker", "browser"
    played = session.target.drivers(role)
    return driver in played or (role == "maker" and played == ("none",))
