"""Run a command against a PostgreSQL cluster of its own, made for it and removed after it.

    python scripts/with_postgresql.py pytest tests/library

The command finds the cluster in `DATABASE_URL`. PostgreSQL refuses to run as root, so root runs it as `nobody`.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, of the newest PostgreSQL installed, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """Start the cluster, run the command, stop the cluster; the command's exit status."""
    folder = programs()
    if folder is None:
        print("PostgreSQL is not installed (Debian: apt-get install postgresql); nothing was run.", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    root = Path(tempfile.mkdtemp(prefix="prowess-postgresql-"))
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if user:
        shutil.chown(root, "nobody", "nogroup")
    data, port = root / "data", free_port()
    try:
        options = f"-p {port} -h 127.0.0.1 -k {root} -c fsync=off -c full_page_writes=off -c max_connections=60"
        _quietly(
            [folder / "initdb", "-D", data, "-U", "prowess", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            root,
            user,
        )
        _quietly([folder / "pg_ctl", "-D", data, "-w", "-l", root / "log", "-o", options, "start"], root, user)
        try:
            _quietly([folder / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "prowess", "prowess"], root, user)
            environment = {**os.environ, "DATABASE_URL": f"postgres://prowess@127.0.0.1:{port}/prowess"}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            _quietly([folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], root, user)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _quietly(command: list[object], folder: Path, user: dict[str, object]) -> None:
    words = [str(word) for word in command]
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL, **user)  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
