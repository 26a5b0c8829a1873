from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "toolbox.publishing"
    label = "publishing"
