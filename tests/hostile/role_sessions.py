"""People of every role, signed in on a running site.

`python -m tests.hostile.role_sessions 30` with the site's DATABASE_URL makes thirty people of each role, with
a session each, and tells their cookies: {"editor": ["…", …], …}. Many, because a form may end the session
that sends it, and every other session of its account.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import count
from random import randrange

from tests.served_site import PROJECT, Site

STAFF = ("editor", "programme_owner", "operator")
#: The roles that come with belonging to an organisation, and the kind of organisation that gives them.
MEMBERS = {
    "company_member": "company",
    "mentor": "company",
    "participant": "company",
    "adviser": "nav_office",
    "provider": "provider",
}
ROLES = ("visitor", "signed_in", *MEMBERS, *STAFF)


def cookies(site: Site, each: int) -> dict[str, list[str]]:
    """Session cookies of `each` people of every role but visitor, who has none."""
    told = subprocess.run(
        [sys.executable, "-m", __name__, str(each)],
        env=os.environ | {"DATABASE_URL": site.database_url},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    found: dict[str, list[str]] = json.loads(told.stdout)
    return found


def _made(each: int) -> dict[str, list[str]]:
    from django.db import transaction

    numbers = count(randrange(10**8))  # other tests may have asked on the same site
    with transaction.atomic():
        return {
            role: [_cookie_of(role, next(numbers)) for _person in range(each)]
            for role in ROLES
            if role != "visitor"
        }


def _cookie_of(role: str, number: int) -> str:
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from toolbox.access.models import Account, StaffMember
    from toolbox.access.queries import roles_of
    from toolbox.access.sessions import sign_in
    from toolbox.ui.clock import now

    account = Account.objects.create(email=f"{role}-{number}@crawl.example")
    if role in STAFF:
        StaffMember.objects.create(account=account, role=role)
    if role in MEMBERS:
        _join(account, role, number)
    assert roles_of(account) == {"signed_in", role} - {"visitor"}, roles_of(account)
    request = HttpRequest()
    request.session = SessionStore()  # type: ignore[assignment]
    sign_in(request, account, way="demo", now=now(), own_machine=True)
    request.session.save()
    assert request.session.session_key
    return request.session.session_key


def _join(account, role: str, number: int) -> None:  # type: ignore[no-untyped-def]
    from toolbox.access.organisation_models import Membership, Organisation, Way
    from toolbox.ui.clock import now, today

    organisation = Organisation.objects.create(
        form_key=f"crawl-{number}",
        kind=MEMBERS[role],
        number=f"{number:09}",
        name="Krypende AS",
        created_at=now(),
        confirmed_on=today(),
        confirmed_by_way=Way.ANSATTPORTEN,
    )
    Membership.objects.create(organisation=organisation, account=account, role=role, since=now())


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_made(int(sys.argv[1]))))
