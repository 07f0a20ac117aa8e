"""The portal as a WSGI application: `gunicorn alliance.wsgi`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # nobody else reads what the server writes
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as reason:
    sys.exit(f"A setting is wrong: {reason}")
