"""Where an installation keeps its own files, and its secret key."""

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path


def home() -> Path:
    """The folder of this installation: ``PROWESS_HOME``, or the user's data folder; made when missing."""
    chosen = os.environ.get("PROWESS_HOME")
    folder = Path(chosen).expanduser().resolve() if chosen else user_data_path("prowess")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key() -> str:
    """The installation's secret key: ``PROWESS_SECRET_KEY``, or one made on first start and kept for its owner only."""
    given = os.environ.get("PROWESS_SECRET_KEY")
    if given:
        return given
    file = home() / "secret-key"
    try:
        return _kept_key(file)
    except FileNotFoundError:
        return _make_key(file)


def _kept_key(file: Path) -> str:
    key = file.read_text(encoding="ascii").strip()
    if len(key) < 50:  # an interrupted first start may have left it empty
        raise FileNotFoundError(file)
    return key


def _make_key(file: Path) -> str:
    key = secrets.token_urlsafe(64)
    draft = file.with_name(f"secret-key.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as output:
        output.write(key + "\n")
    draft.replace(file)
    return key
