"""`prowess import-people`, as the person at the keyboard meets it."""

import json
from pathlib import Path

import pytest

from tests.cli.running import prowess

LIST = "Id,Name,Department,Manager\n1,Ada Brandt,Port,\n2,Bo Chen,Port > Berths,1\n"


@pytest.mark.slow
def test_a_list_is_looked_at_taken_and_refused_in_a_sentence(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "people.csv"
    file.write_text(LIST, encoding="utf-8")
    early = prowess("import-people", file, home=home)
    assert early.returncode == 2
    assert "prowess setup" in early.stderr
    assert prowess("setup", home=home).returncode == 0

    looked = prowess("import-people", file, "--dry-run", home=home)
    assert "Added: 2\n  1  Ada Brandt" in looked.stdout
    assert "unit from “Department”" in looked.stdout
    taken = json.loads(prowess("import-people", file, "--json", home=home).stdout)
    assert (taken["taken"], len(taken["added"]), taken["leaving"]) == (True, 2, [])
    assert "Unchanged: 2" in prowess("import-people", file, home=home).stdout

    file.write_text(LIST.replace(",1\n", ",7\n"), encoding="utf-8")
    wrong = prowess("import-people", file, home=home)
    assert wrong.returncode == 2
    assert "people.csv, row 3, column “Manager”" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    for options in (["--column", "id"], ["--column", "id=Shoe"], ["--column", "shoe=Id"]):
        assert prowess("import-people", file, *options, home=home).returncode == 2
