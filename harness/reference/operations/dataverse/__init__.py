"""The Dataverse of an environment: its rows, read from the domain and written by its rules."""
