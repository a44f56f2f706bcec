"""The page around the widget."""

from __future__ import annotations

from harness.expect import embeddings
from tests.drivers.people import Shopper

WHOLE = {"data-app-id": "a", "data-org-id": "o", "data-org-url": "https://o.example"}

CASES = (
    (
        "embeddings.has_whole_tag",
        lambda: embeddings.has_whole_tag(Shopper(attributes=WHOLE)),
        lambda: embeddings.has_whole_tag(Shopper(attributes=WHOLE | {"data-org-id": ""})),
    ),
    (
        "embeddings.is_told_of_error",
        lambda: embeddings.is_told_of_error(Shopper(codes=[1, 4]), 4),
        lambda: embeddings.is_told_of_error(Shopper(codes=[1]), 4),
    ),
    (
        "embeddings.heeds_early_call",
        lambda: embeddings.heeds_early_call(Shopper(early="refused")),
        lambda: embeddings.heeds_early_call(Shopper(early="taken", events=["lcw:ready"])),
    ),
    (
        "embeddings.heeds_early_call",
        lambda: embeddings.heeds_early_call(Shopper(early="taken", events=["lcw:startChat"])),
        lambda: embeddings.heeds_early_call(Shopper()),
    ),
    (
        "embeddings.has_thrown",
        lambda: embeddings.has_thrown("TypeError"),
        lambda: embeddings.has_thrown(""),
    ),
    (
        "embeddings.shows_unread",
        lambda: embeddings.shows_unread(Shopper(unseen=7), "7"),
        lambda: embeddings.shows_unread(Shopper(unseen=100), "99+"),
    ),
)
