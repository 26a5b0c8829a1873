"""A company's mapping: from the first question to sending in."""

from django.urls import path

from toolbox.mapping import views

app_name = "mapping"
urlpatterns = [
    path("kartlegg/", views.start, name="start"),
    path("kartlegg/om/", views.about, name="about"),
    path("kartlegg/fortsett/", views.resume, name="resume"),
    path("kartlegg/slettet/", views.deleted, name="deleted"),
    path("kartlegg/<str:token>/senere/", views.later, name="later"),
    path("kartlegg/<str:token>/svar/", views.check, name="check"),
    path("kartlegg/<str:token>/send-inn/", views.submit, name="submit"),
    path("kartlegg/<str:token>/alle-sporsmal/", views.go_on, name="go_on"),
    path("kartlegg/<str:token>/slett/", views.delete, name="delete"),
    path("kartlegg/<str:token>/<slug:page>/", views.page, name="page"),
]
