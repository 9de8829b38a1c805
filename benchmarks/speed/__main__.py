"""One system in this process, for `benchmarks.speed.comparing`: task in, milliseconds out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from benchmarks.speed.systems import SYSTEMS, Task
from benchmarks.speed.times import timed


def main(argv: Sequence[str]) -> int:
    """Say when the first question is answered, then print the milliseconds of each question."""
    system = next(one for one in SYSTEMS if one.name == argv[0])
    task = Task(**json.load(sys.stdin))
    search = system.open(task)
    search(task.questions[0])
    print("answered", flush=True)
    # The first round only warms up.
    timed(search, task.questions)
    print(json.dumps(timed(search, [*task.questions] * int(argv[1]))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
