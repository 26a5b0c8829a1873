"""Addresses that are the same in every language."""

from django.urls import path

from toolbox.ui import policy_reports, views

app_name = "site"
urlpatterns = [
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("regelbrudd/", policy_reports.report, name="policy_report"),
    path("sprak/<str:code>/", views.language, name="language"),
]
