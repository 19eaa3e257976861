"""Loaded before Django (`-p tests.environment`): a test run keeps everything in a folder of its own."""

import atexit
import os
import shutil
import tempfile

if "LANGSO_TEST_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="langso-test-")
    os.environ["LANGSO_TEST_DATA"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

os.environ["LANGSO_DATA"] = os.environ["LANGSO_TEST_DATA"]
os.environ["LANGSO_SMS"] = "fake"
os.environ["LANGSO_SECRET_KEY"] = "only-for-tests"
