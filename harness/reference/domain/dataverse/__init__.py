"""The tables of Dataverse: what they are, and what they have of the domain's records."""
