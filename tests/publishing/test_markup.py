"""T15, T16: what editors write is text, a little markup is read, and the rest is told before it is saved."""

from __future__ import annotations

import time

import pytest
from django.utils.translation import override

from toolbox.publishing.markup import html, problems


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ett avsnitt\nover to linjer.\n\nEtt til.", "<p>Ett avsnitt over to linjer.</p>\n<p>Ett til.</p>"),
        (
            "## Fredag\n\n- Klokka ni\n- Klokka ti",
            "<h3>Fredag</h3>\n<ul><li>Klokka ni</li><li>Klokka ti</li></ul>",
        ),
        ("### Under", "<h4>Under</h4>"),
        ("Se [hva støtte koster](/regn-ut/).", '<p>Se <a href="/regn-ut/">hva støtte koster</a>.</p>'),
        (
            "[Navs sider](https://www.nav.no/x)",
            '<p><a href="https://www.nav.no/x">Navs sider (www.nav.no)</a></p>',
        ),
        ("Pris < 5 & mer", "<p>Pris &lt; 5 &amp; mer</p>"),
        ("", ""),
    ],
)
def test_the_markup_that_is_read(text, shown):
    assert html(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<svg onload=alert(1)>",
        "[klikk](javascript:alert(1))",
        "[klikk](data:text/html;base64,PHNjcmlwdD4=)",
        '[x](https://nav.no/"onclick="alert(1))',
        '<iframe src="https://ond.example/"></iframe><p style="color:red" target="_blank">',
        "[<b>x</b>](/regn-ut/)",
    ],
)
def test_T15_anything_else_is_shown_as_text(text):
    shown = html(text)
    for tag in (
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "<b>",
        'style="',
        'target="',
        'onclick="',
        'javascript:alert(1)"',
    ):
        assert tag not in shown, shown


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert",
        "JAVASCRIPT:alert",
        "data:text/html,hei",
        "http://nav.no/",
        "//ond.example/",
        "/borte/",
    ],
)
def test_T15_a_link_to_anything_but_a_page_is_no_link(address):
    assert html(f"[klikk]({address})") == f"<p>[klikk]({address})</p>"


def test_T15_an_address_cannot_leave_its_attribute():
    assert 'href="https://nav.no/&quot;onclick=&quot;x"' in html('[x](https://nav.no/"onclick="x)')


def test_T15_template_code_is_not_evaluated():
    assert html("{{7*7}} ${7*7}") == "<p>{{7*7}} ${7*7}</p>"


@pytest.mark.parametrize(
    "text", ["> " * 10_000, "[" * 10_000, "![" * 5_000, "<a" * 5_000, "# " * 9_000, "[a](" * 3_000]
)
def test_T16_nested_marks_are_read_in_no_time(text):
    began = time.perf_counter()
    html(text)
    problems(text)
    assert time.perf_counter() - began < 0.2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Hei <b>alle</b>", "html"),
        ("![bilde](/x.png)", "picture"),
        ("# Hovedsak", "main_heading"),
        ("### For langt ned", "heading_skipped"),
        ("## Greit\n\n#### For langt ned", "heading_skipped"),
        ("[Les mer](/regn-ut/)", "empty_link_words"),
        ("[her](/regn-ut/)", "empty_link_words"),
        ("[Click here.](/regn-ut/)", "empty_link_words"),
        ("[prisen](/finnes-ikke/)", "dead_link"),
        ("[prisen](//ond.example/)", "dead_link"),
        ("[prisen](http://nav.no/)", "wrong_address"),
        ("[prisen](javascript:alert)", "wrong_address"),
    ],
)
def test_what_must_be_put_right_is_found(text, problem):
    assert problem in [name for name, _words in problems(text)]


def test_a_text_without_fault_has_no_problems():
    text = "## Først\n\n### Så\n\nSe [kalkulatoren](/regn-ut/) og [Navs sider](https://www.nav.no/)."
    assert problems(text) == []


@pytest.mark.parametrize("spoken", ["nb", "nn", "en"])
@pytest.mark.parametrize("address", ["/regn-ut/", "/nn/regn-ut/", "/en/regn-ut/"])
def test_a_page_of_ours_is_there_whatever_language_is_spoken(spoken, address):
    with override(spoken):
        assert html(f"[Regn ut]({address})") == f'<p><a href="{address}">Regn ut</a></p>'
        assert not problems(f"[Regn ut]({address})")
        assert problems(f"[Regn ut]({address}finnes-ikke/)")
