"""The catalogue's pages: each asks one question and shows the answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def toolbox(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/toolbox.html")


def measures(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/measures.html")


def measure(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "catalogue/measure.html", {"slug": slug})


def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/asked.html")


def under_way(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/under_way.html")
