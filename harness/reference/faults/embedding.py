# ruff: noqa: E501  (one row a fault: a table reads better unwrapped)
"""The customer's side: widget, loader, canvas (EMB)."""

from __future__ import annotations

from harness.reference.faults.fault import Fault

# fmt: off
ROWS = (
    Fault("loader_ignores_snippet", "EMB-01", "widgets.is_shown", "widget", "organisation", "The page with the snippet shows no chat button."),
    Fault("chat_stays_with_bot", "EMB-01", "conversations.is_active", "widget", "organisation", "A chat from the page with the snippet never leaves the bot."),
    Fault("loader_raises_no_chat_queued", "EMB-07", "widgets.has_raised", "widget", "organisation", "lcw:chatQueued is never raised."),
    Fault("loader_raises_no_start_chat", "EMB-07", "widgets.has_raised", "widget", "organisation", "lcw:startChat is never raised."),
    Fault("custom_context_overflows", "EMB-12", "agents.sees_variables", "any", "organisation", "More than 100 details of the page reach the agent."),
    Fault("custom_context_cut_short", "EMB-12", "agents.sees_variables", "any", "organisation", "Of 100 details of the page one does not reach the agent."),
    Fault("loader_opens_widget", "EMB-16", "widgets.is_minimised", "widget", "organisation", "The chat opens by itself when the page is loaded."),
    Fault("loader_closes_without_asking", "EMB-18", "widgets.asks_to_confirm_closing", "widget", "organisation", "The close button ends the chat at once."),
    Fault("loader_counts_no_unread", "EMB-16", "widgets.counts_unread", "widget", "organisation", "Messages that come while the chat is minimised are not counted."),
    Fault("reload_loses_history", "EMB-27", "customers.sees_line", "widget", "organisation", "After a reload the earlier messages are gone."),
    Fault("loader_raises_no_chat_retrieved", "EMB-27", "widgets.has_raised", "widget", "organisation", "After a reload the page is not told that the chat was found again."),
    Fault("agent_end_not_told", "EMB-30", "customers.cannot_write", "any", "organisation", "The customer is not told that the agent ended the conversation."),
    Fault("loader_raises_no_thread_update", "EMB-30", "widgets.has_raised", "widget", "organisation", "The page is not told that the agent ended the conversation."),
)
# fmt: on
