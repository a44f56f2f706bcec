"""The only code that opens a connection."""

from harness.transport.exchanges import Exchange, Recorder, exchanged

__all__ = ["Exchange", "Recorder", "exchanged"]
