# ruff: noqa: E501  (one row a fault: a table reads better unwrapped)
"""The catalogue of faults: named, switchable deviations, each killed by the check it names.

A fault belongs to an organisation (switched by the control surface) or to the process (`--fault NAME`).
The code that deviates asks `Faults.deviates(NAME)`, which remembers that it was reached: a fault whose
code never ran proves nothing. Columns as design section 4 gives them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One deviation: what is wrong, which check must notice, and what a person would see."""

    name: str
    requirement: str
    killed_by: str
    customer: str
    scope: str
    notice: str


class Faults:
    """The faults switched on for one organisation or process, and which of them were reached."""

    def __init__(self, active: frozenset[str] = frozenset()) -> None:
        self.active = active
        self.reached: set[str] = set()

    def deviates(self, name: str) -> bool:
        """Whether the fault is on; asked where the deviating code is about to run."""
        if name not in self.active:
            return False
        self.reached.add(name)
        return True


# fmt: off
CATALOGUE: dict[str, Fault] = {
    fault.name: fault
    for fault in (
        Fault("connect_refuses_long_names", "CON-09", "connections.is_connected", "any", "organisation", "A bot whose name has 29 characters cannot be connected."),
        Fault("connect_accepts_any_name", "CON-10", "connections.is_refused_for", "any", "organisation", "A bot with a name of 31 characters is connected all the same."),
        Fault("refused_connect_leaves_user", "CON-10", "connections.has_no_application_user", "any", "organisation", "A refused connection leaves an application user behind."),
        Fault("connect_ignores_environment", "CON-12", "connections.is_refused_for", "any", "organisation", "A bot in another environment than Omnichannel is connected."),
        Fault("connect_ignores_roles", "CON-16", "connections.is_refused_for", "any", "organisation", "A maker without OC_Admin can connect a bot."),
        Fault("connect_refuses_more_roles", "CON-16", "connections.is_connected", "any", "organisation", "A maker who holds further roles cannot connect a bot."),
        Fault("unpublished_bot_answers", "CON-26", "conversations.has_no_bot_line", "any", "organisation", "A bot that was never published talks to customers."),
        Fault("connect_creates_no_user", "CON-40", "connections.has_enabled_application_user", "any", "organisation", "A connected bot has no application user."),
        Fault("disconnect_bot_keeps_user_enabled", "DIS-01", "connections.has_disabled_application_user", "any", "organisation", "The application user stays enabled after Disconnect bot."),
        Fault("disconnect_bot_leaves_chats", "DIS-01", "conversations.bot_has_stopped", "any", "organisation", "After Disconnect bot the bot goes on in the chats that it held."),
        Fault("disconnect_keeps_user_enabled", "DIS-02", "connections.has_disabled_application_user", "any", "organisation", "The application user stays enabled after Disconnect."),
        Fault("disconnected_bot_goes_on", "DIS-02", "conversations.bot_has_stopped", "any", "organisation", "After Disconnect the bot goes on in the chats that it held."),
        Fault("disconnected_chat_never_closes", "DIS-02", "conversations.is_closed", "any", "organisation", "A chat that a disconnected bot held stays open for ever."),
        Fault("disabled_bot_answers", "DIS-03", "conversations.has_no_bot_line", "any", "organisation", "New chats still reach a bot whose connection is disabled."),
        Fault("disabled_bot_goes_on", "DIS-03", "conversations.bot_has_stopped", "any", "organisation", "After Disable the bot goes on in the chats that it held."),
        Fault("disable_disables_user", "DIS-03", "connections.has_enabled_application_user", "any", "organisation", "Disable disables the application user, too."),
        Fault("disable_forgets_configuration", "DIS-03", "connections.keeps_configuration", "any", "organisation", "Disable forgets environment and application."),
        Fault("refresh_reports_nothing", "DIS-04", "connections.is_confirmed", "any", "organisation", "Refresh does not say whether the connection works."),
        Fault("refresh_always_succeeds", "DIS-04", "connections.is_found_broken", "any", "organisation", "Refresh says that a broken connection works."),
        Fault("refresh_changes_the_channel", "DIS-04", "connections.is_unchanged", "any", "organisation", "Refresh switches the Teams channel."),
        Fault("refresh_fails_in_a_workstream", "DIS-05", "connections.is_confirmed", "any", "organisation", "Refresh finds fault with a bot that is in a workstream."),
        Fault("reconnected_bot_stays_silent", "DIS-07", "customers.sees_line", "any", "organisation", "A bot that was connected again never answers."),
        Fault("reconnected_bot_hands_nobody_over", "DIS-07", "conversations.is_active", "any", "organisation", "A bot that was connected again hands nobody over."),
        Fault("reconnect_leaves_user_disabled", "DIS-07", "connections.has_enabled_application_user", "any", "organisation", "Connecting again leaves the application user disabled."),
        Fault("own_application_counts_as_used", "DIS-08", "connections.is_connected", "any", "organisation", "A bot cannot be connected again with the application that it had."),
        Fault("disconnect_closes_chats_with_agents", "DIS-11", "conversations.is_active", "any", "organisation", "Disconnecting the bot closes chats that a person already holds."),
        Fault("disconnected_bot_answers", "DIS-12", "conversations.has_no_bot_line", "any", "organisation", "New chats still reach a disconnected bot."),
        Fault("disconnect_leaves_user", "DIS-14", "connections.has_no_application_user", "any", "organisation", "After Disconnect the preview still has the application user."),
        Fault("disconnected_bot_comes_back", "DIS-16", "connections.has_disabled_application_user", "any", "organisation", "Publishing a disconnected bot, or giving it chats, connects it."),
        Fault("loader_ignores_snippet", "EMB-01", "widgets.is_shown", "widget", "process", "The page with the snippet shows no chat button."),
        Fault("chat_stays_with_bot", "EMB-01", "conversations.is_active", "widget", "organisation", "A chat from the page with the snippet never leaves the bot."),
        Fault("loader_raises_no_chat_queued", "EMB-07", "widgets.has_raised", "widget", "process", "lcw:chatQueued is never raised."),
        Fault("loader_raises_no_start_chat", "EMB-07", "widgets.has_raised", "widget", "process", "lcw:startChat is never raised."),
        Fault("custom_context_overflows", "EMB-12", "agents.sees_variables", "any", "organisation", "More than 100 details of the page reach the agent."),
        Fault("custom_context_cut_short", "EMB-12", "agents.sees_variables", "any", "organisation", "Of 100 details of the page one does not reach the agent."),
        Fault("loader_opens_widget", "EMB-16", "widgets.is_minimised", "widget", "process", "The chat opens by itself when the page is loaded."),
        Fault("loader_closes_without_asking", "EMB-18", "widgets.asks_to_confirm_closing", "widget", "process", "The close button ends the chat at once."),
        Fault("loader_counts_no_unread", "EMB-16", "widgets.counts_unread", "widget", "process", "Messages that come while the chat is minimised are not counted."),
        Fault("reload_loses_history", "EMB-27", "customers.sees_line", "widget", "organisation", "After a reload the earlier messages are gone."),
        Fault("loader_raises_no_chat_retrieved", "EMB-27", "widgets.has_raised", "widget", "process", "After a reload the page is not told that the chat was found again."),
        Fault("agent_end_not_told", "EMB-30", "customers.cannot_write", "any", "organisation", "The customer is not told that the agent ended the conversation."),
        Fault("loader_raises_no_thread_update", "EMB-30", "widgets.has_raised", "widget", "process", "The page is not told that the agent ended the conversation."),
        Fault("transfer_node_does_nothing", "ESC-01", "conversations.is_active", "any", "organisation", "Reaching the transfer node never hands the chat to a person."),
        Fault("late_agent_is_not_rung", "ESC-01", "agents.is_notified_of", "any", "organisation", "A waiting chat does not ring at an agent who becomes available."),
        Fault("question_swallows_escalation", "ESC-02", "conversations.is_open", "any", "organisation", "Asking for a person in the middle of a question is taken as the answer."),
        Fault("only_one_phrase_escalates", "ESC-02", "conversations.is_open", "any", "organisation", "Asking for a person in other words than talk to agent is not understood."),
        Fault("only_first_words_escalate", "ESC-02", "conversations.is_open", "any", "organisation", "Asking for a person is only understood as the customer's first words."),
        Fault("escalate_without_node_transfers", "ESC-03", "conversations.stays_with_bot", "any", "organisation", "Asking for a person brings one although the topic Escalate has no transfer."),
        Fault("escalate_shipped_without_node", "ESC-04", "bots.can_transfer", "any", "organisation", "A bot from Dynamics 365 has no transfer in its topic Escalate."),
        Fault("portal_bot_can_transfer", "ESC-04", "bots.cannot_transfer", "any", "organisation", "A bot made in the portal has a transfer in its topic Escalate."),
        Fault("re_prompts_once", "ESC-05", "conversations.stays_with_bot", "any", "organisation", "An older bot asks for other words only once before it hands over."),
        Fault("re_prompts_for_ever", "ESC-05", "conversations.is_open", "any", "organisation", "An older bot asks for other words again and again."),
        Fault("custom_fallback_ignored", "ESC-05", "conversations.stays_with_bot", "any", "organisation", "A fallback topic of the maker's own is not used."),
        Fault("question_never_gives_up", "ESC-05", "conversations.is_open", "any", "organisation", "A question that is never answered is asked again and again."),
        Fault("question_gives_up_early", "ESC-05", "conversations.stays_with_bot", "any", "organisation", "A question is asked again only once before the bot hands over."),
        Fault("history_truncated", "ESC-06", "agents.sees_whole_history", "any", "organisation", "The agent sees only the end of the conversation with the bot."),
        Fault("variables_dropped", "ESC-07", "agents.sees_variable", "any", "organisation", "What the bot learnt does not reach the agent."),
        Fault("blank_values_dropped", "ESC-07", "agents.sees_variable", "any", "organisation", "Empty values do not reach the agent."),
        Fault("tables_dropped", "ESC-07", "agents.sees_variable", "any", "organisation", "Tables and records do not reach the agent."),
        Fault("values_become_text", "ESC-07", "agents.sees_variable", "any", "organisation", "Numbers, yes or no, and nothing reach the agent as text."),
        Fault("non_ascii_altered", "ESC-07", "agents.sees_variable", "any", "organisation", "Letters beyond ASCII reach the agent as question marks."),
        Fault("last_value_lost_on_the_wire", "ESC-07", "fidelity.is_faithful", "any", "organisation", "The hand-off lacks the last of what the bot learnt."),
        Fault("last_value_altered_on_the_wire", "ESC-07", "fidelity.is_faithful", "any", "organisation", "The hand-off carries the last value with a blank behind it."),
        Fault("value_invented_on_the_wire", "ESC-07", "fidelity.is_faithful", "any", "organisation", "The hand-off carries a variable that the bot never set."),
        Fault("last_value_lost_at_the_desk", "ESC-07", "fidelity.is_faithful", "any", "organisation", "The last of what the hand-off carries is not shown to the agent."),
        Fault("last_value_altered_at_the_desk", "ESC-07", "fidelity.is_faithful", "any", "organisation", "The agent is shown the last value with a blank behind it."),
        Fault("value_invented_at_the_desk", "ESC-07", "fidelity.is_faithful", "any", "organisation", "The agent is shown a variable that nobody sent."),
        Fault("command_context_dropped", "ESC-07", "agents.sees_variable", "any", "organisation", "What a bot that runs elsewhere knows does not reach the agent."),
        Fault("redirected_topics_listed", "ESC-08", "agents.sees_topics", "any", "organisation", "va_Topics names topics that were only redirected to."),
        Fault("last_topic_is_redirected", "ESC-09", "agents.sees_variable", "any", "organisation", "va_LastTopic names the topic that was redirected to."),
        Fault("last_phrase_missing", "ESC-10", "agents.sees_last_phrase", "any", "organisation", "The customer's last words are not in the context."),
        Fault("private_message_lost", "ESC-11", "agents.sees_private_message", "any", "organisation", "The private message does not reach the agent."),
        Fault("absent_message_invented", "ESC-11", "agents.sees_no_private_message", "any", "organisation", "Without a private message the agent reads undefined."),
        Fault("private_message_leaks", "ESC-12", "customers.does_not_see", "any", "organisation", "The customer can read the private message."),
        Fault("unbridged_text_shown", "ESC-12", "customers.does_not_see", "any", "organisation", "The customer reads what a bot that runs elsewhere meant for agents only."),
        Fault("bridged_text_hidden", "ESC-12", "customers.sees_line", "any", "organisation", "The customer does not read what a bot that runs elsewhere meant for them."),
        Fault("oldest_value_wins", "ESC-13", "agents.sees_variable", "any", "organisation", "Of two values of one name the older one reaches the agent."),
        Fault("escalation_not_counted", "ESC-14", "analytics.counts_as", "any", "organisation", "The bot's analytics do not count an escalated session as escalated."),
        Fault("every_session_counts_as_escalated", "ESC-14", "analytics.counts_as", "any", "organisation", "The bot's analytics count sessions as escalated that were not."),
        Fault("sums_miss_escalations", "ESC-14", "analytics.counts_sessions", "any", "organisation", "The sums of the bot's analytics leave out the escalated sessions."),
        Fault("routing_not_rerun", "ESC-15", "conversations.is_in_queue", "any", "organisation", "Routing does not look at what the bot hands over."),
        Fault("escalation_goes_to_wrong_queue", "ESC-15", "conversations.is_in_queue", "any", "organisation", "An escalated conversation waits in another queue than its rule says."),
        Fault("overlong_value_escalates", "ESC-16", "conversations.stays_with_bot", "any", "organisation", "A value of more than 4,000 characters is handed over."),
        Fault("longest_value_refused", "ESC-17", "agents.sees_variable", "any", "organisation", "A value of exactly 4,000 characters prevents the hand-off."),
        Fault("keys_match_any_case", "ESC-18", "conversations.is_in_queue", "any", "organisation", "A rule finds a variable whose name is written in other letters."),
        Fault("names_merge_whatever_their_case", "ESC-18", "agents.sees_variable", "any", "organisation", "Two variables whose names differ in their case become one."),
        Fault("long_variable_names_accepted", "ESC-19", "editors.has_refused", "any", "organisation", "The portal saves a variable whose name is too long."),
        Fault("longest_variable_name_refused", "ESC-19", "editors.has_saved", "any", "organisation", "The portal refuses a variable with the longest name that it may have."),
        Fault("overlong_name_escalates", "ESC-19", "conversations.stays_with_bot", "any", "organisation", "A variable whose name no document allows is handed over."),
        Fault("longest_name_refused", "ESC-19", "agents.sees_variable", "any", "organisation", "A name of exactly the documented length prevents the hand-off."),
        Fault("long_name_lost", "ESC-19", "escalations.follows_a_name_limit", "any", "organisation", "A hand-off comes about without the variable whose name is long."),
        Fault("huge_message_accepted", "ESC-20", "refusals.is_too_large", "any", "organisation", "A message of more than 28 KB is taken."),
        Fault("size_counts_characters", "ESC-20", "refusals.is_too_large", "any", "organisation", "The size of a message is counted in characters, not in bytes."),
        Fault("largest_message_refused", "ESC-20", "refusals.is_taken", "any", "organisation", "A message of less than 28 KB is refused."),
        Fault("hand_off_without_name", "ESC-21", "escalations.has_handoff_event", "any", "organisation", "The event of the hand-off has no name."),
        Fault("hand_off_without_conversation", "ESC-21", "escalations.has_handoff_event", "any", "organisation", "The event of the hand-off names no conversation."),
        Fault("hand_off_without_value", "ESC-21", "escalations.has_handoff_event", "any", "organisation", "The event of the hand-off has no value."),
        Fault("hand_off_without_transcript", "ESC-21", "escalations.has_handoff_event", "any", "organisation", "The event of the hand-off has no transcript."),
        Fault("transcript_truncated", "ESC-21", "escalations.has_handoff_transcript", "any", "organisation", "The transcript of the hand-off lacks what was said first."),
        Fault("transcript_altered", "ESC-21", "escalations.has_handoff_transcript", "any", "organisation", "The transcript of the hand-off says other words."),
        Fault("unknown_attachment_refused", "ESC-22", "conversations.is_open", "any", "organisation", "A hand-off with an attachment of an unknown kind is not carried out."),
        Fault("bot_speaks_after_transfer", "ESC-23", "conversations.bot_stays_silent", "any", "organisation", "The bot answers although a person holds the conversation."),
        Fault("join_not_announced", "ESC-24", "customers.sees_join_of", "any", "organisation", "The customer is not told that an agent joined."),
        Fault("no_agent_closes", "ESC-26", "conversations.is_open", "any", "organisation", "With nobody available the conversation is closed."),
        Fault("joining_tells_all", "ESC-24", "ledgers.nothing_leaked", "any", "organisation", "The line that tells of the agent quotes the private message to the customer."),
        Fault("nothing_is_linked", "ESC-25", "agents.sees_linked_record", "any", "organisation", "The only record that matches is not linked."),
        Fault("first_of_many_is_linked", "ESC-25", "agents.sees_no_linked_record", "any", "organisation", "Of several records that match one is linked."),
        Fault("inactive_record_linked", "ESC-25", "agents.sees_no_linked_record", "any", "organisation", "A record that is not active is linked."),
        Fault("queue_position_not_told", "ESC-26", "customers.sees_line", "any", "organisation", "A customer who has to wait is not told of the queue."),
        Fault("returns_to_first_bot", "ESC-27", "conversations.is_in_queue", "any", "organisation", "An agent's transfer gives the conversation back to the first bot."),
        Fault("second_bot_never_takes", "ESC-27", "conversations.is_with_bot", "any", "organisation", "A second bot never takes what is transferred to its queue."),
        Fault("second_bot_does_not_greet", "ESC-28", "customers.sees_line", "any", "organisation", "The second bot says nothing when it gets the conversation."),
        Fault("second_bot_knows_nothing", "ESC-28", "customers.sees_line", "any", "organisation", "The second bot is not told what the first one learnt."),
        Fault("second_bot_greets_first", "ESC-28", "escalations.greeted_after_context", "any", "organisation", "The second bot speaks before it is told what is known."),
        Fault("agent_message_lost", "ESC-29", "customers.sees_line", "any", "organisation", "What the agent writes never reaches the customer."),
        Fault("customer_message_lost", "ESC-29", "agents.sees_line", "any", "organisation", "What the customer writes never reaches the agent."),
        Fault("agent_typing_lost", "ESC-29", "customers.sees_agent_typing", "any", "organisation", "The customer does not see that the agent types."),
        Fault("customer_typing_lost", "ESC-29", "agents.sees_customer_typing", "any", "organisation", "The agent does not see that the customer types."),
        Fault("asking_words_lost", "ESC-29", "ledgers.nothing_lost", "any", "organisation", "After the hand-off the agent never sees with which words the customer asked for a person."),
        Fault("agent_message_comes_twice", "ESC-29", "ledgers.nothing_duplicated", "any", "organisation", "What the agent writes reaches the customer twice."),
        Fault("messages_change_places", "ESC-29", "ledgers.in_order", "any", "organisation", "The agent sees the last two messages in another order than the customer."),
        Fault("agent_message_shows_markup", "ESC-29", "ledgers.nothing_altered", "any", "organisation", "What the agent writes reaches the customer with tags around it."),
        Fault("bot_answers_agent", "ESC-29", "ledgers.bot_stays_silent", "any", "organisation", "The bot says something to the customer when the agent writes."),
        Fault("disabled_user_gives_no_code", "ESC-30", "customers.sees_error_code", "any", "organisation", "A customer of a disconnected bot sees no error code."),
        Fault("unpublished_bot_gives_no_code", "ESC-31", "customers.sees_error_code", "any", "organisation", "A customer of an unpublished bot sees no error code."),
        Fault("agent_not_notified", "ESC-32", "agents.is_notified_of", "any", "organisation", "An escalated chat does not ring at any agent."),
        Fault("rings_beyond_the_queue", "ESC-33", "agents.alone_is_notified_of", "any", "organisation", "A conversation rings at agents of other queues."),
        Fault("supplied_context_unreadable", "ESC-34", "customers.sees_line", "any", "organisation", "The bot cannot read what the desk knows of the customer."),
        Fault("supplied_context_unheard", "ESC-34", "calls.was_heard_whole", "any", "organisation", "In a call the bot cannot read what the desk knows."),
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
        Fault("any_speech_cuts", "VOI-11", "calls.was_heard_whole", "api", "organisation", "The caller can interrupt an uninterruptible message."),
        Fault("nothing_is_cut", "VOI-11", "calls.was_cut", "api", "organisation", "The caller cannot interrupt an ordinary message."),
        Fault("hang_up_keeps_call", "VOI-14", "calls.is_ended", "api", "organisation", "Hang up leaves the call connected."),
        Fault("call_stays_with_bot", "VOI-39", "calls.is_held_by_agent", "api", "organisation", "A call that the bot escalates stays with the bot."),
    )
}
# fmt: on
