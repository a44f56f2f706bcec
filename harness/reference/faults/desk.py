# ruff: noqa: E501  (one row a fault: a table reads better unwrapped)
"""The desk: states, routing, closing (OCA)."""

from __future__ import annotations

from harness.reference.faults.fault import Fault

# fmt: off
ROWS = (
    Fault("away_agent_is_rung", "OCA-10", "agents.alone_is_notified_of", "any", "organisation", "A conversation rings at an agent who is away."),
    Fault("anybody_forces_closed", "OCA-15", "conversations.is_active", "any", "organisation", "An agent can close any conversation by force."),
    Fault("supervisor_closes_nothing", "OCA-15", "conversations.is_closed", "any", "organisation", "A supervisor cannot close a conversation by force."),
    Fault("forced_closing_unexplained", "OCA-15", "conversations.is_closed_by", "any", "organisation", "The desk does not know that a supervisor closed a conversation."),
    Fault("closed_reopens", "OCA-16", "conversations.is_closed", "any", "organisation", "A message revives a closed conversation."),
    Fault("ended_by_agent_closes", "OCA-16", "conversations.is_in_wrap_up", "any", "organisation", "A conversation that the agent ends has no wrap-up."),
    Fault("ended_by_customer_closes", "OCA-16", "conversations.is_in_wrap_up", "any", "organisation", "A conversation that the customer ends has no wrap-up."),
    Fault("left_chat_stays_open", "OCA-16", "conversations.is_closed", "any", "organisation", "A chat that the customer left goes on waiting for an agent."),
    Fault("customers_closing_unexplained", "OCA-16", "conversations.is_closed_by", "any", "organisation", "The desk does not know that the customer closed a conversation."),
    Fault("open_chat_never_closes", "OCA-17", "conversations.is_closed", "any", "organisation", "A chat that nobody accepts stays open for ever."),
    Fault("open_chat_closes_early", "OCA-17", "conversations.is_open", "any", "organisation", "A chat that nobody accepts is closed before 20 minutes."),
    Fault("wrap_up_never_closes", "OCA-18", "conversations.is_closed", "any", "organisation", "A conversation in wrap-up is never closed."),
    Fault("bot_chat_closes_late", "OCA-19", "conversations.is_closed", "any", "organisation", "A silent chat with the bot outlives 30 minutes."),
    Fault("bot_chat_closes_early", "OCA-19", "conversations.is_active", "any", "organisation", "A silent chat with the bot is closed before 30 minutes."),
    Fault("automatic_closing_unexplained", "OCA-19", "conversations.is_closed_by", "any", "organisation", "The desk does not know that a conversation closed by itself."),
    Fault("thirty_minutes_count_agents_time", "OCA-19", "conversations.is_active", "any", "organisation", "A chat that an agent gave to a bot is closed by what the customer did not say to the first bot."),
)
# fmt: on
