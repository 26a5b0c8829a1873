from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "toolbox.guide"
    label = "guide"
