import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import prowess

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_generated_reference_is_up_to_date():
    script = ROOT / "scripts/make_reference.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.slow
def test_the_readmes_command_lines_do_what_it_shows(tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (tmp_path / "job.txt").write_bytes(
        (ROOT / "src/prowess/starter/demonstration/jobs/customer-support-officer.txt").read_bytes()
    )
    session = text.split("## The main job, from the command line")[1].split("```")[1]
    commands = re.findall(r"^\$ (.+)$", session, re.MULTILINE)
    assert len(commands) == 5
    shown = ""
    for command in commands:
        words = shlex.split(command)
        done = prowess(*words[1:], cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        shown += done.stdout
    for line in session.splitlines():
        if line.strip() and not line.startswith("$ ") and line.strip() != "…":
            assert " ".join(line.split()) in " ".join(shown.split()), line
