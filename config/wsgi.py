"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from toolbox.ui import steps  # noqa: E402  (it has a table, so Django must be set up)

steps.write_regularly()
