"""The verbs of each role: an actor speaks them over the wire, a page through a browser.

A step does not know which of the two it got. Every verb returns when the target has taken the
request; what follows from it is for a check to wait for. A refused verb raises `Refused`.
"""

from harness.protocol.roles.customers import Caller, Canvas, Customer, Visitor, Widget
from harness.protocol.roles.desk import Administrator, Agent, OutsideBot, Reader, Supervisor
from harness.protocol.roles.makers import Editor, Maker
from harness.protocol.roles.platform import Lifecycle, Platform

__all__ = [
    "Administrator",
    "Agent",
    "Caller",
    "Canvas",
    "Customer",
    "Editor",
    "Lifecycle",
    "Maker",
    "OutsideBot",
    "Platform",
    "Reader",
    "Supervisor",
    "Visitor",
    "Widget",
]
