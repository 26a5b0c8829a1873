from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "toolbox.ui"
    label = "ui"
