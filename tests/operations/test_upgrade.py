"""From the data of the previous release to this version."""

import lzma
import sqlite3
from pathlib import Path

import pytest

from tests.cli.running import prowess

PREVIOUS = Path(__file__).parent / "data/release-0.1.sqlite3.xz"


@pytest.mark.slow
def test_the_previous_releases_installation_is_brought_up_to_date(tmp_path):
    (tmp_path / "prowess.sqlite3").write_bytes(lzma.decompress(PREVIOUS.read_bytes()))
    done = prowess("setup", home=tmp_path)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "prowess.sqlite3") as database:
        kinds = dict(database.execute("SELECT email, kind FROM people_user"))
        roles = database.execute("SELECT count(*) FROM roles_role").fetchone()[0]
    assert kinds == {"lead@harbour-vale.example": "talent-lead", "reader@harbour-vale.example": "employee"}
    assert roles == 8
    found = prowess("check", home=tmp_path).stdout
    assert "fault" not in found
