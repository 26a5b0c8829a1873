from django.apps import AppConfig


class ToolsConfig(AppConfig):
    name = "toolbox.tools"
    label = "tools"

    def ready(self) -> None:
        """A tool that cannot be used stops the start, and the message says what to write instead."""
        from toolbox.tools.read import tools_of_files

        tools_of_files()
