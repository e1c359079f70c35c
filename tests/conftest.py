"""Settings of all tests."""

import os

from hypothesis import settings

# What users have who install no extra; test_libraries.py has the others.
os.environ.setdefault("RESCALE_HTC_TRANSPORT", "httpx")

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
