"""What the operations need of a store; every version passes `tests/reference/test_store.py`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from harness.reference.domain.activities import Trace
from harness.reference.domain.attachments import Attachment
from harness.reference.domain.bots import Bot, Topics
from harness.reference.domain.calls import Call
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.deliveries import Delivery
from harness.reference.domain.desk import Queue, Tenant, User, Workstream
from harness.reference.domain.environments import AppRegistration, Environment
from harness.reference.domain.feedback import Invitation
from harness.reference.domain.letters import Letter
from harness.reference.domain.messages import Message
from harness.reference.domain.records import CustomerRecord
from harness.reference.domain.returns import Revisit
from harness.reference.domain.signing import SignInRequest
from harness.reference.domain.solutions import Kept, Solution
from harness.reference.domain.talks import Talk
from harness.reference.domain.widgets import ChatWidget

Record = (
    Tenant
    | User
    | Environment
    | AppRegistration
    | Bot
    | Topics
    | Workstream
    | Queue
    | CustomerRecord
    | Solution
    | Kept
    | Call
    | Talk
    | Revisit
    | SignInRequest
    | Delivery
    | ChatWidget
    | Attachment
    | Letter
    | Invitation
)
"""What is kept whole, by its id."""

R = TypeVar("R", bound=Record)

NAMED = "name"
"""The field that a list is searched by unless another one is named."""

INDEXED: dict[type, tuple[str, ...]] = {
    Bot: (
        *(NAMED, "environment", "connection.application"),
        *("connection.user.id", "connection.user.name", "connection.user.disabled"),
        *("connection.user.application", "connection.environment", "schema"),
    ),
    User: (NAMED,),
    Environment: (NAMED,),
    AppRegistration: (NAMED, "application_id"),
    Solution: ("environment",),
    Attachment: ("thread",),
    Letter: ("conversation",),
    Invitation: ("conversation",),
}
"""The fields that `find`, `page` and `count` know of a kind; `a.b` is a field of a field.

Ask for a record by one of them where all records of its kind would have to be read otherwise.
Those called `name` are searched, letters of either case alike.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """Which records of a kind are wanted: in the order of their first put, or `by` a name.

    `named` is what the name by which they are ordered contains, which need not be asked for with
    `by` when it is `name`; a record without that name is not listed. `having` is an indexed field
    and its value.
    """

    named: str = ""
    by: str = ""
    having: tuple[str, str | bool] | None = None

    @property
    def order(self) -> str:
        """The name by which the records are listed; empty for the order of their first put."""
        return self.by or (NAMED if self.named else "")


EVERY = Question()


class Store(Protocol):
    """Keeps what the reference knows. Ids of one organisation are invisible to another."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; joins the transaction that is already open."""

    def put(self, organisation: str, record: Record) -> None: ...
    def get(self, organisation: str, kind: type[R], id: str) -> R | None: ...
    def all(self, organisation: str, kind: type[R]) -> list[R]:
        """In the order in which they were first put; for kinds of which there are few."""

    def last(self, organisation: str, kind: type[R]) -> R | None:
        """The one that was first put last."""

    def starting(self, organisation: str, kind: type[R], prefix: str) -> list[R]:
        """Those whose id begins so, in the order of their ids."""

    def find(self, organisation: str, kind: type[R], field: str, value: str) -> list[R]:
        """Those whose indexed field has exactly this value, in the order of their first put."""

    def page(
        self,
        organisation: str,
        kind: type[R],
        after: str | None = None,
        limit: int = 50,
        question: Question = EVERY,
    ) -> list[R]:
        """At most `limit` records after the one of the id `after`; None is the beginning.

        Nothing comes after an id that names nothing, or that the question does not ask for.
        """

    def count(self, organisation: str, kind: type[R], question: Question = EVERY) -> int:
        """How many records a question asks for, on all its pages."""

    def remove(self, organisation: str, kind: type[R], id: str) -> None:
        """Forgets one record; one that is not there is forgotten already."""

    def tenants(self) -> list[Tenant]: ...
    def forget(self, organisation: str) -> None:
        """Removes everything of an organisation."""

    def save(self, conversation: Conversation) -> None: ...
    def conversation(self, organisation: str, id: str) -> Conversation | None: ...
    def by_request(self, organisation: str, request: str) -> Conversation | None: ...
    def by_thread(self, organisation: str, thread: str) -> Conversation | None: ...
    def conversations(self, organisation: str) -> list[Conversation]:
        """In the order in which they were started."""

    def ongoing(self, organisation: str) -> list[Conversation]:
        """Those that are not closed, in the order in which they were started."""

    def append(self, organisation: str, message: Message) -> None: ...
    def messages(self, organisation: str, thread: str, after: int = 0) -> list[Message]:
        """Oldest first, those with an id greater than `after`, hidden ones included."""

    def said(self, organisation: str, thread: str, name: str, value: str) -> Message | None:
        """The customer's first message in a thread whose metadata has this value under a name."""

    def last_message(self, organisation: str) -> int:
        """The greatest message id of the organisation; 0 when there is none."""

    def append_trace(self, organisation: str, conversation: str, trace: Trace) -> None: ...
    def traces(self, organisation: str, conversation: str) -> list[Trace]:
        """In the order in which they were appended."""

    def put_dialogue(self, organisation: str, conversation: str, state: bytes) -> None: ...
    def dialogue(self, organisation: str, conversation: str) -> bytes | None: ...
    def put_file(self, organisation: str, id: str, content: bytes) -> None: ...
    def file(self, organisation: str, id: str) -> bytes | None: ...
    def setting(self, name: str, default: str) -> str:
        """A word that belongs to the whole store; kept as `default` when it is new."""

    def close(self) -> None: ...
