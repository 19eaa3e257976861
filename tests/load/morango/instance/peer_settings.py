"""A Django 3.2 site with Morango and the diary's tables; everything it keeps is the file `PEER_DATABASE`."""

import os

SECRET_KEY = "only for measuring"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PEER_DATABASE"], "OPTIONS": {"timeout": 60}}
}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "mptt",
    "morango",
    "fielddiary",
]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
"""It gives every answer its length, without which Django's server closes the connection after each."""
ROOT_URLCONF = "morango.urls"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
    "loggers": {name: {"level": "ERROR"} for name in ("morango", "django.server")},
}
