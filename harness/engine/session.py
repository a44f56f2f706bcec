"""What the scenarios of one pytest session share: target, register, seed, step definitions."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

from harness import layout
from harness.engine import expectations as expecting
from harness.engine import loading
from harness.engine.vocabulary import Vocabulary

if TYPE_CHECKING:
    from harness.proof.cover import Cover
    from harness.proof.faults import Fault
    from harness.proof.greens import Green
    from harness.record import ScenarioRecord
    from harness.requirements import Register
    from harness.target import Target

SEED = pytest.StashKey[int]()
TARGET = pytest.StashKey["Target"]()
_SESSION = pytest.StashKey["ScenarioSession"]()

OURS = -1
"""The nearness of our own sentences: anybody's wins over them."""

_STEP = StepNamePrefix.step_def.value


class ScenarioSession:
    """Created with the first scenario, so that a run without any pays nothing.

    What is costly is made when it is first needed: scenarios whose sentences are all an adopter's
    own load neither our steps nor a target.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        handed = getattr(config, "workerinput", {})
        self.handed: dict[str, Any] = handed.get("handoff", {})
        self.worker: str = handed.get("workerid", "")
        self.files: dict[Path, str] = {}
        self._vocabularies: dict[tuple[Any, ...], Vocabulary] = {}
        self.proves: Sequence[Fault] | None = None
        self.cover: Cover
        self.greens: Mapping[Green, ScenarioRecord] = {}
        self._known = -1
        self._started = False
        self._by_node: dict[Any, list[StepFunctionContext]] = {}
        config.stash[SEED] = self.seed = self._seed()

    def _seed(self) -> int:
        given = self.handed.get("seed", self.config.getoption("seed"))
        return random.randrange(1, 10**6) if given is None else int(given)

    @cached_property
    def target(self) -> Target:
        """What is judged; its process, if it is one of ours, may not be started yet."""
        loaded = self._loaded()
        if "address" in self.handed:
            loaded = loaded.at(self.handed["address"])
        self.config.stash[TARGET] = loaded
        return loaded

    def _loaded(self) -> Target:
        # Known only when scenarios need it: a test run without any does not load it.
        from harness import target  # noqa: PLC0415

        return target.load(self.config.getoption("target"), bot=self.config.getoption("bot"))

    def target_with(self, faults: tuple[str, ...]) -> Target:
        """A process of its own with these faults; whoever asks for it stops it."""
        faulty = self._loaded()
        faulty.start(faults=faults)
        return faulty

    @cached_property
    def register(self) -> Register:
        """The requirements that tags may name."""
        # PyYAML is loaded only for features that carry tags.
        from harness import requirements  # noqa: PLC0415

        return requirements.read(layout.REGISTER)

    @cached_property
    def expectations(self) -> expecting.Expectations:
        """What is expected to fail, by the target's own file and by the one that was given."""
        here = self.config.invocation_params.dir
        own, given = self.target.expected_failures, self.config.getoption("expected_failures")
        files = [own] if own else []
        files += [here / given] if given else []
        return expecting.read(files, (self.config.rootpath, here))

    @property
    def expects(self) -> bool:
        """Whether anything may be expected to fail; asking does not load a target for it."""
        return "target" in self.__dict__ or self.config.getoption("expected_failures") is not None

    @cached_property
    def markers(self) -> frozenset[str]:
        """The names that are declared as pytest's markers."""
        lines = self.config.getini("markers")
        return frozenset(line.split(":")[0].split("(")[0].strip() for line in lines)

    @property
    def evidence(self) -> Path | None:
        """The folder that evidence goes to: the report's, else that of `--alluredir`."""
        given = self.config.getoption("allure_report_dir", None)
        return self.report or (Path(given).absolute() if given else None)

    @cached_property
    def report(self) -> Path | None:
        """The folder of the report, absolute; None when none is written."""
        given = self.config.getoption("report")
        return (self.config.invocation_params.dir / given).resolve() if given else None

    @cached_property
    def own_vocabulary(self) -> Vocabulary:
        """Our own sentences; asking for them loads them and our fixtures."""
        loading.register_fixtures(self.config)
        return Vocabulary((context, OURS) for context in loading.register_steps(self.config))

    def prove(self, asked: str) -> None:
        """Run faults instead of a plain run: `again`, `all`, or names with commas.

        `again` tries what the last proof rests on, and all that is new since. Raises UsageError
        for a name that the target does not know, and for a `--green` of another time.
        """
        from harness.proof import cover, faults, greens, proof  # noqa: PLC0415  (start-up: on request)

        self.start_target()
        rows = self.handed["faults"] if "faults" in self.handed else self.target.faults()
        again = asked == "again"
        self.proves = faults.chosen(
            [faults.Fault(**row) for row in rows], "all" if again else asked
        )
        if green := self.config.getoption("green"):
            report = self.config.invocation_params.dir / green
            self.greens = greens.read(report, self.config.rootpath)
        self.cover = proof.cover(layout.PROOF, self.proves) if again else cover.Cover()

    @property
    def is_early(self) -> bool:
        """Whether our own features are to run, so that the target will be needed."""
        paths = (Path(str(arg).partition("::")[0]) for arg in self.config.args)
        return not self.worker and any(
            (self.config.invocation_params.dir / path).resolve().is_relative_to(layout.FEATURES)
            for path in paths
        )

    @property
    def has_bot(self) -> bool:
        """Whether the reference is known to get a bot of somebody else's, here, not in a worker."""
        asked = self.config.getoption("bot") or (self.is_early and self.target.bot)
        return bool(asked) and not self.worker

    def address(self) -> dict[str, Any]:
        """Where workers find the target; nothing when none was started."""
        return {"address": dict(self.target.ready())} if self._started else {}

    def start_target(self) -> None:
        """Begin to start what is judged, without waiting for it; the first call counts."""
        handed = "address" in self.handed
        if not (self._started or handed or self.config.option.collectonly):
            self._started = True
            self.target.start()

    def stop_target(self) -> None:
        """Stop what was started."""
        if self._started:
            self._started = False
            self.target.stop()

    def vocabulary(self, node: pytest.Collector) -> Vocabulary:
        """The step definitions visible from a node: the nearest wins, ours are the farthest."""
        self._group()
        chain = tuple(parent for parent in node.listchain() if parent in self._by_node)
        if chain not in self._vocabularies:
            visible = ((c, depth) for depth, at in enumerate(chain) for c in self._by_node[at])
            self._vocabularies[chain] = Vocabulary(visible, lambda: self.own_vocabulary)
        return self._vocabularies[chain]

    def _group(self) -> None:
        """Sort step definitions by the node that sees them, when there are new ones."""
        registry = self._fixtures
        known = sum(map(len, registry.values()))
        if known == self._known:
            return
        self._known = known
        self._vocabularies.clear()
        self._by_node = defaultdict(list)
        for node, context in _step_definitions(registry):
            if not loading.is_ours(context):
                self._by_node[node].append(context)

    @property
    def _fixtures(self) -> dict[str, dict[Any, list[Any]]]:
        # pytest has no public way to list fixtures; pytest-bdd reads the same registry.
        manager: Any = self.config.pluginmanager.get_plugin("funcmanage")
        registry: dict[str, dict[Any, list[Any]]] = manager._arg2node2fixturedefs
        return registry

    def knows_fixture(self, name: str) -> bool:
        """Whether anybody defines a fixture of this name."""
        return name in self._fixtures


def _step_definitions(
    registry: dict[str, dict[Any, list[Any]]],
) -> Iterator[tuple[Any, StepFunctionContext]]:
    for name, by_node in registry.items():
        if not name.startswith(_STEP):
            continue
        for node, definitions in by_node.items():
            for definition in definitions:
                context = step_function_context_registry.get(definition.func)
                if context is not None:
                    yield node, context


def of(config: pytest.Config) -> ScenarioSession:
    """The session's one `ScenarioSession`, made when first asked for."""
    if _SESSION not in config.stash:
        config.stash[_SESSION] = ScenarioSession(config)
    return config.stash[_SESSION]


def begun(config: pytest.Config) -> ScenarioSession | None:
    """The same if it was made, else None."""
    return config.stash.get(_SESSION, None)
