"""The settings of an installation, with the benchmark's empty views added to its addresses."""

from prowess.web.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.pages.site_urls"
