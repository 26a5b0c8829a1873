"""What the desk knows of each kind of text: its form, its addresses, and what its file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.rates import LANGUAGES
from toolbox.desk.content_forms import TEXT_FIELDS, ContentForm
from toolbox.desk.seeded_forms import HelperForm, SeededForm, ToolForm, part_words
from toolbox.directory import edited as entries
from toolbox.directory.models import Helper
from toolbox.publishing.markup import html
from toolbox.publishing.models import Item
from toolbox.tools import read as tools
from toolbox.tools import texts as tool_texts

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """Texts in one language, as readers see them or by name. `code` is empty for what has no language."""

    code: str
    language: str
    title: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the desk has an item; `read` is the page readers see."""

    all: str
    page: str
    edit: str
    act: str
    read: str


class Kind:
    """`has_file`: it begins as a file, and follows it until an editor has published something else."""

    kind: Item.Kind
    has_file = False

    def addresses(self, item: Item | None, slug: str) -> Addresses:
        raise NotImplementedError

    def form(self, slug: str, data: Any, *, today: date, initial: Texts) -> ContentForm | SeededForm:
        raise NotImplementedError

    def names(self, slug: str) -> Iterable[str]:
        """What its texts are named by, in the order of the form."""
        raise NotImplementedError

    def shown(self, slug: str, texts: Texts) -> list[Shown]:
        raise NotImplementedError

    def of_file(self, slug: str) -> Texts:
        """What its file says now; empty without one."""
        return {}

    def now(self, slug: str) -> Texts:
        """What to begin writing from where nobody has written yet."""
        return self.of_file(slug)

    def has_room(self, slug: str) -> bool:
        """Whether readers see what is published, and not a file that has got other parts since."""
        return True

    def published(self, slug: str, texts: Texts) -> None:
        """What must happen besides, in the same transaction, for readers to see it."""

    def taken_down(self, slug: str) -> None:
        """What must happen besides, in the same transaction, for readers not to see it."""


class Notices(Kind):
    """Short messages on the front page."""

    kind = Item.Kind.NOTICE

    def addresses(self, item: Item | None, slug: str) -> Addresses:
        every, read = reverse("desk:items"), reverse("guide:front")
        if item is None:
            return Addresses(every, every, every, every, read)
        page, edit, act = (
            reverse(f"desk:{name}", args=[item.pk]) for name in ("item", "edit_item", "act_on_item")
        )
        return Addresses(every, page, edit, act, read)

    def form(self, slug: str, data: Any, *, today: date, initial: Texts) -> ContentForm:
        return ContentForm(data, today=today, initial=dict(initial))

    def names(self, slug: str) -> Iterable[str]:
        return TEXT_FIELDS

    def shown(self, slug: str, texts: Texts) -> list[Shown]:
        return [
            Shown(code, name, texts[f"title_{code}"], html(texts[f"text_{code}"]))
            for code, name in LANGUAGE_NAMES.items()
        ]


class Seeded(Kind):
    """What begins as a file. `word` stands in the addresses of the desk."""

    has_file = True
    word: str

    def addresses(self, item: Item | None, slug: str) -> Addresses:
        page, edit, act = (
            reverse(f"desk:{name}", args=[self.word, slug])
            for name in ("seeded_page", "edit_seeded", "act_on_seeded")
        )
        return Addresses(reverse("desk:seeded", args=[self.word]), page, edit, act, self.read(slug))

    def read(self, slug: str) -> str:
        """The page readers see; empty where there is none."""
        raise NotImplementedError

    def titles(self) -> dict[str, str]:
        """Everything of the kind by slug, in the order readers see it."""
        raise NotImplementedError

    def names(self, slug: str) -> Iterable[str]:
        return self.of_file(slug)


class Tools(Seeded):
    kind, word = Item.Kind.TOOL, "verktoy"

    def read(self, slug: str) -> str:
        tool = tools.all_tools().get(slug)
        return reverse("tools:tool", args=[tool.slug]) if tool else ""

    def form(self, slug: str, data: Any, *, today: date, initial: Texts) -> SeededForm:
        return ToolForm(data, of_file=self.of_file(slug), today=today, initial=initial)

    def titles(self) -> dict[str, str]:
        return {key: tool.title["nb"] for key, tool in tools.all_tools().items()}

    def of_file(self, slug: str) -> Texts:
        return tools.texts_of_file(slug)

    def has_room(self, slug: str) -> bool:
        return slug not in tools.misfits()

    def shown(self, slug: str, texts: Texts) -> list[Shown]:
        parts = [part for part in tool_texts.parts(self.of_file(slug)) if f"{part}_nb" in texts]
        return [
            Shown(
                code,
                name,
                texts[f"title_{code}"],
                _list((part_words(part), texts[f"{part}_{code}"], code) for part in parts if part != "title"),
            )
            for code, name in LANGUAGE_NAMES.items()
        ]


class Helpers(Seeded):
    kind, word = Item.Kind.HELPER, "finn-hjelp"

    def read(self, slug: str) -> str:
        return reverse("directory:helper", args=[slug])

    def form(self, slug: str, data: Any, *, today: date, initial: Texts) -> SeededForm:
        return HelperForm(data, today=today, initial=initial)

    def titles(self) -> dict[str, str]:
        return dict(Helper.objects.order_by("sort_name").values_list("slug", "name"))

    def of_file(self, slug: str) -> Texts:
        return entries.texts_of_files().get(slug, {})

    def now(self, slug: str) -> Texts:
        return entries.texts_of(Helper.objects.get(slug=slug))

    def names(self, slug: str) -> Iterable[str]:
        return HelperForm.base_fields

    def shown(self, slug: str, texts: Texts) -> list[Shown]:
        offered = [
            Shown(
                code, name, texts[f"name_{code}"], _list([(_("Hjelper med"), texts[f"offers_{code}"], code)])
            )
            for code, name in LANGUAGE_NAMES.items()
        ]
        said = [
            (_("Telefon"), texts["phone"], ""),
            (_("E-post"), texts["email"], ""),
            (_("Nettsted"), texts["url"], ""),
            (_("Sist bekreftet"), texts["confirmed_on"], ""),
        ]
        return [*offered, Shown("", _("Likt på alle språk"), "", _list(each for each in said if each[1]))]

    def published(self, slug: str, texts: Texts) -> None:
        entries.put(slug, texts)

    def taken_down(self, slug: str) -> None:
        entries.follow_file(slug)


NOTICES = Notices()
SEEDED: Mapping[str, Seeded] = {kind.word: kind for kind in (Tools(), Helpers())}
KINDS: Mapping[str, Kind] = {kind.kind: kind for kind in (NOTICES, *SEEDED.values())}


def _list(rows: Iterable[tuple[str, str, str]]) -> SafeString:
    """What each text is called, and the text, in its own language."""
    ours = get_language() or LANGUAGES[0]
    return format_html(
        '<dl class="facts">{}</dl>',
        format_html_join(
            "",
            '<dt lang="{}">{}</dt><dd lang="{}">{}</dd>',
            ((ours, name, code or ours, _breaks(text)) for name, text, code in rows),
        ),
    )


def _breaks(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.splitlines()))
