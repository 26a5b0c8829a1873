"""One address of every type of page, for whatever must hold on all of them: markup, weight, words, axe."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.companies import CAFE
from tests.served_site import Site
from tests.visitor import in_language

NEED = "kommune=3101&arbeid=kitchen&andel=60"
LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class PageType:
    """`path` is the bokmål one.

    READ and MANAGE in it stand for the addresses of a saved result, MAPPING/ and MAPPED for those of a
    mapping that is sent in: its own, and the one to read.
    """

    name: str
    path: str
    status: int = 200
    posted: str | None = None

    def address(self, language: str, kept: Kept) -> str:
        path = self.path.replace("READ", kept.read).replace("MANAGE", kept.manage)
        path = path.replace("MAPPING/", kept.mapping).replace("MAPPED", kept.mapping_read)
        return in_language(path, language)


@dataclass(frozen=True, slots=True)
class Kept:
    """The paths of a saved result, and of a mapping that is sent in, in bokmål."""

    read: str
    manage: str
    mapping: str
    mapping_read: str


PAGE_TYPES = (
    PageType("front", "/"),
    PageType("doors", "/start-her/"),
    PageType("need", "/start-her/jeg-trenger-folk/"),
    PageType("need with errors", "/start-her/sjekk-svarene/?kommune=&andel=mange"),
    PageType("check", f"/start-her/sjekk-svarene/?{NEED}"),
    PageType("company", f"/start-her/mer-om-bedriften/?{NEED}"),
    PageType("result", f"/start-her/resultat/?{NEED}"),
    PageType("person", f"/start-her/om-personen/?{NEED}"),
    PageType("result with person", f"/start-her/om-personen/?{NEED}", posted="under30=ja&prosent=40"),
    PageType("save", f"/start-her/lagre/?{NEED}"),
    PageType("saved", "READ"),
    PageType("manage", "MANAGE"),
    PageType("revoked", "/lagret/slettet/"),
    PageType("mapping", "/kartlegg/"),
    PageType("mapping question", "MAPPING/folk/"),
    PageType("mapping facts", "MAPPING/bedriften/"),
    PageType("mapping several", "MAPPING/erfaring/"),
    PageType("mapping statements", "MAPPING/hverdagen/"),
    PageType("mapping check", "MAPPING/svar/"),
    PageType("mapping later", "MAPPING/senere/"),
    PageType("mapping delete", "MAPPING/slett/"),
    PageType("mapping deleted", "/kartlegg/slettet/"),
    PageType("mapping resume", "/kartlegg/fortsett/"),
    PageType("mapping about", "/kartlegg/om/"),
    PageType("mapped", "MAPPING/resultat/"),
    PageType("mapped to read", "MAPPED"),
    PageType("mapping plan", "MAPPING/plan/"),
    PageType("mapping reminder", "MAPPING/paminnelse/"),
    PageType("mapping again", "MAPPING/pa-nytt/"),
    PageType("asked", "/start-her/jeg-har-fatt-sporsmal/"),
    PageType("under way", "/start-her/vi-har-noen-i-gang/"),
    PageType("risks", "/hva-er-risikoen/"),
    PageType("toolbox", "/verktoykassen/"),
    PageType("tools", "/verktoy/"),
    PageType("no tools", "/verktoy/?sok=ubat&omrade=x"),
    PageType("tool", "/verktoy/avtal-en-proveperiode-med-beslutningsdato/"),
    PageType("measures", "/stotte/"),
    PageType("no measures", "/stotte/?behov=sprak&far=utstyr"),
    PageType("measure", "/stotte/midlertidig-lonnstilskudd/"),
    PageType("measure little known", "/stotte/gront-arbeid-og-jobbmestring/"),
    PageType("calculator", "/regn-ut/"),
    PageType("calculator with errors", "/regn-ut/overslag/?kommune=&lonn=1e3&start=31.2.2027"),
    PageType("estimate", f"/regn-ut/overslag/?{NEED}"),
    PageType("sheet", f"/regn-ut/kostnad-og-risiko/?{NEED}"),
    PageType("uncertainty", f"/regn-ut/usikkerhet/?{NEED}"),
    PageType("uncertainty with errors", f"/regn-ut/usikkerhet/?{NEED}&grense=mye&prod_plateau.low=95"),
    PageType("refund", f"/regn-ut/refusjon/?{NEED}"),
    PageType("refund with errors", f"/regn-ut/refusjon/?{NEED}&maned=2020-01&utbetalt=mye"),
    PageType("hand over", f"/regn-ut/til-avtalen/?{NEED}"),
    PageType("helpers", "/finn-hjelp/"),
    PageType("no helpers", "/finn-hjelp/?kommune=3112&behov=economy&type=nonprofit"),
    PageType("helper", "/finn-hjelp/nav-halden-aremark/"),
    PageType("sign in", "/logg-inn/"),
    PageType("signed out", "/logget-ut/"),
    PageType("about", "/om/"),
    PageType("privacy", "/personvern/"),
    PageType("accessibility", "/tilgjengelighet/"),
    PageType("cookies", "/informasjonskapsler/"),
    PageType("contact", "/kontakt/"),
    PageType("report", "/meld-feil/?side=/stotte/mentor/"),
    PageType("reported", "/meld-feil/takk/"),
    PageType("gallery", "/komponenter/"),
    PageType("interface for programs", "/api/"),
    PageType("not found", "/finnes-ikke/", status=404),
)
BY_NAME = {page.name: page for page in PAGE_TYPES}


@cache
def fetch(site: Site, page: PageType, language: str, kept: Kept) -> tuple[int, dict[str, str], str]:
    """(status, headers, HTML) of one page, without cookies. Fetched once: many tests look at all of them."""
    request = urllib.request.Request(
        site.url + page.address(language, kept), data=page.posted.encode() if page.posted else None
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, dict(answer.headers), answer.read().decode()


def keep_one(site: Site) -> Kept:
    """Save a result the way a visitor does, and give the paths of its two addresses."""
    browser = _browser()
    address = f"{site.url}/start-her/lagre/?{NEED}"
    form = browser.open(address).read().decode()
    fields = {
        name: re.search(rf'name="{name}" value="([^"]+)"', form)[1]  # type: ignore[index]
        for name in ("csrfmiddlewaretoken", "nokkel")
    }
    answer = browser.open(address, urllib.parse.urlencode(fields).encode()).read().decode()
    manage = re.search(r"(/lagret/styr/[^/\"]+/)", answer)
    read = re.search(r"(/lagret/(?!styr)[^/\"]+/)", answer)
    assert manage and read
    return Kept(read[1], manage[1], *map_one(site, CAFE))


def map_one(site: Site, answers: Mapping[str, Any], form: str = "short") -> tuple[str, str]:
    """Answer a mapping page by page as a visitor does, with «Vet ikke» to what `answers` lack.

    Returns what its addresses begin with, and the address to read.
    """
    browser = _browser()

    def post(address: str, **fields: object) -> tuple[str, str]:
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        data = urllib.parse.urlencode({**hidden, **fields}, doseq=True).encode()
        with browser.open(address, data, timeout=30) as answer:
            return answer.url, answer.read().decode()

    page = browser.open(f"{site.url}/kartlegg/").read().decode()
    address, page = post(f"{site.url}/kartlegg/", form=form)
    while not address.endswith("/svar/"):
        asked = set(re.findall(r'name="([A-Z]\d\w?)"', page))
        address, page = post(address, **{name: answers.get(name, "vet-ikke") for name in asked})
    address, page = post(address.removesuffix("svar/") + "send-inn/")
    read = re.search(r"/kartlegg/les/[0-9a-f]+/", page)
    assert read and address.endswith("/resultat/")
    return urllib.parse.urlsplit(address).path.removesuffix("resultat/"), read[0]


def _browser() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
