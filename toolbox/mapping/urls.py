"""A company's mapping: from the first question to sending in."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from toolbox.mapping import views
from toolbox.mapping.pages import SLUGS


class QuestionPage(StringConverter):
    """A page of questions, and none of the other pages that lie below a mapping's address."""

    regex = "|".join(SLUGS)


register_converter(QuestionPage, "question_page")

app_name = "mapping"
urlpatterns = [
    path("kartlegg/<str:token>/<question_page:page>/", views.page, name="page"),
    path("kartlegg/", views.start, name="start"),
    path("kartlegg/om/", views.about, name="about"),
    path("kartlegg/fortsett/", views.resume, name="resume"),
    path("kartlegg/slettet/", views.deleted, name="deleted"),
    path("kartlegg/<str:token>/senere/", views.later, name="later"),
    path("kartlegg/<str:token>/svar/", views.check, name="check"),
    path("kartlegg/<str:token>/send-inn/", views.submit, name="submit"),
    path("kartlegg/<str:token>/alle-sporsmal/", views.go_on, name="go_on"),
    path("kartlegg/<str:token>/slett/", views.delete, name="delete"),
]
