"""Pages about the site itself."""

from django.urls import path

from toolbox.ui import views

app_name = "ui"
urlpatterns = [
    path("om/", views.about, name="about"),
    path("personvern/", views.privacy, name="privacy"),
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
    path("informasjonskapsler/", views.cookies, name="cookies"),
    path("kontakt/", views.contact, name="contact"),
    path("komponenter/", views.gallery, name="gallery"),
]
