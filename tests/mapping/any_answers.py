"""Any set of answers somebody could give."""

from __future__ import annotations

from hypothesis import strategies as st

from toolbox.mapping.answers import DONT_KNOW, Answer, Answers, is_asked
from toolbox.mapping.instrument import Item, instrument
from toolbox.places.municipalities import all_municipalities


@st.composite
def any_answers(draw: st.DrawFn) -> Answers:
    """Some of the questions answered, some with «Vet ikke», and none that would not have been asked."""
    form = instrument()
    chosen = draw(st.sets(st.sampled_from(sorted(form.items))))
    answers: dict[str, Answer] = {}
    for name, item in form.items.items():
        if name in chosen and is_asked(item, answers):
            answers[name] = draw(st.just(DONT_KNOW) | any_answer(item))
    return answers


def any_answer(item: Item) -> st.SearchStrategy[Answer]:
    values = [option.value for option in item.options]
    if item.kind == "number":
        return st.integers(item.low, item.high)
    if item.kind == "municipality":
        return st.sampled_from([each.number for each in all_municipalities()])
    if item.kind == "multi":
        alone = [option.value for option in item.options if option.alone]
        together = [value for value in values if value not in alone]
        several = st.sets(st.sampled_from(together), min_size=1, max_size=item.at_most)
        in_order = several.map(lambda held: tuple(value for value in values if value in held))
        return in_order | st.sampled_from([(value,) for value in alone]) if alone else in_order
    return st.sampled_from(values)
