"""File names and contents tell the format."""

from pathlib import Path

import pytest

from prowess.exchange import format_to_read, format_to_write
from tests.cast import small_framework


@pytest.mark.parametrize("name", ["a.case.json", "a.jsonld", "a.rsd.json", "a.rsd.csv", "a.hropen.json", "a.yaml"])
def test_what_was_converted_is_recognised_again(name: str, tmp_path: Path) -> None:
    writer = format_to_write(tmp_path / name)
    writer.write(small_framework(), tmp_path / name)
    assert format_to_read(tmp_path / name) is writer
