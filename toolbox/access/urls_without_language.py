"""The way back from an identity provider: one in all languages, because it is registered there."""

from django.urls import path

from toolbox.access import views

app_name = "identity"
urlpatterns = [path("logg-inn/tilbake/<slug:provider>/", views.identity_back, name="back")]
