"""The ledger of a conversation as a table for people, and as CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from harness.evidence.redaction import SECRETS
from harness.ledger import Look, Reconciled, Row
from harness.ledger.findings import moment, who
from harness.protocol.conversations import Role

Piece = tuple[str, str, str]
"""Name for people, content, media type."""

STYLE = """
  body { font: 13px/1.45 system-ui, sans-serif; margin: 12px; color: #1d2330; background: #fff; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: 4px 10px 4px 0;
           border-bottom: 1px solid #dfe3ea; }
  th { font-weight: 600; white-space: nowrap; }
  td.text { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 16em; }
  td.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
  tr.wrong td { background: #fdecea; }
  tr.wrong td:last-child { font-weight: 600; color: #a4161a; }
  tr.aside td { color: #667085; }
  p { margin: 8px 0; }
  @media (prefers-color-scheme: dark) {
    body { color: #e6e8ee; background: #16181d; }
    th, td { border-color: #363b46; }
    tr.wrong td { background: #4a1d1d; }
    tr.wrong td:last-child { color: #ffb3ad; }
    tr.aside td { color: #98a2b3; }
  }
"""
"""The look of a table in a report; nothing is loaded from anywhere."""

Table = tuple[Sequence[str], list[tuple[str, Sequence[str]]]]
"""Headings, and rows: `wrong`, `aside` or nothing, then the cells."""


def pieces(ledger: Reconciled) -> Iterator[Piece]:
    """A ledger's two attachments, redacted; none for a conversation in which nobody spoke."""
    if not ledger.rows:
        return
    name = f"Ledger of {ledger.account.customer}'s conversation"
    table, told = _table(ledger), list(_told(ledger))
    yield name, SECRETS.redact(page(name, table, told)), "text/html"
    yield f"{name} (CSV)", SECRETS.redact(as_csv(table)), "text/csv"


def page(title: str, table: Table, told: Iterable[str]) -> str:
    """A table as a page of its own, with sentences above it."""
    headings, rows = table
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(
        f"<tr{_classed(kind)}>{''.join(map(_cell, headings, cells))}</tr>" for kind, cells in rows
    )
    sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in told)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{sentences}<table><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></body></html>\n"
    )


def as_csv(table: Table) -> str:
    """A table as CSV, the headings first."""
    headings, rows = table
    out = io.StringIO()
    written = csv.writer(out, lineterminator="\n")
    written.writerow(headings)
    written.writerows(cells for _, cells in rows)
    return out.getvalue()


def _classed(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _cell(heading: str, text: str) -> str:
    kind = {"said": "text"}.get(heading, "time" if heading in _TIMES else "")
    if heading.startswith("shown to"):
        kind = "time"
    return f"<td{_classed(kind)}>{escape(text)}</td>"


_TIMES = ("at", "sent", "accepted")


def _table(ledger: Reconciled) -> Table:
    account = ledger.account
    shown = [f"shown to {account.customer}", f"shown to {account.desk}"]
    headings = ["message", "who", "said", "at", "sent", "accepted", *shown, "verdict"]
    return headings, [_row(row, ledger) for row in ledger.rows]


def _row(row: Row, ledger: Reconciled) -> tuple[str, Sequence[str]]:
    account, said, line = ledger.account, row.said, row.line
    kind = "wrong" if row.findings else "aside" if row.role is Role.SYSTEM else ""
    return kind, (
        str(row.number),
        who(row, account),
        row.text,
        line.at.strftime("%H:%M:%S") if line and line.at else "",
        moment(said.sent) if said else "",
        (moment(said.accepted) if said.accepted else "refused") if said else "",
        _shown(row.customer, account.customer_unseen),
        _shown(row.desk, account.desk_unseen),
        _verdict(row),
    )


def _shown(look: Look | None, unseen: str) -> str:
    if look is None:
        return "not judged" if unseen else "never"
    return moment(look.first)


def _verdict(row: Row) -> str:
    if row.findings:
        return "; ".join(dict.fromkeys(finding.kind.value for finding in row.findings))
    if row.said and row.said.refused:
        return f"refused ({row.said.refused})"
    if row.role is Role.SYSTEM:
        return "by the service"
    if row.desk and row.desk.line.is_private:
        return "for agents only"
    return "the same on both sides" if row.customer and row.desk else "seen on one side"


def _told(ledger: Reconciled) -> Iterator[str]:
    account = ledger.account
    count = len({row.number for row in ledger.rows})
    if not ledger.findings:
        yield f"{count} messages; nothing that {account.customer} and {account.desk} saw disagrees."
    yield from map(str, ledger.findings)
    if account.customer_unseen:
        yield f"What {account.customer} saw in the end is not judged: {account.customer_unseen}."
    if account.desk_unseen:
        yield f"What the desk saw in the end is not judged: {account.desk_unseen}."
    yield "Times are UTC on this machine's clock, as in the log of exchanges; at is the target's."
