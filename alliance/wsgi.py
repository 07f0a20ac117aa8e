"""The portal as a WSGI application: `gunicorn alliance.wsgi`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from alliance import private_files, static_files

private_files.set_umask()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
try:
    application = get_wsgi_application()
    static_files.check()
except ImproperlyConfigured as reason:
    sys.exit(f"A setting is wrong: {reason}")
