#!/usr/bin/env python
"""Django's own command line. People use `toolbox` and `make`; this is for makemigrations and the shell."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
