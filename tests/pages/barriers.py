"""What keeps people from using a page of ours, whatever they see it with."""

from __future__ import annotations

from playwright.sync_api import Page

from harness.pages.senses import PageSenses
from harness.protocol.accessibility import View

SKIPPED = """() => [...document.querySelectorAll('h1, h2, h3, h4')]
  .filter((it, i, all) => Number(it.tagName[1]) > Number(all[i - 1]?.tagName[1] ?? 6) + 1)
  .map((it) => it.outerHTML)"""
"""Headings that stand more than one level below the one before."""

BESIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('main *')]
    .filter((it) => it.getBoundingClientRect().right > innerWidth)
    .map((it) => it.outerHTML.slice(0, 120))"""
"""What stands beside a narrow page, so that it has to be pushed sideways."""

SPILLED = """() => [...document.querySelectorAll('.card:not(.wide)')].flatMap((card) => {
  const edge = card.getBoundingClientRect().right - parseFloat(getComputedStyle(card).paddingRight);
  return [...card.querySelectorAll('*')]
    .filter((it) => it.getBoundingClientRect().right > edge + 1)
    .map((it) => it.outerHTML.slice(0, 120));
})"""
"""What of a card stands in its margin, or over its border."""


def barriers(page: Page) -> list[str]:
    """Everything that axe-core finds against WCAG 2.1 AA, and headings that skip a level."""
    found = [str(barrier) for barrier in PageSenses(page).barriers()]
    return [*found, *page.evaluate(SKIPPED)]


def sticking_out(page: Page) -> list[str]:
    """What does not fit when the page is 320 pixels wide; it is as wide as before afterwards."""
    size = page.viewport_size
    PageSenses(page).turns_to(View.NARROW)
    found = [*page.evaluate(BESIDE), *page.evaluate(SPILLED)]
    if size:
        page.set_viewport_size(size)
    return found
