"""Verktøyene: alle, og ett om gangen."""

from django.urls import path

from toolbox.tools import views

app_name = "tools"
urlpatterns = [
    path("verktoy/", views.tools, name="list"),
    path("verktoy/<slug:slug>/", views.tool, name="tool"),
]
