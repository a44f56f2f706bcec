"""Builds the Allure report of a run: one HTML file that opens from disk and calls nobody.

Allure 3 comes from npm (`reports/package.json`). It writes a call of Google's tag manager into
every report and has no switch for it, so the call is cut out afterwards, and a policy in the page
forbids the browser any address but the page's own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from harness import layout
from harness.errors import HarnessError
from harness.evidence.allure import REQUIREMENT

_TOOL = layout.ROOT / "reports"

HISTORY = "history.jsonl"
OUTPUT = "allure-report"
REGISTER_PAGE = "requirements.html"

_ANALYTICS = re.compile(
    r'<script async src="https://www\.googletagmanager\.com/[^"]*"></script>\s*'
    r"<script>(?:(?!</script>).)*?gtag\((?:(?!</script>).)*?</script>",
    re.DOTALL,
)
_CALLS_HOME = re.compile(r"googletagmanager|google-analytics|\bgtag\(")
# `data:` and `blob:` are inside the page; 'self' lets the register's page be opened beside it.
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'self\' data: blob:'
    " 'unsafe-inline' 'unsafe-eval'\">"
)
# Before a link to a requirement is shown or used, it gets the address of the page beside this one.
_LINKS = """<script>
      for (const kind of ["pointerover", "focusin", "click"]) {
        addEventListener(kind, ({ target }) => {
          const link = target.closest?.('a[href^="NOWHERE"]');
          if (link) link.href = link.href.replace("NOWHERE", "PAGE#");
        }, true);
      }
    </script>""".replace("NOWHERE", REQUIREMENT).replace("PAGE", REGISTER_PAGE)


class NotBuilt(HarnessError):
    """The Allure report could not be built; one sentence says what to do."""


def build(report: Path, output: Path | None = None, history: Path | None = None) -> Path:
    """Build the report from `allure-results` and return its index.html; the old one goes first.

    `history` is the file that trends come from and to which this run is added; by default the
    report's own. Raises NotBuilt.
    """
    results = report / "allure-results"
    if not any(results.glob("*-result.json")):
        raise NotBuilt(f"{results} holds no results: `handoff run --report {report}` writes them")
    output = output or report / OUTPUT
    shutil.rmtree(output, ignore_errors=True)
    _generate(report, results, output, history or report / HISTORY)
    index = output / "index.html"
    for page in output.rglob("*.html"):
        page.write_text(silenced(page.read_text("utf-8")), "utf-8")
    return index


def silenced(html: str) -> str:
    """The page without its analytics call and forbidden to make one; raises NotBuilt if one stays.

    >>> silenced("<head></head>").count("Content-Security-Policy")
    1
    """
    html = _ANALYTICS.sub("", html)
    if _CALLS_HOME.search(html):
        raise NotBuilt("Allure's report calls an analytics service in a new way: not published")
    return html.replace("<head>", f"<head>\n    {_POLICY}\n    {_LINKS}", 1)


def _generate(report: Path, results: Path, output: Path, history: Path) -> None:
    tool = _tool()
    node = shutil.which("node")
    if node is None:
        raise NotBuilt(
            "The Allure report needs Node 20 or newer: install it, then `handoff report`"
        )
    environment = os.environ | {
        "HANDOFF_REPORT": str(report.resolve()),
        "HANDOFF_HISTORY": str(history.resolve()),
    }
    command = [node, "node_modules/allure/cli.js", "generate", "--config", "allurerc.mjs"]
    command += ["--output", str(output.resolve()), str(results.resolve())]
    done = subprocess.run(command, cwd=tool, env=environment, capture_output=True, text=True)
    if done.returncode or not (output / "index.html").is_file():
        said = (done.stderr or done.stdout).strip()
        raise NotBuilt(f"Allure gave up (exit {done.returncode}): {said[-2000:]}")


def _tool() -> Path:
    if not (_TOOL / "node_modules" / "allure" / "cli.js").is_file():
        raise NotBuilt(f"Allure is not installed: run `npm ci --ignore-scripts` in {_TOOL}")
    return _TOOL
