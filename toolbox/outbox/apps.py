from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "toolbox.outbox"
    label = "outbox"
