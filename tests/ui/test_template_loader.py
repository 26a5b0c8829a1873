"""Templates read once a language: the same page as Django's own loader gives, with less left to do."""

import pytest
from django.template.loader import get_template
from django.utils import translation

from toolbox.ui.template_loader import written_in


@pytest.mark.parametrize(("language", "text"), [("nb", "Neste"), ("nn", "Neste"), ("en", "Next")])
def test_a_text_is_written_in_in_the_readers_language(language, text):
    with translation.override(language):
        assert written_in('{% translate "Neste" %}') == text


def test_an_address_is_written_in_in_the_readers_language():
    with translation.override("nn"):
        assert written_in('{% url "guide:start" %}') == "/nn/start-her/"


@pytest.mark.parametrize(
    "tag",
    [
        '{% translate "Neste" as next %}',
        "{% translate heading %}",
        '{% url "catalogue:measure" slug %}',
        '{% include "ui/verdict.html" with state=state %}',
        "{{ name }}",
    ],
)
def test_what_may_differ_from_reader_to_reader_is_left_alone(tag):
    assert written_in(tag) == tag


def test_each_language_keeps_a_template_of_its_own():
    pages = {}
    for language in ("nb", "nn"):
        with translation.override(language):
            pages[language] = get_template("ui/errors/gone.html").template.source
    assert pages["nb"] != pages["nn"]


def test_marks_in_a_text_stay_text():
    with translation.override("nb"):
        assert written_in('{% translate "a < b & c" %}') == "a &lt; b &amp; c"
