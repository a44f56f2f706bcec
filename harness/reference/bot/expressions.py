"""Expressions: a small part of Power Fx."""

from __future__ import annotations

Value = str | int | float | bool | None
