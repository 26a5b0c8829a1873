"""The list of measures, its filters, and the page of each measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from inclusion_rules.estimate import SUBSIDIES
from inclusion_rules.measures import OFFERS as OFFER_CODES
from inclusion_rules.measures import all_measures
from inclusion_rules.rates import shipped_rates
from tests.catalogue.parsed_page import LANGUAGES, Page, words
from toolbox.catalogue.measure_page import page
from toolbox.catalogue.selection import GROUPS, NEEDS, OFFERS, WHO, grouped, loosenings, select
from toolbox.ui import content_revision

Read = Callable[..., Page]
LIST = "/stotte/"
DAY = date(2026, 11, 24)
MEASURES = tuple(all_measures().values())


def address(key: str) -> str:
    return f"{LIST}{all_measures()[key].slug}/"


# The list


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_stands_once_in_the_list(read: Read, language: str) -> None:
    links = [a.get("href") for a in read(LANGUAGES[language] + LIST).all("ul[@class='index']//a")]
    assert sorted(links) == sorted(f"{LANGUAGES[language]}{LIST}{m.slug}/" for m in MEASURES)


def test_the_count_is_told_to_screen_readers(read: Read) -> None:
    assert words(read(LIST).one("p[@role='status']")) == f"{len(MEASURES)} treff"


def test_what_has_ended_stands_last_and_says_so(read: Read) -> None:
    assert list(GROUPS)[-1] == "ended"
    ended = [m.key for m in grouped(MEASURES)[-1].measures]
    assert "vta_o_gammel" in ended and "forebyggings_tilretteleggingstilskudd" in ended
    text = words(read(LIST).one("main"))
    assert "Stengt for nye fra 1. september 2026." in text and "Finnes ikke lenger." in text


def test_what_we_know_little_of_says_so_wherever_it_stands(read: Read) -> None:
    little = [m for m in MEASURES if m.confidence == "low"]
    page_ = read(LIST)
    marked = [
        li for li in page_.all("ul[@class='index']/li") if "Vi vet lite om denne. Spør Nav." in words(li)
    ]
    assert len(marked) == len(little) > 0


# The filters


@pytest.mark.parametrize(
    "query", [*({"behov": n} for n in NEEDS), *({"far": o} for o in OFFERS), *({"hvem": w} for w in WHO)]
)
def test_every_filter_gives_something_and_never_more_than_all(query: dict[str, str]) -> None:
    assert 0 < len(select(query, DAY, shipped_rates())) < len(MEASURES)


def test_every_need_and_offer_of_the_files_can_be_filtered_by() -> None:
    assert {need for m in MEASURES for need in m.needs} <= {code for code, _ in NEEDS.values()}
    assert set(OFFER_CODES) == {code for code, _ in OFFERS.values()}


def test_who_it_concerns_is_asked_of_the_rules() -> None:
    new = {m.key for m in select({"hvem": "ny"}, DAY, shipped_rates())}
    employed = {m.key for m in select({"hvem": "ansatt"}, DAY, shipped_rates())}
    assert "arbeidstrening" in new - employed and "ekspertbistand" in employed - new
    assert "mentor" in new & employed


def test_a_filtered_list_keeps_its_choices_and_names_them(read: Read) -> None:
    found = read(LIST, behov="unge", far="penger")
    assert words(found.one("p[@role='status']")).endswith("treff for «Unge», «Penger»")
    chosen = [words(o) for o in found.all("option") if o.get("selected") is not None]
    assert chosen == ["Unge", "Penger", "Nye og ansatte"]


HOSTILE = [
    "finnes-ikke",
    "<script>alert(1)</script>",
    "\x00",
    "' or 1=1 --",
    "å" * 400,
    "unge,lonn",
    "../../etc",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_an_unknown_filter_is_told_of_and_the_others_still_count(read: Read, value: str) -> None:
    found = read(LIST, behov=value, far="utstyr")
    assert "Behovet i adressen finnes ikke. Velg et i listen." in found.text
    assert words(found.one("p[@role='status']")).endswith("treff for «Utstyr»")
    assert "<script" not in found.text


def test_filters_we_have_never_heard_of_change_nothing(read: Read) -> None:
    assert words(read(LIST, sort="pris", utm_source="x").one("p[@role='status']")) == f"{len(MEASURES)} treff"


def empty_choice() -> dict[str, str]:
    return next(
        {"behov": need, "far": offer}
        for need in NEEDS
        for offer in OFFERS
        if not select({"behov": need, "far": offer}, DAY, shipped_rates())
    )


def test_an_empty_list_names_the_filters_to_loosen_nearest_first(read: Read) -> None:
    chosen = empty_choice()
    found = read(LIST, **chosen)
    assert words(found.one("p[@role='status']")).startswith("0 treff for")
    ways = [a for a in found.all("main//li/a") if "Uten «" in words(a)]
    counts = []
    for link in ways:
        query = {name: values[0] for name, values in parse_qs(urlsplit(link.get("href")).query).items()}
        count = len(select(query, DAY, shipped_rates()))
        assert words(link).endswith(f"({count} treff)") and count > 0
        counts.append(count)
    assert len(counts) == len(loosenings(chosen, DAY, shipped_rates())) > 0
    assert counts == sorted(counts)
    assert "55 55 33 36" in found.text


# One measure


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(all_measures()))
def test_every_measure_has_a_page_that_works_alone(read: Read, language: str, key: str) -> None:
    measure = all_measures()[key]
    found = read(f"{LANGUAGES[language]}{LIST}{measure.slug}/")
    assert words(found.one("h1")) == " ".join(measure.name[language].split())
    levels = found.headings()
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert "{rate:" not in found.text
    for source in measure.sources:
        assert source.url in found.links()
    assert "tel:+4755553336" in found.links()


@pytest.mark.parametrize(
    "key", sorted(k for k, m in all_measures().items() if m.headline and m.confidence != "low")
)
def test_every_large_figure_can_be_opened(read: Read, key: str) -> None:
    found = read(address(key))
    details = found.all("details[@class='ds-details']//dl")
    opened = [facts for facts in details if words(facts.findall("dt")[0]) == "Verdi"]
    assert len(opened) == len(all_measures()[key].headline)
    for facts in opened:
        assert [words(dt) for dt in facts.findall("dt")][:5] == [
            "Verdi",
            "Lov",
            "Kilde",
            "Gyldig",
            "Sist kontrollert",
        ]
        assert all(words(dd) for dd in facts.findall("dd"))


def test_the_percentages_of_temporary_wage_subsidy_are_the_largest_words(read: Read) -> None:
    found = read(address("midlertidig_lonnstilskudd"))
    assert [words(b) for b in found.all("dl//b")] == ["40 %", "60 %"]
    assert "Ikke start før Nav har godkjent avtalen." in found.text


def test_a_rate_past_its_last_known_day_is_marked(read: Read) -> None:
    shown = page(all_measures()["laerling"], shipped_rates(), DAY).figures[0]
    assert shown.rate.known_to is not None and shown.rate.known_to < DAY
    assert "Vi bruker satsen for 2025, fordi ny sats ikke er fastsatt." in read(address("laerling")).text


def test_the_unit_stands_under_the_figure_also_in_english(read: Read) -> None:
    found = read("/en" + address("inkluderingstilskudd"))
    assert words(found.all("dl//b")[0]) == "160,400"
    assert words(found.all("dl//dd")[0]).startswith("160,400 NOK")


@pytest.mark.parametrize("key", SUBSIDIES)
def test_a_wage_subsidy_leads_to_the_calculator(read: Read, key: str) -> None:
    assert f"/regn-ut/?tiltak={key}" in read(address(key)).links()


CONCLUDED = "Vi slutter oss til dette, det står ikke i reglene:"


def test_what_we_conclude_is_said_to_be_our_conclusion(read: Read) -> None:
    text = words(read(address("midlertidig_lonnstilskudd")).one("main"))
    read_in_rules, _, concluded = text.partition(CONCLUDED)
    assert "Mentor" in read_in_rules.partition("Ifølge reglene:")[2]
    assert "Individuell jobbstøtte (IPS)" in concluded and "Individuell jobbstøtte (IPS)" not in read_in_rules


def test_a_link_we_have_read_leads_to_the_law(read: Read) -> None:
    found = read(address("mentor"))
    laws = [a for a in found.all("main//li//a") if words(a) == "Tiltaksforskriften § 5-3"]
    assert [a.get("href") for a in laws] == ["https://lovdata.no/forskrift/2015-12-11-1598"]


def test_what_is_ruled_out_and_what_we_doubt_stand_apart(read: Read) -> None:
    travel = words(read(address("arbeids_utdanningsreiser")).one("main"))
    assert "Gis ikke samtidig med" in travel and "Gis neppe samtidig med" not in travel
    permanent = words(read(address("varig_lonnstilskudd")).one("main"))
    assert CONCLUDED in permanent.partition("Gis neppe samtidig med")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limits_that_measures_share_are_told_with_their_law(read: Read, language: str) -> None:
    found = read(f"{LANGUAGES[language]}{address('varig_lonnstilskudd')}")
    rules = {
        rule.key: rule for rule in page(all_measures()["varig_lonnstilskudd"], shipped_rates(), DAY).rules
    }
    text = words(found.one("main"))
    law = rules["yearly_ceiling"].reading.law
    assert law in [words(a) for a in found.all("main//li//a")]
    start = rules["yearly_ceiling"].words[language].partition("{rate:")[0]
    assert f"{start}5 G" in text.replace("\u00a0", " ")


@pytest.mark.parametrize("key", sorted(k for k, m in all_measures().items() if m.confidence == "low"))
def test_what_we_know_little_of_shows_no_figures(read: Read, key: str) -> None:
    found = read(address(key))
    assert "Vi vet lite om denne. Spør Nav." in found.text
    assert not found.all("dl[@class='figs rates']") and not found.all("details[@class='ds-details']")


def test_a_closed_measure_says_what_came_instead(read: Read) -> None:
    found = read(address("vta_o_gammel"))
    assert "Stengt for nye fra 1. september 2026." in words(found.one("main"))
    assert address("ta_o") in found.links()
    assert "Ikke start før Nav" not in words(found.one("main"))


def test_only_what_takes_nobody_in_is_replaced_and_by_what_stands() -> None:
    replaced = {m.key: m.replaced_by for m in MEASURES if m.replaced_by}
    assert replaced["vta_o_gammel"] == ("ta_o",)
    for key, others in replaced.items():
        assert all_measures()[key].status in ("closed_to_new", "repealed")
        assert all(all_measures()[other].status in ("active", "changed") for other in others)


@pytest.mark.parametrize("slug", ["finnes-ikke", "mentor-2", "x" * 200])
def test_an_unknown_measure_is_not_found(client, db, slug: str) -> None:  # type: ignore[no-untyped-def]
    response = client.get(f"{LIST}{slug}/")
    assert response.status_code == 404 and "Start her" in response.content.decode()


def test_no_two_measures_share_an_address() -> None:
    assert len({m.slug for m in MEASURES}) == len(MEASURES)


# What it costs


def test_the_list_asks_the_database_nothing_and_a_measure_once(
    read: Read, django_assert_num_queries: Callable[[int], object]
) -> None:
    content_revision.current()  # asked for once in a few seconds
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        read(LIST, behov="lonn")
    content_revision.current()  # asked for once in a few seconds
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        read(address("mentor"), fresh="1")
