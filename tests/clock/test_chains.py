"""A promise against what it waits for, as tables: what is promised, what is needed, what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingpolicy.dependencies import chain, chains, departments
from livingpolicy.dependencies.said import duration, in_turn, when
from livingpolicy.language import catalogue
from livingpolicy.model import Channel, Need, OpeningHours, Owner
from livingpolicy.needs import circle, department_id, waits_for
from tests.clock.samples import OFFICE, TODAY, around, need, register, target, the_chain

SV, EN = catalogue("sv"), catalogue("en")

SAME_CLOCK = [
    # promise, needs, waits, left
    ("4 hours", [need("lager: 1 hours"), need("ekonomi: 2 hours")], 2, 2),
    ("4 hours", [need("lager: 1 hours"), need("ekonomi: 2 hours", after=("lager",))], 3, 1),
    ("3 hours", [need("lager: 1 hours"), need("ekonomi: 2 hours", after=("Lager",))], 3, 0),
    ("2 hours", [need("lager: 1 hours"), need("ekonomi: 90 minutes", after=("lager",))], 2.5, -0.5),
    ("30 minutes", [need("lager: 1 hours")], 60, -30),
    (
        "5 working-days",
        [need("lager: 1 working-days"), need("ekonomi: 2 working-days", after=("lager",))],
        3,
        2,
    ),
    (
        "2 working-days",
        [need("lager: 1 working-days"), need("ekonomi: 2 working-days", after=("lager",))],
        3,
        -1,
    ),
    # One department does something, waits for another, and goes on
    (
        "4 hours",
        [
            need("lager: 1 hours"),
            need("ekonomi: 1 hours", after=("lager",)),
            need("lager: 1 hours", after=("ekonomi",)),
        ],
        3,
        1,
    ),
    # Half days: promised as none, waited for as a whole one
    ("1.5 working-days", [need("lager: 1 working-days")], 1, 0),
    ("1 working-days", [need("lager: 1.5 working-days")], 2, -1),
    # Fractions of seconds decide nothing
    ("0.3 hours", [need("lager: 0.1 hours"), need("ekonomi: 0.2 hours", after=("lager",))], 0.3, 0),
]


@pytest.mark.parametrize(("promise", "needs", "waits", "left"), SAME_CLOCK)
def test_on_one_clock_it_is_the_same_whenever_it_begins(
    promise: str, needs: list[Need], waits: float, left: float
) -> None:
    """Side by side the longest counts; one after the other they are added up."""
    found = the_chain(target(promise, *needs))
    assert found.waits == pytest.approx(waits)
    assert found.slack == pytest.approx(left)
    assert found.holds is (left >= 0)


SEVERAL_CLOCKS = [
    # Promise, need, start, answer there, promise to be kept, left
    ("7 days", "inkop: 2 working-days", "2026-12-22", "2026-12-28", "2026-12-29", 1),
    ("5 days", "inkop: 2 working-days", "2026-12-22", "2026-12-28", "2026-12-27", -1),
    ("5 days", "inkop: 1 working-days", "2026-12-23", "2026-12-28", "2026-12-28", 0),
    ("10 days", "inkop: 5 working-days", "2026-12-22", "2027-01-04", "2027-01-01", -3),
]


@pytest.mark.parametrize(("promise", "waited", "start", "ends", "limit", "left"), SEVERAL_CLOCKS)
def test_days_around_the_clock_against_working_days_over_christmas(
    promise: str, waited: str, start: str, ends: str, limit: str, left: float
) -> None:
    found = the_chain(around(promise, need(waited)))
    shown = [found.start, found.ends - timedelta(seconds=1), found.limit - timedelta(seconds=1)]
    assert [str(moment.date()) for moment in shown] == [start, ends, limit]
    assert found.slack == left


def test_days_around_the_clock_against_working_days_over_easter() -> None:
    """Seen from 1 February to the end of April, Easter is what takes longest: Thursday to Tuesday."""
    found = the_chain(around("4 days", need("lager: 1 working-days")), today=date(2026, 2, 1))
    assert [name for _, name in found.free] == ["Långfredagen", "Annandag påsk"]
    assert (found.start.date(), found.waits, found.slack) == (date(2026, 4, 2), 5, -1)


def test_an_hour_of_opening_hours_against_a_working_day() -> None:
    """Asked for on the morning before Christmas, the answer is there on the evening of the 28th."""
    found = the_chain(target("4 hours", need("lager: 1 working-days")))
    assert when(found.start, SV) == "onsdagen den 23 december 2026 kl. 08.00"
    assert when(found.limit, SV) == "onsdagen den 23 december 2026 kl. 12.00"
    assert when(found.ends, SV) == "måndagen den 28 december 2026"
    assert duration(found.waits, "hours", SV) == "20 timmar"
    assert not found.holds


def test_a_promise_in_working_days_against_a_need_in_hours() -> None:
    """Two hours of the mail's opening hours, asked for at 17.50, are done the next working day."""
    found = the_chain(target("1 working-days", need("lager: 2 hours")))
    assert (found.waits, found.slack, found.holds) == (1, 0, True)
    longer = the_chain(target("1 working-days", need("lager: 11 hours")))
    assert (longer.waits, longer.holds) == (2, False)


def test_a_need_may_be_counted_in_another_channels_opening_hours() -> None:
    """Around the clock an hour is an hour at night too; the warehouse answers when the mail is open."""
    night = the_chain(around("24 hours", need("lager: 1 hours")))
    assert night.slack == 23
    office = the_chain(around("24 hours", need("lager: 1 hours", channel=Channel.MAIL)))
    assert not office.holds
    assert when(office.start, SV) == "onsdagen den 23 december 2026 kl. 18.00"


def test_a_need_may_be_as_long_as_another_target() -> None:
    """It takes as long as that target promises, on that target's clock, or as long as its own needs."""
    inner = target("2 hours", need("lager: 1 hours"), name="lagerbesked")
    waiting = Need("lager", "besked", 2.0, "hours", None, target="lagerbesked")
    assert the_chain(target("4 hours", waiting), inner).waits == 2
    slow = target("2 hours", need("inkop: 3 hours"), name="lagerbesked")
    assert the_chain(target("4 hours", waiting), slow).waits == 3
    other = target("1 hours", name="lagerbesked", channel=Channel.PHONE)
    assert the_chain(target("4 hours", replace(waiting, within=1.0)), other).waits == 1


@pytest.mark.parametrize(
    "lacking",
    [
        target("4 hours"),
        target("80 percent", need("lager: 1 hours")),
        target("150 count", need("lager: 1 hours")),
        target("4 hours", need("lager: 1 hours"), at_most=None, at_least=4.0),
        target("4 hours", need("lager: 1 hours"), channel=Channel.CHAT),
        target("4 hours", need("lager: 1 hours"), channel=None),
        target("4 hours", need("lager: 1 hours", channel=Channel.CHAT)),
        target("4 working-days", need("lager: 1 hours"), channel=None),
    ],
)
def test_what_cannot_be_compared_has_no_chain(lacking: object) -> None:
    """No needs, no time, at least instead of at most, or nobody has said when the channel is open."""
    content = register(lacking)  # type: ignore[arg-type]
    assert chains(content, TODAY) == {}
    assert all(
        item.chain is None for department in departments(content, TODAY) for item in department.awaited
    )


def test_working_days_need_no_channel() -> None:
    found = the_chain(target("5 working-days", need("lager: 2 working-days"), channel=None))
    assert (found.waits, found.timed) == (2, False)


def test_a_day_of_the_companys_own_moves_the_answer() -> None:
    closed = (date(2026, 12, 28), date(2026, 12, 29))
    found = the_chain(around("7 days", need("lager: 1 working-days")), closed_days=closed)
    assert (found.start.date(), found.waits) == (date(2026, 12, 23), 7)
    assert (date(2026, 12, 28), None) in found.free


def test_each_need_knows_what_is_left_after_it() -> None:
    """Lager then ekonomi take three hours of four; butikerna, beside them, could take three hours more."""
    needs = (need("lager: 1 hours"), need("ekonomi: 2 hours", after=("lager",)), need("butikerna: 1 hours"))
    found = the_chain(target("4 hours", *needs))
    steps = [(step.begins_at, step.ends_at, step.slack, step.longest) for step in found.steps]
    assert steps == [(0, 1, 1, True), (1, 3, 1, True), (0, 1, 3, False)]
    names = {department_id(each.department): each.department for each in needs}
    assert in_turn(found, names, SV) == "lager (1 timme), sedan ekonomi (2 timmar)"


def test_what_takes_for_ever_takes_at_least_ten_years() -> None:
    found = the_chain(target("4 working-days", need("lager: 1000000000 working-days")))
    assert not found.holds
    assert found.ends - found.start > timedelta(days=3650)


def test_many_that_wait_for_each_other_are_counted_once() -> None:
    """Steps of which each waits for all before it, and targets that name each other, twice, 30 deep."""
    steps = [
        need(f"avdelning{n}: 1 working-days", after=tuple(f"avdelning{m}" for m in range(n)))
        for n in range(20)
    ]
    assert the_chain(target("30 working-days", *steps)).waits == 20
    deep = [
        target(
            "1 working-days",
            *(replace(need(f"{side}: 1 working-days"), target=f"t{n + 1}") for side in ("a", "b") if n < 29),
            name=f"t{n}",
        )
        for n in range(30)
    ]
    assert the_chain(*deep).waits == 1


def test_the_same_day_gives_the_same_answer() -> None:
    content = register(around("7 days", need("inkop: 2 working-days")))
    one, other = chain(content.targets["svarstid"], content, TODAY), chains(content, TODAY)["svarstid"]
    assert one == other


def test_departments_are_one_however_they_are_written() -> None:
    content = register(
        target("4 hours", need("inkop: 1 hours")),
        target("4 hours", need("Inköp: 1 hours"), need("café: 1 hours"), name="annat"),
        owners={"inkopschef": Owner("inkopschef", "Inköpschefen", "Inköp", None)},
    )
    found = departments(content, TODAY)
    assert [(one.id, one.name, [owner.id for owner in one.owners]) for one in found] == [
        ("cafe", "Café", []),
        ("inkop", "Inköp", ["inkopschef"]),
    ]
    assert [item.target.id for item in found[1].awaited] == ["svarstid", "annat"]
    assert [item.step.slack for item in found[1].awaited if item.step] == [3, 3]


@pytest.mark.parametrize(
    ("name", "key"), [("Inköp", "inkop"), ("Index", "x-index"), ("con", "x-con"), ("購買部", "x-80a00237")]
)
def test_a_department_has_an_address(name: str, key: str) -> None:
    assert department_id(name) == key


@pytest.mark.parametrize(
    ("amount", "unit", "swedish", "english"),
    [
        (0, "days", "samma dag", "the same day"),
        (1, "working-days", "1 arbetsdag", "1 working day"),
        (2.5, "hours", "2 timmar 30 minuter", "2 hours 30 minutes"),
        (60, "minutes", "1 timme", "1 hour"),
        (0.5, "minutes", "0,5 minuter", "0.5 minutes"),
        (0, "hours", "0 minuter", "0 minutes"),
        (1 / 3, "hours", "20 minuter", "20 minutes"),
        (15, "hours", "15 timmar", "15 hours"),
    ],
)
def test_times_are_said_as_people_say_them(amount: float, unit: str, swedish: str, english: str) -> None:
    assert (duration(amount, unit, SV), duration(amount, unit, EN)) == (swedish, english)


def test_a_circle_is_found_wherever_it_is() -> None:
    assert circle({}) == ()
    assert circle({1: [2], 2: [3], 3: [], 4: [1]}) == ()
    assert circle({1: [2], 2: [3], 3: [2]}) == (2, 3)
    assert circle({1: [1]}) == (1,)
    assert circle({n: [n + 1] for n in range(5000)}) == (), "however long the way"


SHORT = {Channel.MAIL: (OpeningHours(OFFICE, "08:00", "10:00"),)}
"""Few moments at which something can begin, so that the examples are quick."""
DEPARTMENTS = st.sampled_from(["lager", "ekonomi", "inköp", "Butik"])
NEEDS = st.lists(
    st.builds(
        lambda department, amount, unit, after: replace(need(f"{department}: {amount} {unit}"), after=after),
        DEPARTMENTS,
        st.integers(0, 30),
        st.sampled_from(["minutes", "hours", "days", "working-days"]),
        st.lists(DEPARTMENTS, max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=10, deadline=None)
@given(NEEDS, st.sampled_from(["3 hours", "40 minutes", "2 days", "9 working-days"]))
def test_more_to_wait_for_never_leaves_more(needs: list[Need], promise: str) -> None:
    """Whatever is needed: the chain holds every need, waits for the last, and one more cannot shorten it."""
    if circle(dict(enumerate(waits_for(needs)))):
        return
    content = register(target(promise, *needs), opening_hours=SHORT)
    found = chain(content.targets["svarstid"], content, TODAY)
    assert found is not None
    assert len(found.steps) == len(needs)
    assert max(step.ends.timestamp() for step in found.steps) == found.ends.timestamp()
    assert min(step.slack for step in found.steps) == found.slack
    assert any(step.longest for step in found.steps)
    more = target(promise, *needs, need("växel: 5 hours"))
    again = chain(more, register(more, opening_hours=SHORT), TODAY)
    assert again is not None
    assert again.waits >= found.waits
