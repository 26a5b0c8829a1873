"""Whether this installation is ready, for whoever watches it."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from toolbox.outbox.queue import troubles


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and is migrated; 503 names what is wrong.

    Mail that does not get out is told of in lines after the first, and still 200: the pages work, and a proxy
    that took this node away would only add to the trouble.
    """
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        told = [] if waiting else troubles(timezone.now())
    except Exception:
        return HttpResponse("database does not answer", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migrations are waiting", status=503, content_type="text/plain")
    lines = ["ready", *(f"outbox: {line}" for line in told)]
    return HttpResponse("\n".join(lines), content_type="text/plain")
