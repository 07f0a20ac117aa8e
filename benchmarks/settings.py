"""The portal's settings with two more URLs and one more folder of static files."""

import os

from alliance.settings import *  # noqa: F403
from alliance.settings import STATICFILES_DIRS

ROOT_URLCONF = "benchmarks.urls"
STATICFILES_DIRS = [*STATICFILES_DIRS, *filter(None, [os.environ.get("BENCHMARK_STATIC")])]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
