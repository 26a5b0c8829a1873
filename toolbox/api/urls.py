"""The page that says how programs ask."""

from django.urls import path

from toolbox.api import documentation

app_name = "api"
urlpatterns = [path("api/", documentation.documentation, name="documentation")]
