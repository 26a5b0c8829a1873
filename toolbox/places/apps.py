from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "toolbox.places"
    label = "places"
