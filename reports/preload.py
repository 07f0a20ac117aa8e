"""What the fork server of apart.py imports once, so that its forks need not. It opens no database connection.

An error here is not reported: every fork would then import everything itself.
"""

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from reports.writers import pdf, pdf_compilation  # noqa: F401  (after the set-up)
