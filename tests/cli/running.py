"""Running the real command in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

PROWESS = Path(sys.executable).with_name("prowess")


def prowess(
    *arguments: object, home: Path | None = None, stdin: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `prowess` with an installation in ``home``; returns exit status and output."""
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "160"}
    environment.pop("DATABASE_URL", None)
    if home:
        environment["PROWESS_HOME"] = str(home)
    words = [str(PROWESS), *map(str, arguments)]
    return subprocess.run(
        words, env=environment, capture_output=True, text=True, check=False, input=stdin, cwd=cwd, timeout=300
    )
