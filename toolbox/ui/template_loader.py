"""Templates read once a language, with everything that is the same for every reader already written in.

A `{% translate "…" %}`, a `{% blocktranslate trimmed %}` without variables, a `{% static "…" %}`,
`{% icon "…" %}` or `{% url "…" %}` without arguments gives the same text on every page in one language, and
an `{% include "…" %}` without arguments the same template.
Django works each out anew for every reader, and half the time of a page goes there. This loader works them
out when the template is read, so that what is left to do is what differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.template import Origin, TemplateDoesNotExist
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language, gettext, trim_whitespace

from toolbox.ui.components import icon

_INCLUDE = re.compile(r'\{% include "([\w/.]+)" %\}')

_UNVARIED = re.compile(r"\{% blocktranslate trimmed %\}([^{]*)\{% endblocktranslate %\}")

_ALIKE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r'\{% translate "([^"]*)" %\}'), lambda found: escape(gettext(found[1]))),
    (_UNVARIED, lambda found: gettext(trim_whitespace(found[1]))),
    (re.compile(r'\{% static "([^"]+)" %\}'), lambda found: static(found[1])),
    (re.compile(r'\{% icon "([a-z-]+)" %\}'), lambda found: icon(found[1])),
    (re.compile(r'\{% icon "([a-z-]+)" "([a-z ]*)" %\}'), lambda found: icon(found[1], found[2])),
    (re.compile(r'\{% url "([a-z_:]+)" %\}'), lambda found: reverse(found[1])),
)


def written_in(source: str) -> str:
    """The template with all that never differs in the active language written into it."""
    for tag, text in _ALIKE:
        source = tag.sub(text, source)
    return source


class Loader(CachedLoader):
    """Django's own keeping loader, keeping one template for each language."""

    def get_contents(self, origin: Origin) -> str:
        whole = _INCLUDE.sub(self._included, super().get_contents(origin))
        return written_in(whole)

    def _included(self, found: re.Match[str]) -> str:
        for origin in self.get_template_sources(found[1]):
            try:
                return _INCLUDE.sub(self._included, origin.loader.get_contents(origin))  # type: ignore[union-attr]
            except TemplateDoesNotExist:
                continue
        raise TemplateDoesNotExist(found[1])

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        return f"{get_language()}:{super().cache_key(template_name, skip)}"
