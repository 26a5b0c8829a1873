"""The editors' own pages."""

from django.urls import path

from toolbox.desk import rate_views, views

app_name = "desk"
urlpatterns = [
    path("redaksjon/", views.front, name="front"),
    path("redaksjon/meldinger/<int:pk>/", views.report, name="report"),
    path("redaksjon/satser/", rate_views.rates, name="rates"),
    path("redaksjon/satser/<str:key>/", rate_views.rate, name="rate"),
    path("redaksjon/satsendring/<int:pk>/", rate_views.change, name="rate_change"),
    path("redaksjon/satsendring/<int:pk>/godkjenn/", rate_views.approve, name="rate_approve"),
    path("redaksjon/satsendring/<int:pk>/avvis/", rate_views.decline, name="rate_decline"),
    path("redaksjon/satsendring/<int:pk>/angre/", rate_views.undo, name="rate_undo"),
]
