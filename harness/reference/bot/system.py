"""The `System.` variables that the reference knows."""

from __future__ import annotations

from collections.abc import Mapping

from harness.reference.bot.expressions import Value, field

# Names that have a value at some time of a conversation; any other is blank, and a finding: nobody
# signs in, and no tenant or environment is behind a bot.
KNOWN = (
    *("Activity.Channel", "Activity.ChannelId", "Activity.Text", "Activity.Value", "Activity.Type"),
    *("Activity.Name", "Activity.Attachments", "Activity.From.Id", "Activity.From.Name"),
    *("Activity.Id", "Activity.Locale", "Bot.Name", "Bot.Id"),
    *("Conversation.Id", "Conversation.InTestMode", "Conversation.LocalTimeZone"),
    *("Error.Code", "Error.Message", "FallbackCount", "LastMessage.Text", "LastMessage.Id"),
    *("Recognizer.IntentOptions", "Recognizer.SelectedIntent", "Recognizer.TriggeringMessage.Text"),
    *("SignInReason", "User.Language", "User.IsLoggedIn"),
    "User.AccessToken",
)


def is_known(parts: tuple[str, ...]) -> bool:
    """Whether the parts after `System` name a variable, a part of one, or a group of them."""
    name = ".".join(parts)
    return any(
        name == known or name.startswith(f"{known}.") or known.startswith(f"{name}.")
        for known in KNOWN
    )


def look_up(variables: Mapping[str, Value], parts: tuple[str, ...]) -> Value:
    """The value of `System.` and the parts: a variable, a field in one, or a group as a record."""
    for end in range(len(parts), 0, -1):
        name = ".".join(parts[:end])
        if name in variables:
            found: Value = field(variables[name], parts[end:])
            return found
    group = f"{'.'.join(parts)}."
    inner: dict[str, Value] = {
        name.removeprefix(group): value
        for name, value in variables.items()
        if name.startswith(group)
    }
    return inner or None
