"""What readers report lies on the editors' desk until somebody has answered."""

from __future__ import annotations

from datetime import date

import pytest

from tests.desk.test_rates import said
from toolbox.publishing import reports

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def report(db):
    return reports.receive(
        "k" * 24,
        page="/stotte/mentor/",
        text="Timetallet er feil <i>her</i>.",
        email="mette@firma.no",
        language="nn",
        on=date(2026, 11, 23),
    )


def test_the_desk_tells_what_was_reported_what_waits_and_what_is_due(kari, at_desk, report, propose):
    propose(kari)
    shown = said(at_desk(kari).get("/redaksjon/"))
    assert "Timetallet er feil" in shown and "/stotte/mentor/" in shown and "ønsker svar" in shown
    assert "mette@firma.no" not in shown
    assert "Arbeidsgiveravgift i sone 1: 15,1 prosent" in shown
    # Set to New Year, and it is November.
    assert "Skal kontrolleres" in shown and "til og med 31. desember 2026" in shown


def test_an_editor_answers_and_the_report_leaves_the_desk(kari, ola, at_desk, report):
    browser, where = at_desk(kari), f"/redaksjon/meldinger/{report.pk}/"
    page = browser.get(where)
    assert "Skriv på nynorsk." in said(page) and "&lt;i&gt;her&lt;/i&gt;" in page.content.decode()
    assert browser.post(where, {"svar": ""}).status_code == 422
    assert browser.post(where, {"svar": "Retta i dag."}).status_code == 302
    assert "Timetallet" not in said(browser.get("/redaksjon/"))
    late = at_desk(ola).post(where, {"svar": "Nei."})
    assert late.status_code == 409 and "Retta i dag." in said(late)


def test_only_editors_see_reports(client, report):
    for where in ("/redaksjon/", f"/redaksjon/meldinger/{report.pk}/"):
        assert client.get(where).status_code == 302
