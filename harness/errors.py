"""Everything the harness raises on purpose.

    HarnessError
    ├── UsageError                 somebody asked for something impossible; nothing ran
    │   ├── TargetInvalid          a target file that cannot be read
    │   ├── RegisterInvalid        a requirement register that cannot be read
    │   ├── BaselineInvalid        a file of expected failures that cannot be read
    │   └── FeatureInvalid         a feature file that must not run as it stands
    │       ├── DuplicateScenario      two scenarios of one name
    │       ├── UnknownRequirement     a requirement id that the register does not know
    │       ├── UnregisteredTag        a tag that nobody has declared
    │       └── CollectedTwice         reached as a file and by `scenarios()`
    ├── StepInvalid                a step that cannot be run as it stands
    │   ├── UndefinedStep              no sentence says this
    │   ├── AmbiguousStep              more than one sentence says this
    │   └── AsynchronousStep           the step function is `async def`
    ├── OwnMessageInvalid          one of our own drivers sent what no client sends
    ├── NotApplicable              the target does not declare the capability
    ├── Inconclusive               a prerequisite was missing: it could not be judged
    │   ├── NotReachable           the target gives no answer
    │   └── ChromiumMissing        no browser to run the widget in (harness.chromium)
    └── Refused                    the target said no: status, code, name, message

`CheckFailed` (harness.expect.checks) is an AssertionError, not one of these: it is a verdict.
"""

from __future__ import annotations


class HarnessError(Exception):
    """The root of the tree."""


class UsageError(HarnessError):
    """Somebody asked for something impossible; nothing ran."""


class TargetInvalid(UsageError):
    """A target file that cannot be read; the message names file, key and the nearest known key."""


class RegisterInvalid(UsageError):
    """A requirement register that cannot be read."""


class BaselineInvalid(UsageError):
    """A file of expected failures that cannot be read."""


class FeatureInvalid(UsageError):
    """A feature file that must not run as it stands; the message starts with `path:line`."""


class DuplicateScenario(FeatureInvalid):
    """Two scenarios of one name in one feature; the message names both lines."""


class UnknownRequirement(FeatureInvalid):
    """A requirement id that the register does not know; the message names the nearest."""


class UnregisteredTag(FeatureInvalid):
    """A tag that nobody has declared."""


class CollectedTwice(FeatureInvalid):
    """A feature file reached both as a file and by an adopter's `scenarios()`."""


class StepInvalid(HarnessError):
    """A step that cannot be run as it stands."""


class UndefinedStep(StepInvalid):
    """No step definition matches; the message shows the three nearest sentences."""


class AmbiguousStep(StepInvalid):
    """More than one step definition matches; the message names them all."""


class AsynchronousStep(StepInvalid):
    """The step function is asynchronous: called, it would do nothing and pass."""


class OwnMessageInvalid(HarnessError):
    """One of our own drivers sent what no client sends: nothing that follows judges the target."""


class NotApplicable(HarnessError):
    """The target does not declare the capability; the message is the reason for the report."""


class Inconclusive(HarnessError):
    """A prerequisite was missing, so it could not be judged, which is red."""


class NotReachable(Inconclusive):
    """The target gives no answer; the message names the address and the cause."""


class Refused(HarnessError):
    """The target said no.

    `status` is the HTTP status, 0 when a page said it; `code` the documented numeric code or None;
    `name` the problem's name (`BotNameTooLong`), empty when the target gave none.
    """

    def __init__(self, status: int, code: int | str | None, name: str, message: str) -> None:
        told = " ".join(filter(None, (str(status or ""), name)))
        super().__init__(f"{told}: {message}" if told else message)
        self.status = status
        self.code = code
        self.name = name
        self.message = message
