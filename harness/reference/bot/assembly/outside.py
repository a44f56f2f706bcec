"""Actions that ask a service outside: only what is declared as a stub ever answers them."""

from __future__ import annotations

from harness.reference.bot.assembly.place import place
from harness.reference.bot.assembly.types import schema
from harness.reference.bot.expressions import Expression, text
from harness.reference.bot.reading import Reader
from harness.reference.bot.steps import OutsideCall, Step, Telemetry, Variable
from harness.reference.bot.templates import Template

# What else such an action says about its service: nothing that a declared answer needs.
_OF_THE_SERVICE = (
    *("method", "headers", "body", "requestTimeoutInMilliseconds", "connectionReference"),
    *("connectionProperties", "dynamicInputSchema", "dynamicOutputSchema", "knowledgeSources"),
    *("latencyMessageSettings", "applyModelKnowledgeSetting", "fileSearchDataSource", "autoSend"),
    *("responseCaptureType", "additionalInstructions", "userInput", "modelSettings"),
    *("moderationLevel", "publicDataSource", "sharePointSearchDataSource"),
)


def _http(action: Reader) -> Step:
    _skip(action)
    return OutsideCall(
        at=place(action),
        kind="HttpRequestAction",
        address=_address(action),
        result=action.optional_variable("response"),
        schema=schema(action.node("responseSchema")),
        failing=_failing(action),
    )


def _invoke(action: Reader) -> Step:
    _skip(action)
    inputs = action.reader("input")
    output = action.reader("output")
    single = output is not None and output.scalar("kind") == "SingleVariableOutputBinding"
    return OutsideCall(
        at=place(action),
        kind=action.required_text("kind"),
        names=_names(action),
        inputs=inputs.expressions("binding") if inputs else (),
        answers=output.variables("binding") if output and not single else (),
        result=output.optional_variable("variable") if output else None,
        failing=_failing(action),
    )


def _knowledge(action: Reader) -> Step:
    _skip(action)
    return OutsideCall(
        at=place(action),
        kind=(kind := action.required_text("kind")),
        result=action.optional_variable("variable"),
        optional=kind == "SearchAndSummarizeContent",
        says=action.flag("autoSend", True),
    )


def _telemetry(action: Reader) -> Step:
    return Telemetry(
        place(action), action.required_text("eventName"), action.expression("properties")
    )


BUILDERS = {
    "HttpRequestAction": _http,
    "InvokeFlowAction": _invoke,
    "InvokeConnectorAction": _invoke,
    "InvokeAIBuilderModelAction": _invoke,
    "SearchAndSummarizeContent": _knowledge,
    "AnswerQuestionWithAI": _knowledge,
    "LogCustomTelemetryEvent": _telemetry,
}


def _skip(action: Reader) -> None:
    for key in _OF_THE_SERVICE:
        action.node(key)


def _names(action: Reader) -> tuple[str, ...]:
    values = (action.scalar(key) for key in ("flowId", "operationId", "aIModelId"))
    return tuple(text(value) for value in values if value is not None)


def _address(action: Reader) -> Expression | Template | None:
    written = action.scalar("url")
    if isinstance(written, str) and not written.lstrip().startswith("="):
        return action.template("url")
    return action.expression("url")


def _failing(action: Reader) -> tuple[Variable | None, Variable | None] | None:
    handling = action.reader("errorHandling")
    if handling is None or handling.scalar("kind") != "ContinueOnErrorBehavior":
        return None
    status = handling.optional_variable("statusCode")
    return status, handling.optional_variable("errorResponseBody")
