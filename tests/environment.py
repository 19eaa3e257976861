"""Loaded before Django (`-p tests.environment`): each worker of a test run keeps everything in a folder of its own, so
that one that empties its cache takes nothing from another, and what Python compiles beside its sources, also where the
environment forbids that: dozens of processes read the whole house."""

import atexit
import os
import shutil
import sys
import tempfile

if "LANGSO_TEST_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="langso-test-")
    os.environ["LANGSO_TEST_DATA"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["LANGSO_DATA"] = os.path.join(os.environ["LANGSO_TEST_DATA"], worker)
os.environ["LANGSO_SMS"] = "fake"
os.environ["LANGSO_SECRET_KEY"] = "only-for-tests"

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
