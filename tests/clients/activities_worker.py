"""Microsoft's model of an activity, unmodified: says of each order whether it can be one."""

from __future__ import annotations

import json
import sys

from microsoft_agents.activity import Activity  # type: ignore[import-not-found]
from pydantic import ValidationError  # type: ignore[import-not-found,unused-ignore]

for order in sys.stdin:
    try:
        Activity.model_validate(json.loads(order)["activity"])
        refused = ""
    except ValidationError as problem:
        refused = str(problem)
    print(json.dumps({"refused": refused}), flush=True)
