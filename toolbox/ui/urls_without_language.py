"""Addresses that are the same in every language."""

from django.urls import path

from toolbox.ui import views

app_name = "site"
urlpatterns = [
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("sprak/<str:code>/", views.language, name="language"),
]
