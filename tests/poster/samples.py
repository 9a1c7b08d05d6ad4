"""Posters to look at and to strain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

from livingpolicy.fonts import FontFile, font_files
from livingpolicy.model import Logo, PosterSettings, PosterText, Snapshot, TargetState
from livingpolicy.render.poster import poster_page
from tests import samples
from tests.targets.samples import backlog, measurement, state, with_targets, year

ROOT = Path(__file__).parents[2]

PROMISES = (
    PosterText("till svar i telefon", "3", "minuter"),
    PosterText("till svar på mejl", "4", "timmar"),
    PosterText("till namngiven ansvarig vid klagomål", "1", "dag"),
    PosterText("om att ringa upp", "0", "missade"),
    PosterText("till löst reklamation", "10", "dagar"),
    PosterText("Vi säger som det är, även när beskedet är dåligt."),
    PosterText("räcker det att kunden berättar", "1", "gång"),
    PosterText("till uppföljning efter leverans", "7", "dagar"),
    PosterText("får varje medarbetare ge direkt", "500", "kronor"),
    PosterText("öppet köp", "60", "dagar"),
    PosterText("Den som tar emot klagomålet äger det."),
    PosterText("innan chatten svarar", "30", "sekunder"),
)

WORST = (
    PosterText("till avslutad reklamationshantering med er", "100", "arbetsdag"),
    PosterText("ansvarsfrihetsförbehåll vid egendomsskador", "365", "kalenderd"),
    PosterText("överenskommelse om återbetalningsskyldighe", "888", "mmmmmmmmm"),
    PosterText("Kundservicemedarbetare återkopplar allting"),
)
"""Figures of three characters, units of nine, texts of forty-two."""

REACHED = (
    year([93] * 12),
    year([93] * 11 + [88]),
    None,
    state(measurement("2026-10", 142), of=backlog()),
    year([91] * 9),
    state(measurement("2026-10", 2.5, 97, n=4)),
)
"""Met, missed, without a target, met below a limit, too old, withheld."""

LONGEST = state(
    measurement("2026-W47", 123456.78, None),
    of=backlog(unit="working-days", at_most=100000, measured="weekly"),
    today="2026-11-30",
)
"""Missed, and as long as a value gets."""

LONG_WORDS = (
    "Kvalitetssäkring",
    "Tillgängliggörda",
    "Ansvarstagandets",
    "Professionalism!",
    "Mmmmedmänsklighe",
)
LONG_VISION = (
    "Förtroendeingivande kundservicemedarbetare återkopplar alltid personligen samma arbetsdag överallt"
)


def _svg(width: int, height: int) -> bytes:
    shape = f'<path d="M0 0h{width}v{height}z" fill="#0a4552"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{shape}</svg>'.encode()


LOGO = Logo("policy/images/logo.svg", _svg(60, 20))
TALL_LOGO = Logo("policy/images/logo-hog.svg", _svg(20, 45))
WIDE_LOGO = Logo("policy/images/logo-bred.svg", _svg(240, 20))
HYPHENS = ("re-klamations-han-tering", "ansvars-frihets-för-behåll", "egendoms-skador", "kund-service")


def hung(**options: object) -> PosterSettings:
    """Return how the poster of the samples hangs, but for *options*."""
    return replace(PosterSettings("KUND.EXAMPLE.COM", 55, 4), **options)  # type: ignore[arg-type]


@lru_cache
def fonts() -> tuple[FontFile, ...]:
    """Return the fonts, from the cache that every build uses."""
    return font_files(ROOT / ".cache" / "fonts")


def worst(number: int) -> tuple[PosterText, ...]:
    """Return *number* promises as long as the budget allows."""
    return tuple(WORST[index % len(WORST)] for index in range(number))


def snapshot(
    promises: Sequence[PosterText] = PROMISES[:6],
    *,
    today: str = "2026-11-22",
    revised: str | None = "2026-11-12",
    every: str = "3 months",
    drafts: Sequence[str] = (),
    complete: bool = True,
    language: str = "sv",
    reached: Sequence[TargetState | None] = (),
    **policy: object,
) -> Snapshot:
    """Return a snapshot with *promises* on the poster; *policy* changes fields of the policy.

    *reached* are the targets of the promises, as far as they have any.
    """
    states = [
        replace(state, target=replace(state.target, id=f"mal-{number}")) if state else None
        for number, state in enumerate(reached, 1)
    ]
    sections = [
        samples.section(
            f"lofte-{number}",
            every=every,
            line=10 * number,
            poster=promise,
            target=state.target.id if state else None,
        )
        for number, (promise, state) in enumerate(zip_longest(promises, states), 1)
    ]
    content = replace(samples.policy(*sections, language=language), **policy)  # type: ignore[arg-type]
    landed = (samples.revision(revised),)
    known = samples.history(drafts, **{section.id.replace("-", "_"): landed for section in sections})
    taken = samples.snapshot(content, replace(known, complete=complete), today=today)
    return with_targets(taken, *(state for state in states if state))


def write(folder: Path, taken: Snapshot) -> Path:
    """Write the poster of *taken* below *folder* and return its page."""
    for path, data in poster_page(taken, fonts=fonts()).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder / "plansch" / "index.html"
