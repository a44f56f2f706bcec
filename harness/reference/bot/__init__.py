"""The bot: topics as Copilot Studio writes them, their expressions, and the engine that runs them.

Pure: no framework, no clock, no I/O but the shipped content. See docs/bot-content.md.
"""
