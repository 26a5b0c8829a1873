"""T09 for content, four eyes for what people write: draft, review by another, published, history, restore."""

from __future__ import annotations

from datetime import date

import pytest

from toolbox.access.trail_models import AuditEntry
from toolbox.publishing import content
from toolbox.publishing.content import Overtaken, OwnText
from toolbox.publishing.models import Item, Version

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXTS = {
    "title_nb": "Stengt søndag",
    "text_nb": "Vi oppdaterer.",
    "title_nn": "Stengt søndag",
    "text_nn": "Vi oppdaterer.",
    "title_en": "Closed on Sunday",
    "text_en": "We update.",
}
CHECK = date(2026, 12, 24)


@pytest.fixture
def written(kari):
    return content.begin(kari, "notice", "sondag", TEXTS, next_check=CHECK, key="a" * 24)


def titles(language="nb"):
    return [notice.title for notice in content.notices(language)]


def test_a_notice_is_seen_when_somebody_else_has_published_it(kari, ola, written):
    assert titles() == []
    content.send_for_review(written, 1)
    with pytest.raises(OwnText):
        content.publish(written, 1, kari)
    assert titles() == [] and list(content.waiting()) == [written.newest]
    content.publish(written, 1, ola)
    assert titles() == ["Stengt søndag"] and titles("en") == ["Closed on Sunday"]
    assert written.newest.reviewed_by == ola and not content.waiting().exists()


def test_a_draft_is_not_published_unseen(ola, written):
    with pytest.raises(Overtaken):
        content.publish(written, 1, ola)


def test_readers_see_the_published_version_while_a_new_one_is_written(kari, ola, written):
    content.send_for_review(written, 1)
    content.publish(written, 1, ola)
    changed = {**TEXTS, "title_nb": "Stengt mandag"}
    content.write(written, kari, changed, upon=1, next_check=CHECK, key="b" * 24)
    assert titles() == ["Stengt søndag"]
    content.send_for_review(written, 2)
    content.publish(written, 2, ola)
    assert titles() == ["Stengt mandag"]
    written.refresh_from_db()
    for _twice in range(2):
        content.take_down(written, ola)
    assert titles() == [] and written.versions.count() == 2
    assert list(AuditEntry.objects.order_by("number").values_list("act", "actor", "object_id")) == [
        (act, ola.pk, str(written.pk))
        for act in ("content.published", "content.published", "content.taken_down")
    ]


def test_T09_whoever_comes_late_is_told_and_nothing_is_lost(kari, ola, written):
    content.write(written, ola, {**TEXTS, "title_nb": "Olas"}, upon=1, next_check=CHECK, key="b" * 24)
    with pytest.raises(Overtaken) as late:
        content.write(written, kari, {**TEXTS, "title_nb": "Karis"}, upon=1, next_check=CHECK, key="c" * 24)
    assert late.value.newest.title == "Olas"
    # What was written on after the review began must be reviewed again.
    content.send_for_review(written, 2)
    content.write(written, kari, TEXTS, upon=2, next_check=CHECK, key="d" * 24)
    with pytest.raises(Overtaken):
        content.publish(written, 2, kari)


def test_the_same_form_sent_twice_writes_once(kari, written):
    again = content.begin(kari, "notice", "sondag", TEXTS, next_check=CHECK, key="a" * 24)
    assert again == written and Item.objects.count() == 1
    for _again in range(2):
        content.write(written, kari, TEXTS, upon=1, next_check=CHECK, key="b" * 24)
    assert Version.objects.count() == 2


def test_what_is_published_is_due_on_its_day(ola, written):
    assert not content.due(CHECK).exists()
    content.send_for_review(written, 1)
    content.publish(written, 1, ola)
    assert not content.due(date(2026, 12, 23)).exists()
    assert list(content.due(CHECK)) == [written]
