"""A scenario as a pytest item: set up by fixtures, run step by step, judged, recorded."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.fixtures import FuncFixtureInfo

from harness import tags as tagging
from harness.engine import judging, running, sentence
from harness.engine import session as sessions
from harness.engine.hooks import StepHooks
from harness.engine.judging import Judgement
from harness.engine.plan import Plan
from harness.errors import HarnessError, NotApplicable, UndefinedStep
from harness.record import Attachment, ScenarioRecord, StepRecord
from harness.verdict import Verdict

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.engine.reconciling import Sides
    from harness.evidence.recorder import Recorder
    from harness.target import Target


def _scenario() -> None:
    """Stands where pytest expects a test function; the steps run instead."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the scenarios of one file share: its path as in node ids, its area, who listens."""

    path: str
    area: str
    hooks_wanted: bool
    tag_hook_wanted: bool


class ScenarioItem(pytest.Function):
    """One scenario, one example, one customer driver: one result.

    Fixtures may read `driver`, `generation`, `faults`, `process_faults`, `target` and, once the
    steps are done, `verdict`; they hand over evidence by `recorder` and `attach`.
    """

    is_scenario = True

    def __init__(
        self,
        *,
        name: str,
        parent: pytest.Collector,
        place: Place,
        plan: Plan,
        fixtureinfo: FuncFixtureInfo,
    ) -> None:
        super().__init__(name, parent, callobj=_scenario, fixtureinfo=fixtureinfo)
        self.place, self.plan = place, plan
        self.driver, self.generation = plan.driver, plan.generation
        self.faults, self.process_faults = plan.faults, plan.process_faults
        self.reached: frozenset[str] = frozenset()
        self.judgement: Judgement | None = None
        self.details = ""
        self.evidence: list[Attachment] = []
        self.sentences: list[sentence.Sentence] = []
        self.started = 0.0
        self.sides: Sides | None = None
        self._before = (0, 0)
        self._after: tuple[int, int] | None = None
        self._readings_before = 0
        self._own_target: Target | None = None
        for mark in _marks(self):
            self.own_markers.append(mark)
            self.keywords[mark.name] = mark

    @property
    def verdict(self) -> Verdict | None:
        """What was found; None while the steps run."""
        return self.judgement.verdict if self.judgement else None

    @property
    def target(self) -> Target:
        """What this scenario is run against."""
        return self._own_target or sessions.of(self.config).target

    def setup(self) -> None:
        """Refuse what cannot run, then set the fixtures up."""
        self._before = _tally()
        self._readings_before = _readings("noted", 0)
        if isinstance(self.plan.problem, NotApplicable):
            pytest.skip(str(self.plan.problem))
        if self.plan.problem is not None:
            self._tell_undefined()
            raise self.plan.problem
        if self.process_faults:
            self._own_target = sessions.of(self.config).target_with(self.process_faults)
        super().setup()

    def runtest(self) -> None:
        """Run the steps; a red one is raised, unless its verdict is a warning."""
        __tracebackhide__ = True
        self.sentences = self.plan.sentences()
        request = self._request
        hooks = StepHooks(request, self.plan.scenario) if self.place.hooks_wanted else None
        try:
            if hooks:
                hooks.begin()
            running.run(self.sentences, request, hooks)
            self._reconcile()
        except BaseException as exception:
            self.judgement = self._judged(exception)
            if self.judgement.verdict is not Verdict.WARNING and not self.plan.fault:
                raise
        else:
            self.judgement = judging.PASSED
        finally:
            if hooks:
                hooks.end()
            self._close_evidence()

    @cached_property
    def recorder(self) -> Recorder:
        """Takes the evidence of this scenario; made when somebody first has some."""
        # A scenario without evidence loads neither module.
        from harness.evidence.recorder import Recorder  # noqa: PLC0415
        from harness.transport.exchanges import current  # noqa: PLC0415

        made = Recorder()
        token = current.set(made)
        self.addfinalizer(lambda: current.reset(token))
        return made

    @property
    def _cast(self) -> Cast | None:
        """The people of the scenario, if a step has asked for them."""
        if "cast" not in self._request._fixture_defs:
            return None
        cast: Cast = self._request.getfixturevalue("cast")
        return cast

    def _reconcile(self) -> None:
        """Hold what customer and desk saw of each conversation; nothing of it counts as a Then."""
        __tracebackhide__ = True
        self._after = _tally()
        if "recorder" in self.__dict__:
            _messages().hold(self.recorder.exchanges())
        if (cast := self._cast) and cast.book.talks:
            from harness.engine import reconciling  # noqa: PLC0415  (only with conversations)

            self.sides = reconciling.settled(cast)
            reconciling.hold(self.sides)

    def _close_evidence(self) -> None:
        """Read what evidence there is, while pages and connections are still open."""
        if self.plan.fault and (cast := self._cast):
            self.reached = cast.reached()
        if "recorder" not in self.__dict__ or not sessions.of(self.config).evidence:
            return
        pieces = self.recorder.finish(self.verdict is not Verdict.PASS)
        if cast := self._cast:
            from harness.engine import reconciling  # noqa: PLC0415  (as above)

            pieces = reconciling.with_tables(pieces, cast, self.sides)
        for name, content, media_type in pieces:
            # Texts are redacted already: as bytes they are written as they are.
            piece = content.encode() if isinstance(content, str) else content
            self.attach(name, piece, media_type)

    def _judged(self, exception: BaseException) -> Judgement:
        kind = next(
            (s.step.type for s in self.sentences if s.status not in ("pass", "not_run")), ""
        )
        judged = judging.of_step(exception, kind)
        if judged.verdict is Verdict.ERROR and (broken := self._broken_message()):
            # A driver that stumbles over a message which no client could read is not to blame.
            judged = judging.of_step(broken, kind)
        # Without a red step it is the ledger that failed, whatever the scenario is about.
        if kind and judged.verdict is Verdict.FAIL and self._is_soft():
            return Judgement(Verdict.WARNING, judged.reason, judged.mismatch)
        return judged

    def _broken_message(self) -> AssertionError | None:
        """What the target has sent that keeps to no schema."""
        if "recorder" not in self.__dict__:
            return None
        try:
            _messages().are_valid(_messages().passed(self.recorder.exchanges()))
        except AssertionError as broken:
            return broken
        return None

    def _is_soft(self) -> bool:
        """Whether all that it judges is only recommended or inferred."""
        if tagging.INFERRED in self.plan.tags:
            return True
        ids = self.plan.requirements
        if not ids:
            return False
        register = sessions.of(self.config).register
        return all(register[id_].is_soft for id_ in ids)

    def _tell_undefined(self) -> None:
        if not (self.place.hooks_wanted and isinstance(self.plan.problem, UndefinedStep)):
            return
        for step in self.plan.scenario.steps:
            try:
                self.plan.vocabulary.find(step.type, step.name)
            except UndefinedStep as problem:
                StepHooks(self._request, self.plan.scenario).not_found(step, problem)
                return
            except HarnessError:
                return

    def stop_own_target(self) -> None:
        """Stop the process that was started for this scenario alone."""
        if self._own_target is not None:
            self._own_target.stop()
            self._own_target = None

    def attach(self, name: str, content: str | bytes | Path, media_type: str) -> None:
        """Keep a piece of evidence in the report; without a report it is dropped."""
        folder = sessions.of(self.config).evidence
        if folder is not None:
            # Loaded with the first piece of evidence only.
            from harness.engine import evidence  # noqa: PLC0415

            number = len(self.evidence) + 1
            self.evidence.append(
                evidence.kept(folder, self.nodeid, number, name, content, media_type)
            )

    def record(self, stop: float) -> ScenarioRecord:
        """Everything that is known of it, once it is over."""
        judged = self.judgement or Judgement(Verdict.ERROR, "it did not run")
        scenario, session = self.plan.scenario, sessions.of(self.config)
        comparisons, exchanges = (
            now - was for now, was in zip(self._after or _tally(), self._before, strict=True)
        )
        return ScenarioRecord(
            id=self.nodeid,
            path=self.place.path,
            line=scenario.line_number,
            area=self.place.area,
            feature=scenario.feature.name,
            scenario=self.plan.name,
            verdict=judged.verdict,
            rule=scenario.rule.name if scenario.rule else None,
            feature_description=scenario.feature.description,
            description=scenario.description or "",
            example=self.plan.example.values,
            tags=tuple(sorted(self.plan.tags)),
            requirements=self.plan.requirements,
            generation=self.generation,
            driver=self.driver,
            steps=self._steps(),
            reason=judged.reason.partition("\n")[0],
            details=self.details or judged.reason,
            mismatches=(judged.mismatch,) if judged.mismatch else (),
            comparisons=comparisons,
            exchanges=exchanges,
            seed=session.seed,
            start=self.started,
            stop=stop,
            worker=session.worker,
            evidence=tuple(self.evidence),
            fault=next(iter(self.plan.fault), ""),
            fault_reached=bool(self.plan.fault) and self.reached.issuperset(self.plan.fault),
            readings=_readings("since", {}, self._readings_before),
        )

    def _steps(self) -> tuple[StepRecord, ...]:
        if self.sentences:
            return tuple(spoken.record() for spoken in self.sentences)
        return tuple(sentence.recorded(step) for step in self.plan.scenario.steps)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line (from 0) and name."""
        return self.path, self.plan.scenario.line_number - 1, self.name

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> str | object:
        """The scenario's text with the step that went wrong, and what is wrong with it."""
        from harness.engine.failure import shown  # noqa: PLC0415  (only when something fails)

        traceback = super().repr_failure
        return shown(
            self.place.path, self.plan.scenario, self.sentences, excinfo, lambda: traceback(excinfo)
        )


def _marks(item: ScenarioItem) -> list[pytest.Mark]:
    """Tags as marks: `-m web-app`, `-m "requirement(id='ESC-01')"`."""
    tags = sorted(item.plan.tags)
    marks = [pytest.Mark(tag, (), {}, _ispytest=True) for tag in tags]
    for id_ in item.plan.requirements:
        marks.append(pytest.Mark("requirement", (), {"id": id_}, _ispytest=True))
    if item.place.tag_hook_wanted:
        marks += _hooked(item, tags)
    return marks


def _hooked(item: ScenarioItem, tags: list[str]) -> list[pytest.Mark]:
    """The marks that an adopter's `pytest_bdd_apply_tag` makes of tags."""

    def scenario() -> None: ...

    marked: Callable[..., Any] = scenario
    for tag in tags:
        if ":" not in tag:
            item.config.hook.pytest_bdd_apply_tag(tag=tag, function=marked)
    return list(getattr(marked, "pytestmark", ()))


def _messages() -> Any:
    """The check of all that passes; loaded by scenarios that exchange something only."""
    return importlib.import_module("harness.expect.messages")


def _tally() -> tuple[int, int]:
    """Comparisons and exchanges of this process so far; nothing is imported for it."""
    checks = sys.modules.get("harness.expect.checks")
    transport = sys.modules.get("harness.transport")
    compared = checks.compared() if checks else 0
    exchanged = transport.exchanged() if transport else 0
    return compared, exchanged


def _readings(ask: str, default: Any, *given: object) -> Any:
    """What the readings of this process say; nothing is imported for it."""
    readings = sys.modules.get("harness.expect.readings")
    return getattr(readings, ask)(*given) if readings else default
