"""What a web process need not hold: libraries of rare acts are loaded by the process that comes to need them."""

import subprocess
import sys

RARE = ("fpdf", "icalendar", "openpyxl", "rapidfuzz", "xlsxwriter")
LOADED = """
import django, sys
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_libraries_of_rare_acts_are_not_loaded_at_the_start() -> None:
    told = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True).stdout.split()
    assert "wagtail" in told
    assert set(told) & set(RARE) == set()
