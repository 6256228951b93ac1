import re
import signal
import socket
import subprocess
import time
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.cli.running import PROWESS, prowess

pytestmark = pytest.mark.slow


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_setting_up_twice_changes_nothing(tmp_path):
    first, second = prowess("setup", home=tmp_path), prowess("setup", home=tmp_path)
    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert first.stdout == second.stdout
    assert "competencies" in first.stdout


def test_setting_up_goes_on_after_an_interruption(tmp_path):
    process = subprocess.Popen([PROWESS, "setup"], env={"PROWESS_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
    time.sleep(2.5)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = prowess("setup", home=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_first_user_is_added_from_the_command_line(tmp_path):
    prowess("setup", home=tmp_path)
    options = ("--kind", "talent-lead", "--password", "a quiet harbour 41")
    done = prowess("add-user", "ada@example.org", *options, home=tmp_path)
    assert "Talent lead" in done.stdout
    again = prowess("add-user", "ada@example.org", *options, home=tmp_path)
    assert again.returncode == 2
    assert "already signs in" in again.stderr
    assert prowess("add-user", "bo@example.org", "--kind", "king", home=tmp_path).returncode == 2


def test_the_demonstration_is_served_with_its_printed_sign_in(tmp_path):
    port = _free_port()
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [PROWESS, "demo", "--port", str(port)],
            env={"PROWESS_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + 120
        while "Open http" not in log.read_text() and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.3)
        printed = log.read_text()
        email, password = re.search(r"Talent lead: (\S+)\s+password: (\S+)", printed).groups()
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        address = f"http://127.0.0.1:{port}"
        page = _patiently(browser, f"{address}/account/sign-in/")
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        data = urlencode({"csrfmiddlewaretoken": token, "login": email, "password": password}).encode()
        start = browser.open(f"{address}/account/sign-in/", data).read().decode()
        assert "Amara Okafor" in start
        assert "Good to see you" in start
        assert browser.open(f"{address}/roles/").read().decode().count("<tr>") > 5
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert "Traceback" not in log.read_text()


def _patiently(browser, url):
    for _ in range(50):
        try:
            return browser.open(url).read().decode()
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"{url} does not answer")


def test_a_port_in_use_is_told_in_a_sentence(tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        done = prowess("serve", "--port", holder.getsockname()[1], home=tmp_path)
    assert done.returncode == 2
    assert "Cannot listen" in done.stderr
