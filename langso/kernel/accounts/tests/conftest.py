import pytest


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    """Real hashes take half a second each on purpose; nothing here tests their strength."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
