"""Which dealings with customers the policy speaks of: areas × channels × phases, and the gaps between.

A section without channels, or without phases, is for all of them. One without an area is in none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from livingpolicy.model import Area, Channel, Gap, Phase, Policy, Section, SectionReview, Status

_IN_FORCE = frozenset(Status) - {Status.RETIRED, Status.UPCOMING}


@dataclass(frozen=True, slots=True)
class Cell:
    """One channel in one phase, within an area."""

    phase: Phase
    sections: tuple[Section, ...]
    """In reading order."""
    gap: Gap | None
    """Why there is nothing on purpose; None also when there is something."""

    @property
    def open(self) -> bool:
        """Whether nobody has written anything, nor said why not."""
        return not self.sections and self.gap is None


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """What is said of an area."""

    area: Area
    rows: tuple[tuple[Channel, tuple[Cell, ...]], ...]
    """Every channel with its phases, both in the order of their enumerations."""
    sections: tuple[Section, ...]
    """In reading order."""
    gaps: tuple[Gap, ...]
    """What is left out on purpose, as far as it is in the area."""

    @property
    def open(self) -> int:
        """How many cells nobody has written anything for."""
        return sum(cell.open for _, cells in self.rows for cell in cells)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The map of the whole policy."""

    areas: tuple[AreaCoverage, ...]
    placeless: tuple[Section, ...]
    """Sections without an area."""
    idle: tuple[Gap, ...]
    """Gaps that are none: sections have been written for every part of them."""

    @property
    def cells(self) -> int:
        """How many cells the map has."""
        return len(self.areas) * len(Channel) * len(Phase)

    @property
    def covered(self) -> int:
        """How many cells some section speaks of."""
        return sum(bool(cell.sections) for area in self.areas for _, row in area.rows for cell in row)

    @property
    def open(self) -> int:
        """How many are neither covered nor left out on purpose."""
        return sum(area.open for area in self.areas)


def coverage(policy: Policy, items: tuple[SectionReview, ...]) -> Coverage:
    """Return the map of what is in force; *items* are the sections with their status."""
    sections = [item.section for item in items if item.status in _IN_FORCE]
    used: set[Gap] = set()
    areas = tuple(_area(area, sections, policy.not_covered, used) for area in Area)
    return Coverage(
        areas=areas,
        placeless=tuple(section for section in sections if not section.metadata.areas),
        idle=tuple(gap for gap in policy.not_covered if gap not in used),
    )


def _area(area: Area, sections: list[Section], gaps: tuple[Gap, ...], used: set[Gap]) -> AreaCoverage:
    ours = tuple(section for section in sections if area in section.metadata.areas)
    cells = {}
    for channel, phase in product(Channel, Phase):
        here = tuple(section for section in ours if _speaks_of(section, channel, phase))
        gap = None if here else next((gap for gap in gaps if _leaves_out(gap, area, channel, phase)), None)
        if gap:
            used.add(gap)
        cells[channel, phase] = Cell(phase, here, gap)
    rows = tuple((channel, tuple(cells[channel, phase] for phase in Phase)) for channel in Channel)
    found = {cell.gap for cell in cells.values()}
    return AreaCoverage(area, rows, ours, tuple(gap for gap in gaps if gap in found))


def _speaks_of(section: Section, channel: Channel, phase: Phase) -> bool:
    metadata = section.metadata
    return (not metadata.channels or channel in metadata.channels) and (
        not metadata.phases or phase in metadata.phases
    )


def _leaves_out(gap: Gap, area: Area, channel: Channel, phase: Phase) -> bool:
    return (
        (not gap.areas or area in gap.areas)
        and (not gap.channels or channel in gap.channels)
        and (not gap.phases or phase in gap.phases)
    )
