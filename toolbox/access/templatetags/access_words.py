"""How organisations are written."""

from django import template

from toolbox.access import org_number

register = template.Library()

register.filter("spaced", org_number.spaced)
