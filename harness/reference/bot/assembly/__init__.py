"""From a topic's nested actions to its flat list of steps.

One module a family of actions, each with a table of builders; `flow` puts them together.
"""

from harness.reference.bot.assembly.flow import Assembly

__all__ = ["Assembly"]
