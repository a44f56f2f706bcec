"""Runs Microsoft's Dataverse client, unmodified, beside our packages: a task a line, in JSON.

A task is `{base, token, code}`: the code finds `client`, or makes one with `asynchronous()`, and
says in `result` what it has seen.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
import warnings
from typing import Any

from azure.core.credentials import AccessToken  # type: ignore[import-not-found]
from PowerPlatform.Dataverse import models  # type: ignore[import-not-found]
from PowerPlatform.Dataverse.aio.async_client import (  # type: ignore[import-not-found]
    AsyncDataverseClient,
)
from PowerPlatform.Dataverse.client import DataverseClient  # type: ignore[import-not-found]
from PowerPlatform.Dataverse.core.errors import DataverseError  # type: ignore[import-not-found]


class Bearer:
    """A credential that has its token already."""

    def __init__(self, token: str) -> None:
        self._token = token

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        return AccessToken(self._token, int(time.time()) + 3600)


class AsyncBearer:
    """The same for the asynchronous client."""

    def __init__(self, token: str) -> None:
        self._bearer = Bearer(token)

    async def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        return self._bearer.get_token(*scopes)

    async def close(self) -> None: ...

    async def __aenter__(self) -> AsyncBearer:
        return self

    async def __aexit__(self, *_: object) -> None: ...


def done(task: dict[str, str]) -> dict[str, Any]:
    """What became of a task."""
    with DataverseClient(task["base"], Bearer(task["token"])) as client:
        names: dict[str, Any] = {"client": client, "models": models, "result": None}
        names["asynchronous"] = lambda: AsyncDataverseClient(
            task["base"], AsyncBearer(task["token"])
        )
        try:
            exec(task["code"], names)
        except DataverseError as error:
            return {"refused": error.to_dict()}
        except Exception:
            return {"broken": traceback.format_exc()}
    return {"result": names["result"]}


def main() -> None:
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        print(json.dumps(done(json.loads(line)), default=dict), flush=True)


if __name__ == "__main__":
    main()
