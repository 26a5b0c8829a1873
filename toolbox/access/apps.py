from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "toolbox.access"
    label = "access"
