from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "toolbox.catalogue"
    label = "catalogue"
