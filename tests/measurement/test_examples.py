import doctest
import importlib

import pytest

MODULES = ("agreement.krippendorff", "agreement.intraclass", "generalizability.components", "generalizability.decision")


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_the_documentation_give_what_they_say(module):
    result = doctest.testmod(importlib.import_module(f"prowess.measurement.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
