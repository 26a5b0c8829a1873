"""T17: what breaks the content policy is reported, counted and logged; who, and on which page, is not."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.served_site import Site
from toolbox.ui import steps
from toolbox.ui.policy_reports import LONGEST_REPORT, REPORTS_A_MINUTE
from toolbox.ui.steps import StepCount

WHERE = "/regelbrudd/"
CANARY = "kari-canary-7f"
SAID = {
    "document-uri": f"https://example.org/lagret/{CANARY}/",
    "referrer": f"https://example.org/{CANARY}",
    "effective-directive": "script-src-elem",
    "violated-directive": "script-src-elem",
    "original-policy": "default-src 'self'",
    "blocked-uri": f"https://tracker.example/{CANARY}?{CANARY}",
    "script-sample": CANARY,
    "source-file": f"https://example.org/{CANARY}",
}


@pytest.fixture(autouse=True)
def _nothing_counted_before() -> Any:
    steps._counted.clear()
    yield
    steps._counted.clear()


@pytest.fixture
def tell(db: None, client: Client) -> Any:
    """Report the way a browser does: `tell(**{"blocked-uri": "inline"})`."""

    def told(body: Any = None, content_type: str = "application/csp-report", **changes: Any) -> int:
        body = json.dumps({"csp-report": {**SAID, **changes}}) if body is None else body
        return client.post(WHERE, body, content_type=content_type).status_code

    return told


@pytest.mark.parametrize(
    ("blocked", "logged"),
    [
        (SAID["blocked-uri"], "https://tracker.example"),
        ("inline", "inline"),
        ("data", "data"),
        (f"chrome-extension://{CANARY}/x.js", "chrome-extension"),
        (f"https://{CANARY}@tracker.example:8443/", "https://tracker.example"),
        (f"{CANARY} \n ERROR made up", "something unreadable"),
        ("https://<script>/", "something unreadable"),
    ],
)
def test_a_report_is_logged_by_directive_and_origin_and_nothing_else(tell, caplog, blocked, logged):
    with caplog.at_level(logging.WARNING):
        assert tell(**{"blocked-uri": blocked}) == 204
    [record] = [record for record in caplog.records if record.name == "toolbox.ui.policy_reports"]
    assert record.getMessage() == f"the content policy stopped script-src-elem of {logged}"
    assert CANARY not in caplog.text


@pytest.mark.django_db
@pytest.mark.database
def test_a_report_is_counted_a_day_and_only_the_limit_is_written_at_once(tell):
    with CaptureQueriesContext(connection) as asked:
        tell()
    assert CANARY not in str(asked.captured_queries)
    assert all("limits" in query["sql"] or "SAVEPOINT" in query["sql"] for query in asked.captured_queries)
    steps.write()
    assert StepCount.objects.get().step == "policy_broken" and StepCount.objects.get().count == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" ", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"csp-report": null}', 400),
        (b'{"csp-report": {}}', 400),
        (b'{"csp-report": {"effective-directive": "img-src", "blocked-uri": "http://[x"}}', 400),
        (b"[" * LONGEST_REPORT, 400),
        (b" " * (LONGEST_REPORT + 1), 413),
        (b"\xff\xfe", 400),
    ],
)
def test_what_is_no_report_is_refused_and_not_counted(tell, body, status):
    assert tell(body) == status and not steps._counted


def test_another_kind_of_content_is_refused(tell):
    assert tell(content_type="text/plain") == 415 and not steps._counted


def test_nobody_fills_the_log(tell):
    answers = [tell() for _each in range(REPORTS_A_MINUTE + 2)]
    assert answers == [204] * REPORTS_A_MINUTE + [429, 429]


def test_a_browser_reports_what_it_stops(browser: Any, site: Site) -> None:
    page = browser.new_page(base_url=site.url)
    page.goto("/om/")
    with page.expect_response(lambda answer: answer.url.endswith(WHERE)) as reported:
        page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: '1'}))")
    assert reported.value.status == 204
    page.close()
