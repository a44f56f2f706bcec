"""A badge for a README: what was judged and the verdict, as an SVG that needs nothing else."""

from __future__ import annotations

from html import escape

from harness.reports.verdict_file import VerdictFile

COLOURS = {
    "conformant": "#2e7d32",
    "partial": "#8a6d00",
    "not-conformant": "#c62828",
    "refused": "#c62828",
}
"""White text on each keeps a contrast of 4.5 to 1."""

_NARROW = frozenset("iljtf.,:;|!' ()[]")
_TEMPLATE = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" \
aria-label="{title}">
  <title>{title}</title>
  <clipPath id="r"><rect width="{width}" height="20" rx="3"/></clipPath>
  <g clip-path="url(#r)">
    <rect width="{left}" height="20" fill="#444"/>
    <rect x="{left}" width="{right}" height="20" fill="{colour}"/>
  </g>
  <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    <text x="{left_middle}" y="14">{subject}</text>
    <text x="{right_middle}" y="14">{said}</text>
  </g>
</svg>
"""


def badge(run: VerdictFile) -> str:
    """The SVG: `handoff | conformant · 42 requirements`."""
    judged = sum(row.verdict in ("pass", "warning") for row in run.requirements.values())
    said = run.verdict.replace("-", " ")
    if run.verdict in ("conformant", "partial"):
        said += f" · {judged} requirements"
    subject = "hand-off"
    left, right = _width(subject), _width(said)
    return _TEMPLATE.format(
        title=escape(f"{subject}: {said}", quote=True),
        subject=escape(subject),
        said=escape(said),
        colour=COLOURS[run.verdict],
        width=left + right,
        left=left,
        right=right,
        left_middle=left / 2,
        right_middle=left + right / 2,
    )


def _width(text: str) -> int:
    """Pixels that the text takes in 11 px Verdana, near enough, with a margin on both sides."""
    return round(sum(4.2 if character in _NARROW else 6.9 for character in text)) + 12
