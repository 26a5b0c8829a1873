from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "toolbox.desk"
    label = "desk"
