"""The live chat connector: how a widget finds its settings and starts a chat."""

from harness.reference.web.livechat.surface import routes

__all__ = ["routes"]
