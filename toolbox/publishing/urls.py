"""Where readers report an error, and read the answer."""

from django.urls import path

from toolbox.publishing import report_views

app_name = "publishing"
urlpatterns = [
    path("meld-feil/", report_views.report, name="report"),
    path("meld-feil/takk/", report_views.reported, name="reported"),
    path("meld-feil/svar/<str:token>/", report_views.answer, name="answer"),
]
