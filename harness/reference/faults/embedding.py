# ruff: noqa: E501  (one row a fault: a table reads better unwrapped)
"""The customer's side: widget, loader, canvas (EMB)."""

from __future__ import annotations

from harness.reference.faults.fault import Fault

# fmt: off
ROWS = (
    Fault("loader_ignores_snippet", "EMB-01", "widgets.is_shown", "widget", "organisation", "The page with the snippet shows no chat button."),
    Fault("chat_stays_with_bot", "EMB-01", "conversations.is_active", "widget", "organisation", "A chat from the page with the snippet never leaves the bot."),
    Fault("website_hands_over", "EMB-02", "websites.rings_at_nobody", "any", "organisation", "A chat from the bot's own embed code rings at an agent."),
    Fault("canvas_draws_nothing", "EMB-03", "websites.shows_notice", "widget", "organisation", "The bot's own chat draws nothing where the bot hands over."),
    Fault("website_known_to_desk", "EMB-04", "websites.is_unknown_to_desk", "api", "organisation", "A chat from the bot's own embed code is a conversation of the desk."),
    Fault("loader_raises_no_chat_queued", "EMB-07", "widgets.has_raised", "widget", "organisation", "lcw:chatQueued is never raised."),
    Fault("loader_raises_no_start_chat", "EMB-07", "widgets.has_raised", "widget", "organisation", "lcw:startChat is never raised."),
    Fault("provider_context_reaches_signed_in", "EMB-11", "conversations.is_in_queue", "any", "organisation", "What the page tells of a signed-in customer decides the queue."),
    Fault("vouched_context_lost", "EMB-11", "conversations.is_in_queue", "api", "organisation", "What the site vouches for of a signed-in customer is lost."),
    Fault("custom_context_overflows", "EMB-12", "agents.sees_variables", "any", "organisation", "More than 100 details of the page reach the agent."),
    Fault("custom_context_cut_short", "EMB-12", "agents.sees_variables", "any", "organisation", "Of 100 details of the page one does not reach the agent."),
    Fault("any_token_accepted", "EMB-13", "refusals.is_unauthorised", "api", "organisation", "A token that cannot be trusted starts a chat."),
    Fault("loader_opens_widget", "EMB-16", "widgets.is_minimised", "widget", "organisation", "The chat opens by itself when the page is loaded."),
    Fault("loader_counts_no_unread", "EMB-16", "widgets.counts_unread", "widget", "organisation", "Messages that come while the chat is minimised are not counted."),
    Fault("loader_closes_without_asking", "EMB-18", "widgets.asks_to_confirm_closing", "widget", "organisation", "The close button ends the chat at once."),
    Fault("reload_loses_history", "EMB-27", "customers.sees_line", "widget", "organisation", "After a reload the earlier messages are gone."),
    Fault("loader_raises_no_chat_retrieved", "EMB-27", "widgets.has_raised", "widget", "organisation", "After a reload the page is not told that the chat was found again."),
    Fault("absent_customer_waits_on", "EMB-28", "conversations.is_closed", "any", "organisation", "A waiting chat stays open although its customer's page is gone."),
    Fault("absent_customer_keeps_agent", "EMB-28", "conversations.is_in_wrap_up", "any", "organisation", "An agent keeps a chat although its customer's page is gone."),
    Fault("absence_ends_early", "EMB-28", "conversations.is_active", "api", "organisation", "The desk gives a chat up before three minutes have passed."),
    Fault("ended_chat_is_reconnected", "EMB-29", "customers.is_not_back", "any", "organisation", "A link leads back to a chat that has ended."),
    Fault("link_leads_nowhere", "EMB-29", "customers.is_back", "any", "organisation", "A link does not lead back to a chat that goes on."),
    Fault("agent_end_not_told", "EMB-30", "customers.cannot_write", "any", "organisation", "The customer is not told that the agent ended the conversation."),
    Fault("loader_raises_no_thread_update", "EMB-30", "widgets.has_raised", "widget", "organisation", "The page is not told that the agent ended the conversation."),
    Fault("posted_token_refused", "EMB-33", "customers.does_not_see", "widget", "organisation", "The token of the page is refused, and the sign-in card shows."),
    Fault("customer_tag_lost", "EMB-34", "messages.carry_customer_tags", "any", "organisation", "A customer's message does not say that a customer wrote it."),
    Fault("message_without_sequence", "EMB-34", "messages.are_valid", "any", "organisation", "Listed messages lack the number by which clients order them."),
    Fault("posted_token_unused", "EMB-36", "customers.sees_line", "widget", "organisation", "The bot does not sign in a customer who is logged in to the page."),
    Fault("sign_in_takes_everybody", "EMB-37", "customers.does_not_see", "widget", "organisation", "The bot signs in a customer who is not logged in to the page."),
    Fault("sign_in_holds_customers", "EMB-38", "conversations.is_open", "any", "organisation", "Whoever does not sign in is not handed over."),
    Fault("posted_token_altered", "EMB-39", "customers.sees_line", "any", "organisation", "The bot does not get the token that the page has posted."),
)
# fmt: on
