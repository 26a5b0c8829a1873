"""P14: a report of an error goes when nobody can read the answer any more, and only when told to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from toolbox.console import main
from toolbox.publishing import reports
from toolbox.publishing.models import ErrorReport
from toolbox.ui.clock import today

pytestmark = pytest.mark.database


def report(reported_on: date) -> ErrorReport:
    return ErrorReport.objects.create(
        form_key=reported_on.isoformat(),
        page="/om/",
        text="Satsen er gammel.",
        language="nb",
        reported_on=reported_on,
    )


@pytest.mark.django_db
def test_P14_a_report_is_kept_to_its_last_day_and_deleted_the_day_after(capsys):
    on = today()
    last = report(on - reports.REPORT_KEPT)
    report(on - reports.REPORT_KEPT - timedelta(days=1))
    main(["purge"])
    assert "reports of errors: 1 expired" in capsys.readouterr().out
    assert ErrorReport.objects.count() == 2
    main(["purge", "--delete"])
    assert list(ErrorReport.objects.all()) == [last]
