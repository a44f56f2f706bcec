"""Bots as they are exported from Copilot Studio: layouts, and the bot that they become."""
