"""The Dataverse Web API (OData v4) of each environment, as the product has it."""

from harness.reference.web.dataverse.surface import routes

__all__ = ["routes"]
