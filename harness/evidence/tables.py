"""What belongs to a conversation as tables: CSV, which a report shows as a table, too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from harness.evidence.redaction import SECRETS
from harness.ledger import Account, Reconciled, Row
from harness.ledger.fidelity import Escalation, told
from harness.ledger.findings import moment, who
from harness.protocol.conversations import Role

Piece = tuple[str, str, str]
"""Name for people, content, media type."""

WRONG = "✗ "
"""Before the verdict of a row that is to catch the eye."""


def of_ledger(ledger: Reconciled) -> Piece:
    """A ledger: a row for each message, in the order in which they were sent.

    Instants are UTC on this machine's clock, as in the log of exchanges, or `+` since the message
    was sent.
    """
    account = ledger.account
    name = f"Ledger of {account.customer}'s conversation"
    shown = (f"shown to {account.customer}", f"shown to {account.desk}")
    heading = ("no.", "who", "said", "sent", "accepted", *shown, "verdict")
    rows: list[tuple[str, ...]] = [heading]
    rows.extend(_row(row, account) for row in ledger.rows)
    rows.extend(("", "", why, "", "", "", "", "not judged") for why in _unjudged(account))
    return name, table(rows), "text/csv"


def of_escalation(escalation: Escalation) -> Piece:
    """A row for each variable: what it was in the bot, on the wire, before the agent."""
    shown = f"shown to {escalation.agent}"
    rows = [("variable", "set in the bot", "sent on the wire", shown, "verdict")]
    for one in escalation.variables:
        verdict = f"{WRONG}{one.wrong}" if one.wrong else one.verdict
        rows.append((one.name, told(one.set), told(one.sent), told(one.shown), verdict))
    rows.extend(("", "", "", unseen, "not judged") for unseen in escalation.unseen)
    return f"Context of {escalation.customer}'s escalation", table(rows), "text/csv"


def of_calls(callers: Iterable[str]) -> Iterator[Piece]:
    """Why a call has no ledger."""
    for name in callers:
        told = "A call is not reconciled: what was heard of it is judged by its own steps."
        yield f"Ledger of {name}'s call", told, "text/plain"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV, redacted; the headings are the first row."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return SECRETS.redact(out.getvalue())


def _row(row: Row, account: Account) -> tuple[str, ...]:
    said = row.said
    accepted = _since(said.accepted, row) if said and said.accepted else ""
    return (
        str(row.number),
        who(row, account),
        row.words,
        moment(said.sent) if said else "",
        accepted or ("refused" if said else ""),
        _since(row.customer.first, row) if row.customer else _missing(account.customer_unseen),
        _since(row.desk.first, row) if row.desk else _missing(account.desk_unseen),
        _verdict(row, account),
    )


def _since(instant: float, row: Row) -> str:
    if row.said is None:
        return moment(instant)
    return f"+{(instant - row.said.sent) * 1000:.0f} ms"


def _missing(unseen: str) -> str:
    return "not judged" if unseen else "never"


def _verdict(row: Row, account: Account) -> str:
    if row.findings:
        return WRONG + "; ".join(dict.fromkeys(finding.kind.value for finding in row.findings))
    if row.said and row.said.refused:
        return f"refused ({row.said.refused})"
    if row.role is Role.SYSTEM:
        return "by the service"
    if row.desk and row.desk.line.is_private:
        return "for agents only"
    if row.customer and row.desk:
        return "same"
    return "not judged" if account.customer_unseen or account.desk_unseen else "on one side"


def _unjudged(account: Account) -> Iterator[str]:
    if account.customer_unseen:
        yield f"What {account.customer} saw in the end: {account.customer_unseen}."
    if account.desk_unseen:
        yield f"What the desk saw in the end: {account.desk_unseen}."
