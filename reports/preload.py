"""What the fork server of apart.py imports once, so that its forks need not. It opens no database connection.

An error here is not reported: every fork would then import everything itself.
"""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
if not apps.ready:
    django.setup()

from reports.readers import opendocument, pdf, rtf, web, word, xliff  # noqa: F401  (after the set-up)
from reports.writers import pdf as official_pdf  # noqa: F401
from reports.writers import pdf_compilation  # noqa: F401
