"""Several posters: each chooses its promises, and visitors see only what a section lets them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from livingpolicy.colours import palette
from livingpolicy.fonts import missing
from livingpolicy.model import (
    Area,
    Channel,
    Colours,
    Logo,
    PosterPlan,
    PosterSettings,
    PosterText,
    Section,
    Snapshot,
)
from livingpolicy.render.poster import poster_files, poster_page, promises
from tests import samples as values
from tests.poster import samples
from tests.targets.samples import year

SETTINGS = PosterSettings("KUND.EXAMPLE.COM", 55, 4)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">'
    b'<path d="M0 0h60v20z" fill="#0a4552"/></svg>'
)


def changed(taken: Snapshot, **changes: dict[str, object]) -> Snapshot:
    """Return the snapshot with other metadata of sections: `lofte_1={"areas": …}`."""

    def section(one: Section) -> Section:
        wanted = changes.get(one.id.replace("-", "_"), {})
        return replace(one, metadata=replace(one.metadata, **wanted))  # type: ignore[arg-type]

    chapter = taken.policy.chapters[0]
    chapters = (replace(chapter, sections=tuple(section(one) for one in chapter.sections)),)
    return values.snapshot(replace(taken.policy, chapters=chapters), taken.history)


def plan(**options: object) -> PosterPlan:
    return PosterPlan("lager", "Lager", SETTINGS, **options)  # type: ignore[arg-type]


def ids(taken: Snapshot, chosen: PosterPlan) -> list[str]:
    return [item.id.removeprefix("lofte-") for item in promises(taken, chosen)]


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, ["1", "2", "3", "4", "5", "6"]),
        ({"areas": (Area.SPEED,)}, ["1", "3"]),
        ({"channels": (Channel.PHONE,)}, ["1", "2"]),
        ({"areas": (Area.SPEED,), "channels": (Channel.PHONE,)}, ["1"]),
        ({"sections": ("lofte-5", "lofte-2")}, ["5", "2"]),
        ({"sections": ("lofte-5",), "areas": (Area.SPEED,)}, ["5", "1", "3"]),
    ],
)
def test_a_poster_chooses_by_area_channel_and_id(options: dict[str, object], shown: list[str]) -> None:
    """Of areas and channels both must fit; what is named comes first, in its own order."""
    taken = changed(
        samples.snapshot(),
        lofte_1={"areas": (Area.SPEED,), "channels": (Channel.PHONE,)},
        lofte_2={"channels": (Channel.PHONE, Channel.MAIL)},
        lofte_3={"areas": (Area.STAFF, Area.SPEED)},
    )
    assert ids(taken, plan(**options)) == shown


def test_visitors_see_what_a_section_lets_them_and_nothing_else() -> None:
    """Not even what the poster names: the section decides."""
    texts = [replace(text, for_visitors=number in (1, 4)) for number, text in enumerate(samples.PROMISES[:6])]
    taken = samples.snapshot(texts)
    assert ids(taken, plan(visitors=True)) == ["2", "5"]
    assert ids(taken, plan(visitors=True, sections=("lofte-1", "lofte-5"))) == ["5"]
    assert len(ids(taken, plan())) == 6


def test_visitors_see_a_measured_value_only_if_the_section_shows_it() -> None:
    first = replace(samples.PROMISES[0], for_visitors=True)
    for told, shown in ((False, False), (True, True)):
        taken = samples.snapshot([replace(first, value_for_visitors=told)], reached=(year([93] * 12),))
        files = poster_page(taken, plan(visitors=True), fonts=samples.fonts())
        assert ("lp-value" in files["plansch/lager/index.html"].decode()) is shown


def test_every_poster_has_an_address_of_its_own_and_the_first_stays_where_it_was() -> None:
    taken = samples.snapshot(samples.PROMISES[:8])
    more = replace(taken, policy=replace(taken.policy, more_posters=(plan(sections=("lofte-2",)),)))
    files = poster_files(more, fonts=samples.fonts())
    assert {
        path: data for path, data in files.items() if not path.startswith("plansch/lager/")
    } == poster_page(taken, fonts=samples.fonts())
    text = files["plansch/lager/index.html"].decode()
    assert "<title>Lager · Exempelbolaget</title>" in text
    assert text.count('<li class="lp-promise') == 1
    named = re.findall(r'(?:src|href)="(?!data:)([^"]+)"', text)
    assert {f"plansch/lager/{name}" for name in named} <= files.keys()


def test_a_poster_has_the_colours_that_the_company_chose() -> None:
    chosen = Colours(panel="#3388cc", accent="#ffffff")
    files = page_with(colours=chosen)
    style = next(data for name, data in files.items() if name.endswith(".css")).decode()
    assert f"--lp-panel: {palette(chosen).light['panel']};" in style
    assert "#0a4552" not in style


def page_with(**options: object) -> dict[str, bytes]:
    taken = samples.snapshot(poster=replace(SETTINGS, **options))  # type: ignore[arg-type]
    return dict(poster_page(taken, fonts=samples.fonts()))


def test_a_poster_is_set_in_the_typeface_that_was_chosen() -> None:
    files = page_with(typeface="hanken-grotesk")
    fonts = sorted(name for name in files if name.endswith(".woff2"))
    assert [re.sub(r"-[0-9a-f]{10}", "", name) for name in fonts] == [
        f"plansch/hanken-grotesk-{weight}.woff2" for weight in (600, 700, 800)
    ]
    style = next(data for name, data in files.items() if name.endswith(".css")).decode()
    assert '--lp-display: "Hanken Grotesk"' in style
    assert (
        '--lp-display: "Bricolage Grotesque"'
        in next(data for name, data in page_with().items() if name.endswith(".css")).decode()
    )


def test_a_logo_stands_in_the_place_of_the_names_and_says_them() -> None:
    files = page_with(logo=Logo("policy/images/logo.svg", SVG))
    text = files["plansch/index.html"].decode()
    assert "lp-signature" not in text
    (name,) = re.findall(r'<img class="lp-logo__day" src="(logo-[0-9a-f]{10}\.svg)" alt="([^"]+)">', text)
    assert name[1] == "Kundpolicy · Exempelbolaget"
    assert b"<path" in files[f"plansch/{name[0]}"]
    assert "lp-logo--alone" in text
    both = page_with(logo=Logo("a.svg", SVG), logo_dark=Logo("b.svg", SVG.replace(b"0a4552", b"ffffff")))
    assert "lp-logo--pair" in both["plansch/index.html"].decode()
    assert sum(name.endswith(".svg") for name in both) == 2


def test_a_logo_that_was_not_read_is_left_out() -> None:
    """The policy of another commit is told apart, never hung."""
    assert page_with(logo=Logo("policy/images/logo.svg")).keys() == page_with().keys()


def test_words_are_broken_where_the_list_says_so_and_numbers_stay_with_their_units() -> None:
    text = PosterText("till återbetalning inom 14 dagar", "14", "dagar")
    taken = samples.snapshot([text] * 4, poster=replace(SETTINGS, hyphens=("åter-betalning",)))
    page = poster_page(taken, fonts=samples.fonts())["plansch/index.html"].decode()
    assert "till åter\u00adbetalning inom 14\u00a0dagar" in page
    assert '<strong>14</strong><span class="lp-figure__unit">&nbsp;dagar' in page
    assert missing("åter\u00adbetalning", samples.fonts()) == set()
