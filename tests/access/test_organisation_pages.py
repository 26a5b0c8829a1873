"""Every page about organisations and invitations: whole, light, easy to read, in three languages."""

from __future__ import annotations

import html5lib
import pytest

from tests.access.people import NOON, account, link_to, member, organisation, signed_in
from tests.readability import measure, sentences_of
from toolbox.access.models import StaffMember
from toolbox.access.organisation_models import Invitation, Membership, Organisation, Role
from toolbox.ui.texts import compile_all

pytestmark = [pytest.mark.django_db]

#: Names are not our words, nor are those nobody can do without.
NAMES = ["Enhetsregisteret", "Einingsregisteret", "Inkluderingsverktøykassen", "organisasjonsnummer"]


@pytest.fixture(autouse=True, scope="session")
def _texts_compiled() -> None:
    compile_all()


def pages() -> dict[str, tuple[str, dict[str, str] | None]]:
    """Name → path and what is posted to it, as Mette, who is an administrator and an editor, meets them."""
    where = organisation(confirmed=True)
    mette, ola = member(where, "mette", administrator=True), member(where, "ola")
    member(where, "pia", Role.PARTICIPANT)
    Organisation.objects.update(registered_on=where.confirmed_on, place="HALDEN", parent="910000004")
    other, closed = organisation(name="En annen"), organisation(name="En gammel")
    Organisation.objects.filter(pk=closed.pk).update(closing=True)
    member(closed, "mette", administrator=True)
    safe, doubted, mine = organisation(name="En sikker", confirmed=True), organisation(), organisation()
    member(mine, "mette", administrator=True)
    Organisation.objects.filter(pk__in=(doubted.pk, mine.pk)).update(
        withdrawn_on=NOON.date(), withdrawn_because="Nummeret er en annens."
    )
    StaffMember.objects.create(account=mette.account, role="editor")
    here, form = f"/bedrift/{where.pk}/", {"epost": "bjorn@example.org", "rolle": "mentor", "sprak": "nb"}
    browser = signed_in(mette.account)
    browser.post(f"{here}inviter/", {**form, "nokkel": "a" * 24})
    link = link_to("bjorn@example.org")
    for key in "bc":
        browser.post(f"{here}inviter/", {**form, "epost": f"{key}@example.org", "nokkel": key * 24})
    Invitation.objects.filter(email="b@example.org").update(answer="declined")
    Invitation.objects.filter(email="c@example.org").update(answer="not_me", email="")
    number = {"slag": "company", "nummer": "910000012", "nokkel": "k" * 24}
    return {
        "mine": ("/bedrift/", None),
        "start": ("/bedrift/ny/", None),
        "start with an error": ("/bedrift/ny/", {**number, "nummer": "1"}),
        "by hand": ("/bedrift/ny/", number),
        "company": (here, None),
        "a closed one": (f"/bedrift/{closed.pk}/", None),
        "closed to invitations": (f"/bedrift/{closed.pk}/inviter/", None),
        "invite": (f"{here}inviter/", None),
        "invite with errors": (f"{here}inviter/", {"nokkel": "k" * 24}),
        "invited": (f"{here}inviter/", {**form, "epost": "d@example.org", "nokkel": "d" * 24}),
        "register": (f"{here}register/", {}),
        "member": (f"{here}medlem/{ola.pk}/", None),
        "remove": (f"{here}medlem/{ola.pk}/avslutt/", None),
        "leave": (f"{here}medlem/{mette.pk}/avslutt/", None),
        "alone": (f"/bedrift/{closed.pk}/medlem/{_in(closed).pk}/avslutt/", None),
        "invitation": (link, None),
        "accept": (f"{link}godta/", None),
        "refused": ("/invitasjon/svart/", None),
        "unconfirmed": ("/bedrift/bekreft/", None),
        "confirm": (f"/bedrift/bekreft/{other.pk}/", None),
        "confirm again": (f"/bedrift/bekreft/{doubted.pk}/", None),
        "doubted": (f"/bedrift/{mine.pk}/", None),
        "confirmed": ("/bedrift/bekreftet/", None),
        "confirmed, no such number": ("/bedrift/bekreftet/?nummer=1", None),
        "withdraw": (f"/bedrift/bekreftet/{safe.pk}/", None),
    }


def _in(where: Organisation) -> Membership:
    return where.memberships.get()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_is_whole_light_and_easy_to_read(language):
    found = pages()
    browser = signed_in(account("mette"))
    problems = []
    for name, (path, posted) in found.items():
        address = path if language == "nb" else f"/{language}{path}"
        answer = browser.get(address) if posted is None else browser.post(address, posted)
        assert answer.status_code == 200, (name, answer.status_code)
        html = answer.content.decode()
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(html)
        problems += [f"{name}: {error}" for error in parser.errors]
        problems += [f"{name}: {len(list(root.iter('h1')))} h1"] if len(list(root.iter("h1"))) != 1 else []
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        problems += [f"{name}: two of one id"] if len(ids) != len(set(ids)) else []
        problems += [f"{name}: {len(html)} bytes"] if len(html) > 60_000 else []
        lix = measure(sentences_of(html, NAMES)).lix
        aim = 35 if name in ("invitation", "accept", "refused") else 40
        problems += [f"{name}: lix {lix:.0f}"] if language != "en" and lix > aim else []
        if language != "nb":
            problems += [f"{name}: {word}" for word in ("Ikke bekreftet", "Vi henter") if word in html]
    assert not problems, "\n".join(problems)
