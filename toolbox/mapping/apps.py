from django.apps import AppConfig


class MappingConfig(AppConfig):
    name = "toolbox.mapping"
    label = "mapping"
