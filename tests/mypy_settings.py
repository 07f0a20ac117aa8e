"""The portal's settings for mypy's Django plugin.

django-modeltranslation replaces the managers of translated models at run time by classes that mypy cannot find, so the
plugin loads the models without it. The admin is not discovered, because its classes need modeltranslation.
"""

import os

os.environ.setdefault("SECRET_KEY", "only-for-mypy")

from alliance.settings import *  # noqa: F403
from alliance.settings import INSTALLED_APPS as PORTAL_APPS

OTHERWISE = {"django.contrib.admin": "django.contrib.admin.apps.SimpleAdminConfig"}
INSTALLED_APPS = [OTHERWISE.get(app, app) for app in PORTAL_APPS if app != "modeltranslation"]
