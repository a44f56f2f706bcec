"""The page of the benchmarks: written anew for some figures, it keeps what it says of the rest."""

from __future__ import annotations

from benchmarks import page
from benchmarks.__main__ import PAGE
from benchmarks.figures import FIGURES
from benchmarks.measure import Ratio


def without_day(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("Measured on ")]


def test_a_run_of_no_figure_changes_nothing() -> None:
    old = PAGE.read_text(encoding="utf-8")
    assert without_day(page.text({}, old)) == without_day(old)


def test_a_run_of_one_figure_adds_what_it_has_to_say() -> None:
    crowd = next(figure for figure in FIGURES if figure.name == "crowd")
    table = "| | messages a second |\n|---|---|\n| reference | 4711 |\n"
    outcome = Ratio((1.0,), (2.0,), details=f"By the day.\n\n{table}")
    once = page.text({crowd.name: outcome}, PAGE.read_text(encoding="utf-8"))
    assert once.count(table) == 1
    assert without_day(page.text({}, once)) == without_day(once)
