"""Backing up and restoring: equal by digest, whatever the database; a damaged backup changes nothing."""

import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from tests.cli.running import prowess


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory) -> Path:
    """An installation with the demonstration organisation."""
    home = tmp_path_factory.mktemp("demonstration")
    done = prowess("demo", "--no-serve", home=home)
    assert done.returncode == 0, done.stderr
    (home / "files/a").mkdir(parents=True)
    (home / "files/a/one.txt").write_text("kept", "utf-8")
    return home


@pytest.fixture(scope="module")
def backup(demonstration: Path, tmp_path_factory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("backup") / "b.zip"
    assert prowess("backup", file, home=demonstration).returncode == 0
    return file


@pytest.fixture
def installation(demonstration: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(demonstration, tmp_path / "home"))


def tables_of(home: Path, tmp_path: Path) -> dict[str, object]:
    """Rows and digest of each table now."""
    done = prowess("backup", tmp_path / "now.zip", "--json", home=home)
    return json.loads(done.stdout)["tables"]


def count(home: Path, statement: str) -> int:
    with sqlite3.connect(home / "prowess.sqlite3") as database:
        return database.execute(statement).fetchone()[0]


@pytest.mark.slow
def test_what_was_lost_comes_back(installation, backup, tmp_path):
    before = tables_of(installation, tmp_path)
    with sqlite3.connect(installation / "prowess.sqlite3") as database:
        database.execute("UPDATE people_user SET name = 'Somebody else'")
        database.execute("DELETE FROM roles_profiledcompetency")
    (installation / "files/a/one.txt").write_text("spoilt", "utf-8")
    done = prowess("restore", backup, "--yes", home=installation)
    assert done.returncode == 0, done.stderr
    assert "every table is as it was backed up" in done.stdout
    assert tables_of(installation, tmp_path) == before
    assert (installation / "files/a/one.txt").read_text("utf-8") == "kept"
    assert count(installation, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'") > 3
    assert "fault" not in prowess("check", home=installation).stdout


@pytest.mark.slow
def test_it_comes_up_on_another_machine(backup, demonstration, tmp_path):
    home = tmp_path / "other"
    done = prowess("restore", backup, "--yes", "--with-key", home=home)
    assert done.returncode == 0, done.stderr
    assert (home / "secret-key").read_text() == (demonstration / "secret-key").read_text()
    assert (home / "secret-key").stat().st_mode & 0o077 == 0
    assert count(home, "SELECT count(*) FROM roles_role") == 8


def test_only_its_owner_reads_a_backup(backup):
    assert backup.stat().st_mode & 0o077 == 0


def rewritten(backup: Path, target: Path, change) -> Path:
    """A copy of the backup in which ``change(name, content)`` gives each member's new content, or None for none."""
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                copy.writestr(name, content)
    return target


def changed(part: str, change):
    """Change the content of the members whose name has this part; None takes them out."""
    return lambda name, content: change(content) if part in name else content


DAMAGES = {
    "a changed row": changed("people_user", lambda content: content.replace(b"Lindqvist", b"Somebody")),
    "a missing table": changed("roles_role.jsonl", lambda content: None),
    "a missing row": changed("library_competency.jsonl", lambda content: content.partition(b"\n")[2]),
    "a changed file": changed("files/", lambda content: b"other"),
    "no manifest": changed("manifest.json", lambda content: None),
    "another format": changed("manifest.json", lambda content: b'{"format": "x"}'),
}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_backup_is_refused_and_nothing_changes(installation, backup, tmp_path, damage):
    before = (installation / "prowess.sqlite3").read_bytes()
    spoilt = rewritten(backup, tmp_path / "spoilt.zip", damage)
    done = prowess("restore", spoilt, "--yes", home=installation)
    assert done.returncode == 2
    assert "backup" in done.stderr
    assert "Traceback" not in done.stderr
    assert (installation / "prowess.sqlite3").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut"])
def test_what_is_no_backup_is_refused(installation, tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    done = prowess("restore", tmp_path / "x.zip", "--yes", home=installation)
    assert done.returncode == 2
    assert "no backup of Prowess" in done.stderr


def test_a_backup_of_a_later_version_is_refused(installation, backup, tmp_path):
    def later(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["migrations"]["roles"] = ["9999_from_the_future"]
        return json.dumps(manifest).encode()

    done = prowess("restore", rewritten(backup, tmp_path / "later.zip", later), "--yes", home=installation)
    assert done.returncode == 2
    assert "later version" in done.stderr


def test_a_place_that_cannot_be_written_is_told(installation, tmp_path):
    done = prowess("backup", tmp_path / "none/b.zip", home=installation)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
