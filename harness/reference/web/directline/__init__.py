"""Direct Line 3.0 and the token endpoint of a bot's website."""

from harness.reference.web.directline.surface import routes

__all__ = ["routes"]
