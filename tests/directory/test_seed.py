"""The directory in the box: a row nobody has touched follows the files, an edited one never."""

import shutil
from datetime import date

import pytest
import yaml

from inclusion_rules.reviewed_file import read_yaml
from toolbox.directory import seed
from toolbox.directory.models import Helper
from toolbox.directory.seed import Counts, SeedError, content_folder, load

pytestmark = [pytest.mark.django_db, pytest.mark.database]


ENTRY = {
    "name": "Nav Moss",
    "kind": "nav_office",
    "serves": ["3103"],
    "needs": [],
    "offers": ["recruitment"],
    "confidence": "high",
    "confirmed": None,
    "source": "Navs liste",
}


@pytest.fixture
def folder(tmp_path):
    """A copy of content/directory/ to change."""
    return shutil.copytree(content_folder(), tmp_path / "directory")


def change(folder, slug, file="ostfold.yaml", **changes):
    path = folder / file
    entries = read_yaml(path)
    if changes:
        entries[slug] = {**entries.get(slug, {}), **changes}
    else:
        del entries[slug]
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")


def test_a_first_load_brings_every_entry(db):
    assert load() == Counts(created=72)
    assert Helper.objects.filter(published=True).count() == 69
    assert not Helper.objects.filter(edited=True).exists()


def test_loading_again_changes_nothing(loaded):
    before = list(Helper.objects.values())
    assert load() == Counts(unchanged=72)
    assert list(Helper.objects.values()) == before


def test_an_untouched_row_follows_the_file(loaded, folder):
    key = Helper.objects.get(slug="nav-moss").pk
    change(folder, "nav-moss", confirmed=date(2026, 11, 20), serves=["3103", "3114"])
    assert load(folder) == Counts(updated=1, unchanged=71)
    row = Helper.objects.get(slug="nav-moss")
    assert (row.pk, row.confirmed_on, row.edited) == (key, date(2026, 11, 20), False)
    assert set(row.served.values_list("number", flat=True)) == {"3103", "3114"}


def test_an_edited_row_is_never_overwritten(loaded, folder):
    row = Helper.objects.get(slug="viuno-as")
    row.phone = "69 00 00 00"
    row.save()
    assert row.edited
    change(folder, "viuno-as", confirmed=date(2026, 11, 20))
    assert load(folder) == Counts(unchanged=71, kept=1)
    assert Helper.objects.get(slug="viuno-as").phone == "69 00 00 00"


def test_an_edit_behind_the_models_back_is_seen_too(loaded, folder):
    Helper.objects.filter(slug="viuno-as").update(phone="69 00 00 00")
    change(folder, "viuno-as", confirmed=date(2026, 11, 20))
    assert load(folder).kept == 1


def test_what_leaves_the_files_leaves_the_directory_unless_somebody_edited_it(loaded, folder, add_helper):
    add_helper(slug="lagd-her")
    row = Helper.objects.get(slug="yire-as")
    row.phone = "69 00 00 00"
    row.save()
    change(folder, "yire-as")
    change(folder, "okvekst-opplaringskontoret-for-vekstbedrifter")
    assert load(folder) == Counts(unchanged=70, removed=1)
    assert Helper.objects.filter(slug__in=["yire-as", "lagd-her"]).count() == 2


def test_a_new_field_that_is_empty_makes_no_row_look_edited(loaded, monkeypatch):
    from toolbox.directory import models

    monkeypatch.setattr(Helper, "invented", "", raising=False)
    monkeypatch.setattr(models, "CONTENT", (*models.CONTENT, "invented"))
    assert load() == Counts(unchanged=72)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"confidence": "low"}, "nav-moss has low confidence; add published: false"),
        ({"published": False}, "nav-moss is not published; say why"),
        ({"serves": "everybody"}, "write norway, ostfold or a list"),
        ({"serves": [3103]}, "write today's number in quotes"),
        ({"seat": "0104"}, "write today's number in quotes"),
        ({"needs": ["gold"]}, "has the need 'gold'; use one of aids"),
        ({"kind": "shop"}, "has the kind 'shop'; use one of"),
        ({"offers": ["gold"]}, "has the offer 'gold'; use one of"),
        ({"url": "javascript:alert(1)"}, "write the whole address with https://"),
        ({"confirmed": "yesterday"}, "write a date such as"),
        ({"colour": "blue"}, "nav-moss has colour; use"),
    ],
)
def test_an_entry_that_cannot_be_used_says_what_to_write(folder, changes, message):
    change(folder, "nav-moss", **changes)
    with pytest.raises(SeedError, match="ostfold.yaml") as error:
        load(folder)
    assert message in str(error.value)
    assert not Helper.objects.exists(), "nothing is half loaded"


def test_an_entry_written_twice_is_refused(folder):
    change(folder, "nav-moss", file="national.yaml", **ENTRY)
    with pytest.raises(SeedError, match="written twice"):
        list(seed.read(folder))


def test_an_offer_must_speak_three_languages(folder):
    change(folder, "recruitment", file="offers.yaml", fr="Trouve")
    with pytest.raises(SeedError, match="recruitment needs a text in nb, nn and en"):
        list(seed.read(folder))
