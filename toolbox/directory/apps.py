from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "toolbox.directory"
    label = "directory"
