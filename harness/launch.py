"""The reference as a process of ours: started without waiting, ready when it says so."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from select import select
from typing import Any

from harness.errors import NotReachable, UsageError

READY_WITHIN = 30.0
"""Seconds that the reference may take to answer; on a quiet machine it takes one."""

REFUSAL = "error: argument --bot: "
"""What stands before the reason when the reference cannot run the bot that it was given."""


class Launch:
    """One process of the reference, on a port that the machine chooses.

    Its clock stands still until it is moved, or with a `pace` runs so many times as fast as ours.
    """

    def __init__(
        self,
        *,
        store: str | None = None,
        faults: Sequence[str] = (),
        bot: str = "",
        pace: float = 0,
    ) -> None:
        command = [sys.executable, "-m", "harness.reference", "--port", "0", "--control"]
        clock = ["real", "--pace", str(pace)] if pace else ["virtual"]
        command += ["--clock", *clock, "--attached"]
        command += ["--store", store] if store else []
        command += ["--bot", bot] if bot else []
        command += [word for fault in faults for word in ("--fault", fault)]
        self._failure = ""
        # Not a pipe: nobody reads it while the process runs, and a full pipe would stop it.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  (as long as the process)
        # It reads its input to learn of our end, however that comes. In a session of its own a
        # Ctrl-C reaches us alone, so that the scenario under way can tidy up.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
        )

    def ready(self) -> dict[str, str]:
        """Wait for the line that says where it listens: `url`, `ca` and `control`.

        Raises UsageError when it refused what it was asked for, NotReachable when it did not start.
        """
        if self._failure:
            raise NotReachable(self._failure)
        stdout = self._process.stdout
        assert stdout is not None
        arrived, _, _ = select([stdout], [], [], READY_WITHIN)
        said = stdout.readline() if arrived else b""
        try:
            answer: dict[str, Any] = json.loads(said)
        except ValueError:
            if self._has_refused():
                raise UsageError(self._last_words().partition(REFUSAL)[2]) from None
            self.stop()
            # Kept: every scenario that needs it is told the same.
            self._failure = f"the reference did not start: {self._last_words()}"
            raise NotReachable(self._failure) from None
        return {key: answer[key] for key in ("url", "ca", "control") if answer.get(key)}

    def stop(self) -> None:
        """Ask it to stop; end it by force when it does not within five seconds."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _has_refused(self) -> bool:
        """Whether it ended by itself over its command line, which we were given in part."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        return self._process.returncode == 2 and REFUSAL in self._last_words()

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"no word within {READY_WITHIN:.0f} seconds"
