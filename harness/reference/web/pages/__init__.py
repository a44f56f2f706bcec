"""The pages that people see, rendered on the server: one surface of the reference."""

from __future__ import annotations

from harness.reference.web.pages.sitemap import routes

__all__ = ["routes"]
