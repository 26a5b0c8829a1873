"""Every address. Bokmål at the root, nynorsk below /nn/, English below /en/; the words after are the same."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config import health

urlpatterns = [
    path("readyz", health.ready, name="ready"),
    path("", include("toolbox.ui.urls_without_language")),
    path("api/v1/", include("toolbox.api.urls_without_language")),
    path("", include("toolbox.access.urls_without_language")),
    *i18n_patterns(
        path("", include("toolbox.mapping.urls")),  # first: each is tried in turn, and a visit is many pages
        path("", include("toolbox.guide.urls")),
        path("", include("toolbox.catalogue.urls")),
        path("", include("toolbox.directory.urls")),
        path("", include("toolbox.tools.urls")),
        path("", include("toolbox.api.urls")),
        path("", include("toolbox.outbox.urls")),
        path("", include("toolbox.access.urls")),
        path("", include("toolbox.access.company_urls")),
        path("", include("toolbox.publishing.urls")),
        path("", include("toolbox.desk.urls")),
        path("", include("toolbox.ui.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "toolbox.ui.errors.bad_request"
handler404 = "toolbox.ui.errors.not_found"
handler500 = "toolbox.ui.errors.server_error"
