"""The poster: one page that is complete without JavaScript, from the web and from a folder alike.

Everything is a function of the snapshot. What time changes, the foot, is in the page in every wording it can
have; `poster.js` only chooses. `?tema=mork` asks for the dark theme, `?format=staende` for upright paper.

The screen (see `screen`) loads the page under the name of its own build id, so that an old page can never be
mixed with a new style: every file that a poster uses has its hash in its name. The screen trusts a page whose
build id stands at the top and at the end, whose style sheet has come to its own end (`END_OF_STYLE`), whose
script has run (`data-ready`) and whose fonts and pictures are there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files

import segno
from markupsafe import Markup

from livingpolicy.fonts import DISPLAY, TEXT, FontFile, css, licences
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Owner, PosterText, SectionReview, Snapshot, Status
from livingpolicy.render.copyfit import COMMON, SHAPES, Copy, Faces, fit
from livingpolicy.render.environment import environment, unbroken_day
from livingpolicy.render.poster_css import constants, fallback, rules
from livingpolicy.render.poster_value import reached
from livingpolicy.render.typeset import keep_together
from livingpolicy.review import late_since

FOLDER = "plansch"
"""Where the poster is published; the address is part of what screens and posters out there rely on."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)

END_OF_STYLE = ":root {\n  --lp-complete: 1;\n}\n"
"""A style sheet that was cut short lacks it, whatever the server said of its length."""

ABSENT = (Status.RETIRED, Status.UPCOMING)
"""What does not hold today is not on the wall."""

DATED = (Status.CURRENT, Status.DUE_SOON, Status.OVERDUE)


@dataclass(frozen=True, slots=True)
class State:
    """One wording of the foot."""

    name: str
    """`current`, `due-soon`, `overdue`, `draft` or `unknown`."""
    lead: str
    """What is seen from afar: "Aktuell"."""
    rest: str
    """How the sentence goes on, if it does."""
    beside: str
    """A second remark on the first line, or empty."""
    below: tuple[str, ...]
    """The remarks of the second line."""

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """The two lines as they will be measured; the icon counts as two letters."""
        first = f"MM{self.lead}{self.rest}"
        return (first, self.beside) if self.beside else (first,), self.below


@dataclass(frozen=True, slots=True)
class Foot:
    """Whether what hangs here still holds, and what time will change about that."""

    state: str
    otherwise: str
    """The state that no date changes: `current`, `draft` or `unknown`."""
    states: tuple[State, ...]
    due_on: date | None
    """The first day on which something of the poster is due."""
    warn_from: date | None
    timezone: str


@dataclass(frozen=True, slots=True)
class Door:
    """The way from the wall to the whole policy."""

    address: str
    """As people write it: no scheme, the host in small letters."""
    code: Markup
    """The QR code as SVG."""


def poster_page(snapshot: Snapshot, *, fonts: Sequence[FontFile]) -> Mapping[str, bytes]:
    """Return the poster's files by published path: page, style, script, fonts and their licences."""
    policy, words = snapshot.policy, catalogue(snapshot.policy.language)
    shown = promises(snapshot)
    faces = Faces(*(_font(fonts, *choice) for choice in ((DISPLAY, 800), (TEXT, 600), (TEXT, 700))))
    foot_, door_ = foot(snapshot, words), door(policy.poster.address)
    title = f"{policy.title} · {policy.organisation}"
    values = [reached(item, snapshot, words) for item in shown] or [None]
    copy = Copy(
        guiding_words=policy.guiding_words,
        vision=keep_together(policy.vision),
        promises=tuple(
            PosterText(keep_together(text.text), text.figure, text.unit)
            for item in shown
            if (text := item.section.metadata.poster)
        )
        or (PosterText(keep_together(words.text("poster.empty"))),),
        values=tuple(
            tuple(wording.measured for wording in value.wordings) if value else () for value in values
        ),
        foot=tuple(state.paragraphs for state in foot_.states),
        signature=(policy.title, policy.organisation),
        door=(words.text("poster.read"), door_.address) if door_ else (),
    )
    template = environment(policy.language)
    style = "".join(
        (
            css((faces.display, faces.text, faces.bold), "", display="block", cap_box=True),
            _resource("poster.css"),
            constants(faces.display.cap_height, copy.rise),
            fallback(fit(copy, faces, COMMON)),
            *(rules(shape, fit(copy, faces, shape)) for shape in SHAPES),
            END_OF_STYLE,
        )
    ).encode()
    script = _resource("poster.js").encode()
    style_name, script_name = _hashed("poster", "css", style), _hashed("poster", "js", script)

    def page(build: str) -> str:
        return template.get_template("poster/poster.html.j2").render(
            build=build,
            content_security_policy=CONTENT_SECURITY_POLICY,
            title=title,
            style=style_name,
            script=script_name,
            guiding_words=copy.guiding_words,
            vision=copy.vision,
            promises=list(zip(copy.promises, values, strict=True)),
            door=door_,
            foot=foot_,
            signature=copy.signature,
            version=(snapshot.head or "")[:7],
        )

    build = sha256(page("").encode()).hexdigest()[:16]
    final = page(build).encode()
    published = {"index.html": final, f"{build}.html": final, style_name: style, script_name: script}
    published |= {font.name: font.data for font in (faces.display, faces.text, faces.bold)}
    published |= licences()
    return {f"{FOLDER}/{name}": data for name, data in published.items()}


def promises(snapshot: Snapshot) -> tuple[SectionReview, ...]:
    """Return the sections that are on the poster, in reading order."""
    return tuple(
        item
        for item in snapshot.sections
        if item.section.metadata.poster is not None
        and item.status not in ABSENT
        and not _waits(item, snapshot)
    )


def _waits(item: SectionReview, snapshot: Snapshot) -> bool:
    begins = item.section.metadata.effective_from
    return begins is not None and begins > snapshot.as_of


def foot(snapshot: Snapshot, words: Catalogue) -> Foot:
    """Return what the foot says: the worst of the sections on the poster decides, without any that of all."""
    shown = promises(snapshot) or tuple(item for item in snapshot.sections if item.status not in ABSENT)
    dated = [item for item in shown if item.due_on is not None and item.status in DATED]
    first = min(dated, key=lambda item: item.due_on or date.max, default=None)
    due_on = first.due_on if first else None
    worst = min((item.status for item in shown), key=list(Status).index, default=Status.UNKNOWN)
    undated = [item.status for item in shown if item.status in (Status.UNKNOWN, Status.DRAFT)]
    otherwise = min(undated, key=list(Status).index, default=Status.CURRENT if first else Status.UNKNOWN)
    revised = [
        commit.landed_at.date() for item in shown if (commit := item.last_revised) and commit.landed_at
    ]

    def state(status: Status, owner: Owner) -> State:
        values = {
            "owner": owner.name,
            "due": unbroken_day(words, due_on) if due_on else "",
            "late": unbroken_day(words, late_since(due_on)) if due_on else "",
            "revised": unbroken_day(words, max(revised)) if revised else "",
        }
        lead, rest, beside, below, answers = (
            words.text(f"poster.{part}", **values)
            for part in (
                *(f"{status}.{part}" for part in ("lead", "rest", "beside", "below")),
                "answers",
            )
        )
        return State(status, lead, rest, beside, (below, answers) if below else (answers,))

    states = [state(otherwise, snapshot.policy.owner)]
    if first:
        if otherwise is Status.CURRENT:
            states.append(state(Status.DUE_SOON, first.section.owner))
        states.append(state(Status.OVERDUE, first.section.owner))
    return Foot(
        state=worst,
        otherwise=otherwise,
        states=tuple(states),
        due_on=due_on,
        warn_from=snapshot.policy.review.warn.before(due_on) if due_on else None,
        timezone=snapshot.policy.timezone,
    )


def door(address: str | None) -> Door | None:
    """Return the QR code and the address for people, or None when the policy has no address.

    The code holds a full address, because telephones open nothing less. Without a scheme it is `HTTP://`:
    an intranet may not have the other, and one that has it forwards. Capitals and digits make the code coarse
    enough for a few metres.
    """
    if not address:
        return None
    scheme, _, rest = address.rpartition("://")
    host, slash, path = rest.partition("/")
    target = f"{(scheme or 'HTTP').upper()}://{host.upper()}{slash}{path}"
    code = segno.make(target, error="m", micro=False).svg_inline(border=4, omitsize=True, light="#fff")
    return Door(f"{host.lower()}{slash}{path}", Markup(code))  # noqa: S704 (made by segno; the text is not in it)


def _font(fonts: Sequence[FontFile], family: str, weight: int) -> FontFile:
    return next(
        font for font in fonts if (font.family, font.weight, font.style) == (family, weight, "normal")
    )


def _hashed(stem: str, suffix: str, data: bytes) -> str:
    return f"{stem}-{sha256(data).hexdigest()[:10]}.{suffix}"


def _resource(name: str) -> str:
    return (files("livingpolicy") / "templates" / "poster" / name).read_text("utf-8")
