"""Real files, broken in every way: each is read, or told in a sentence; none crashes or hangs."""

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prowess.exchange import format_named, formats
from prowess.framework.errors import InputError
from tests.shared_data import shared_path

REAL = {
    "case": "case-opensalt/opensalt-framework-20c5134f.json",
    "ctdl-asn": "ctdl-asn/credentialengine-sample-1.derived.json",
    "hr-open": "hropen/LER-RS_V2_UC010_applying.json",
}
ODD = st.sampled_from([None, True, 0, -1, 1e308, "", " ", "x", "\u0000", "\ud800", [], {}, [[]], {"": None}, ["a", 1]])


@cache
def content_of(relative: str) -> str:
    return shared_path(f"data/interop/{relative}").read_text("utf-8")


def put_somewhere(content: Any, value: Any, data: st.DataObject) -> Any:
    """The content with one value, however deep, replaced, taken out, or twice."""
    if isinstance(content, dict) and content and data.draw(st.integers(0, 5)):
        name = data.draw(st.sampled_from(sorted(content)))
        return {**content, name: put_somewhere(content[name], value, data)}
    if isinstance(content, list) and content and data.draw(st.integers(0, 5)):
        place = data.draw(st.integers(0, len(content) - 1))
        inner = put_somewhere(content[place], value, data)
        return [*content[:place], inner, *content[place + data.draw(st.integers(0, 1)) :]]
    return value


def is_read_or_told(name: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "broken.json"
        path.write_bytes(content)
        try:
            reading = format_named(name).read(path)
        except InputError:
            return
        reading.summary()
        format_named(name).write(reading.framework, Path(folder) / "again.json")


@pytest.mark.parametrize("name", REAL)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_odd_values_anywhere_are_read_or_told(name: str, data: st.DataObject) -> None:
    if name not in formats():
        pytest.skip(f"{name} is not installed")
    content = json.loads(content_of(REAL[name]))
    for _ in range(data.draw(st.integers(1, 4))):
        content = put_somewhere(content, data.draw(ODD), data)
    is_read_or_told(name, json.dumps(content).encode())


@pytest.mark.parametrize("name", REAL)
@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_bytes_cut_off_or_changed_are_read_or_told(name: str, data: st.DataObject) -> None:
    if name not in formats():
        pytest.skip(f"{name} is not installed")
    content = content_of(REAL[name]).encode(data.draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])))
    cut = data.draw(st.integers(0, len(content)))
    is_read_or_told(
        name, content[:cut] + data.draw(st.binary(max_size=3)) + content[cut + data.draw(st.integers(0, 9)) :]
    )
