"""One address of every type of page, for whatever must hold on all of them: markup, weight, words, axe."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from tests.guide.mapped import CAFE
from tests.served_site import Site
from tests.visitor import in_language
from toolbox.mapping.answers import Answers
from toolbox.mapping.forms import UNKNOWN
from toolbox.mapping.scoring import SHORT

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
    PageType("mapping", "/kartlegg/"),
    PageType("mapping with a code", "/kartlegg/fortsett/"),
    PageType("about the mapping", "/kartlegg/om/"),
    PageType("mapping, one question", "MAPPING/folk/"),
    PageType("mapping, three facts", "MAPPING/bedriften/"),
    PageType("mapping, several answers", "MAPPING/erfaring/"),
    PageType("mapping, statements", "MAPPING/hverdagen/"),
    PageType("mapping, answers read back", "MAPPING/svar/"),
    PageType("mapping, go on later", "MAPPING/senere/"),
    PageType("mapping, delete", "MAPPING/slett/"),
    PageType("mapping, deleted", "/kartlegg/slettet/"),
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


def fetch(site: Site, page: PageType, language: str, kept: Kept) -> tuple[int, dict[str, str], str]:
    """(status, headers, HTML) of one page, without cookies."""
    request = urllib.request.Request(
        site.url + page.address(language, kept), data=page.posted.encode() if page.posted else None
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, dict(answer.headers), answer.read().decode()


#: What a company answers in the short form, page by page.
MAPPING_ANSWERS = {
    "folk": "N1=2",
    "bedriften": "B3=3107&B1=C&B2=20-49",
    "realistisk": "A1=4",
    "sannsynlig": "A6=vet-ikke",
    "erfaring": "E1=practice&E1=mentor",
    "usikkerhet": "R2=2",
    "hverdagen": "K1b=2&K2a=3&K3a=4&K4a=3&K5a=vet-ikke",
}


def keep_one(site: Site) -> Kept:
    """Save a result and answer a mapping the way a visitor does, and give the paths of their addresses."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def post(address: str, more: str = "") -> tuple[str, str]:
        """Fill in the form of a page and send it: where it led, and what came."""
        form = browser.open(address).read().decode()
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        sent = urllib.parse.urlencode(dict(hidden)) + f"&{more}"
        with browser.open(address, sent.encode()) as answer:
            return answer.url, answer.read().decode()

    _where, saved = post(f"{site.url}/start-her/lagre/?{NEED}")
    manage = re.search(r"(/lagret/styr/[^/\"]+/)", saved)
    read = re.search(r"(/lagret/(?!styr)[^/\"]+/)", saved)
    assert manage and read
    mapping = post(f"{site.url}/kartlegg/", "form=short")[0].rpartition("/folk/")[0]
    for page, answers in MAPPING_ANSWERS.items():
        post(f"{mapping}/{page}/", answers)
    return Kept(read[1], manage[1], mapping.removeprefix(site.url))
