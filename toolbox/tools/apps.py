from django.apps import AppConfig


class ToolsConfig(AppConfig):
    name = "toolbox.tools"
    label = "tools"
