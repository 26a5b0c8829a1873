"""The site's addresses, and an empty view that passes through the same middleware as every other."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.route_roles import ROUTES, Route
from config.urls import handler400, handler404, handler500
from config.urls import urlpatterns as declared


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


ROUTES["empty"] = Route("empty")
urlpatterns = [path("tom/", empty, name="empty"), *declared]

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]
