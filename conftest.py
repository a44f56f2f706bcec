"""This repository's own settings for its tests; the plug-in itself is an entry point."""

pytest_plugins = ["pytester"]
