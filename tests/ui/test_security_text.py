"""/.well-known/security.txt: whom to tell of a weakness."""

from __future__ import annotations

from datetime import date

ADDRESS = "/.well-known/security.txt"
OPERATOR = {"name": "Halden kommune", "email": "post@example.org", "url": "https://example.org/"}


def test_it_says_whom_to_tell_and_for_how_long(client, settings):
    settings.OPERATOR = {**settings.OPERATOR, **OPERATOR}
    settings.TOOLBOX_TODAY = date(2026, 11, 24)
    answer = client.get(ADDRESS)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:post@example.org",
        "Contact: https://example.org/",
        "Expires: 2027-05-23T00:00:00Z",
        "Preferred-Languages: nb, nn, en",
        f"Canonical: {settings.SITE_URL}{ADDRESS}",
    ]


def test_without_an_operator_there_is_nobody_to_tell(client, settings):
    settings.OPERATOR = dict.fromkeys(settings.OPERATOR, "")
    assert client.get(ADDRESS).status_code == 404
