"""Finn hjelp."""

from django.urls import path

from toolbox.directory import views

app_name = "directory"
urlpatterns = [
    path("finn-hjelp/", views.helper_list, name="list"),
    path("finn-hjelp/<slug:slug>/", views.helper, name="helper"),
]
