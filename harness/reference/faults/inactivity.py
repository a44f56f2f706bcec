# ruff: noqa: E501  (one row a fault: a table reads better unwrapped)
"""Silence and what follows from it (INA)."""

from __future__ import annotations

from harness.reference.faults.fault import Fault

# fmt: off
ROWS = (
    Fault("timeouts_not_shipped", "INA-01", "bots.has_topic", "any", "organisation", "A bot from Dynamics 365 lacks the session-timeout topics."),
    Fault("portal_bot_has_timeouts", "INA-02", "bots.lacks_topic", "any", "organisation", "A bot made in the portal has the session-timeout topics."),
    Fault("inactivity_not_offered", "INA-03", "portals.offers", "any", "organisation", "The list of triggers has no Inactivity."),
    Fault("duration_not_kept", "INA-04", "editors.waits_for", "any", "organisation", "A duration chosen from the list is forgotten."),
    Fault("formula_not_kept", "INA-04", "editors.waits_for", "any", "organisation", "A duration written as a formula is forgotten."),
    Fault("condition_not_kept", "INA-05", "editors.depends_on", "any", "organisation", "The condition on the channel is gone when the topic was saved."),
    Fault("silence_ignores_condition", "INA-06", "customers.does_not_see", "any", "organisation", "The reminder comes although its condition asks for another channel."),
    Fault("every_channel_reads_omnichannel", "INA-06", "customers.sees_line", "api", "organisation", "The bot takes every channel for Omnichannel."),
    Fault("inactivity_never_fires", "INA-07", "customers.sees_line", "any", "organisation", "The reminder never comes."),
    Fault("reminder_comes_early", "INA-07", "customers.does_not_see", "any", "organisation", "The reminder comes after half of its silence."),
    Fault("message_does_not_restart_silence", "INA-08", "customers.does_not_see", "any", "organisation", "A message of the customer does not restart the silence."),
    Fault("timeout_before_reminder", "INA-09", "customers.sees_in_order", "any", "organisation", "The closing words come before the reminder."),
    Fault("reminder_restarts_silence", "INA-09", "conversations.is_closed", "any", "organisation", "The reminder starts the silence anew, so that the chat is closed too late."),
    Fault("silence_ignores_priority", "INA-09", "customers.sees_line", "any", "organisation", "Of two topics for one silence the less important one speaks."),
    Fault("silences_speak_together", "INA-09", "customers.does_not_see", "any", "organisation", "Every topic that waits for one silence speaks."),
    Fault("bot_end_leaves_active", "INA-10", "conversations.is_closed", "any", "organisation", "End conversation leaves the conversation active."),
    Fault("bot_end_has_another_reason", "INA-10", "conversations.is_closed_by", "any", "organisation", "The desk does not know that the bot has closed the conversation."),
    Fault("end_command_ignored", "INA-10", "conversations.is_closed", "any", "organisation", "The command of a bot that runs elsewhere to end the conversation does nothing."),
    Fault("closed_stays_ongoing", "INA-11", "supervisors.does_not_list", "any", "organisation", "A closed conversation stays in the supervisor's list."),
    Fault("closing_empties_list", "INA-11", "supervisors.lists", "any", "organisation", "When a conversation is closed, others vanish from the supervisor's list, too."),
    Fault("closed_still_loads_bot", "INA-12", "supervisors.counts_with", "any", "organisation", "A conversation that the bot has closed still counts as its load."),
    Fault("closed_still_loads_agent", "INA-12", "supervisors.counts_with", "any", "organisation", "A conversation that is closed still counts as its agent's load."),
    Fault("metrics_miss_closed", "INA-12", "supervisors.counts_closed", "any", "organisation", "A closed conversation is not counted as closed."),
    Fault("silence_measured_after_transfer", "INA-13", "customers.does_not_see", "any", "organisation", "The bot's reminder comes while a person holds the chat."),
    Fault("draft_runs", "INA-14", "customers.does_not_see", "any", "organisation", "What a maker has only saved meets customers."),
    Fault("publishing_has_no_effect", "INA-14", "customers.sees_line", "any", "organisation", "What a maker has published does not meet customers."),
    Fault("unsaved_topic_is_saved", "INA-14", "customers.does_not_see", "any", "organisation", "What a maker has not even saved meets customers."),
    Fault("trigger_changes_without_warning", "INA-15", "editors.warns_of_loss", "any", "organisation", "Changing the trigger throws the content away without asking."),
    Fault("inactive_chat_never_closes", "INA-16", "conversations.is_closed", "any", "organisation", "Without inactivity topics a forgotten chat with the bot stays open for ever."),
    Fault("closing_variable_ignored", "INA-17", "conversations.is_closed_by", "any", "organisation", "A transfer that is only to close the conversation brings it to an agent."),
    Fault("closing_transfer_not_counted", "INA-17", "analytics.counts_as", "any", "organisation", "A session that was closed by the transfer node is not counted as escalated."),
    Fault("timeouts_start_from_phrases", "INA-18", "bots.starts_from_silence", "any", "organisation", "The shipped session-timeout topics wait for phrases."),
    Fault("configured_silence_ignored", "INA-19", "customers.sees_line", "any", "organisation", "The reminder comes after five minutes, whatever its topic says."),
    Fault("blank_topic_has_no_phrases", "INA-20", "editors.starts_from", "any", "organisation", "A topic from blank does not start from phrases."),
    Fault("change_trigger_hidden", "INA-21", "portals.offers", "any", "organisation", "Hovering over the trigger offers no way to change it."),
    Fault("trigger_edit_opens_nothing", "INA-22", "portals.offers", "any", "organisation", "Edit in the trigger node opens nothing."),
    Fault("channel_lists_no_omnichannel", "INA-23", "portals.offers", "any", "organisation", "The condition does not know the channel Omnichannel."),
    Fault("system_tab_lacks_channel", "INA-23", "portals.offers", "any", "organisation", "The tab System has no Activity.Channel."),
    Fault("end_conversation_not_offered", "INA-24", "portals.offers", "any", "organisation", "Topic management has no End conversation."),
    Fault("farewell_dropped", "INA-25", "customers.sees_line", "any", "organisation", "The conversation ends before the topic's message is shown."),
)
# fmt: on
