"""A policy in the middle of its year: targets missed, an effect to check, sections due, a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from livingpolicy.interval import Interval
from livingpolicy.model import (
    AssessmentResult,
    Benefit,
    Criterion,
    Decision,
    EffectCheck,
    Evaluation,
    Frequency,
    Improvement,
    Level,
    Measurement,
    Questionnaire,
    Result,
    SelfAssessment,
    Snapshot,
    Source,
    Statement,
    StatementGroup,
    StatementScore,
    Target,
    TargetState,
    Verdict,
)
from livingpolicy.period import period_of
from tests.samples import CHIEF, SERVICE, history, policy, review, revision, section, snapshot

FIRST = date(2026, 10, 6)


def day(text: str) -> date:
    return date.fromisoformat(text)


def improvement(name: str = "ko-vid-lunch", **changes: object) -> Improvement:
    """Return one that began on 1 October and whose effect is to be checked by 1 December."""
    usual: dict[str, object] = {
        "id": name,
        "problem": "Köerna i telefon är längst mellan 12 och 13",
        "criteria": (Criterion.FREQUENT, Criterion.COSTLY),
        "why": "Var femte kund lägger på.",
        "action": "Två till svarar vid lunch.",
        "target": "svarstid-telefon",
        "sections": ("svar-telefon",),
        "owner": SERVICE,
        "started_on": day("2026-10-01"),
        "check_on": day("2026-12-01"),
        "check": None,
        "decision": None,
        "reason": None,
        "source": Source("policy/improvements.yml", 1),
    }
    return Improvement(**(usual | changes))  # type: ignore[arg-type]


def checked(on: str, benefit: Benefit = Benefit.BETTER) -> EffectCheck:
    return EffectCheck(day(on), benefit, "Nio av tio fick svar i tid.")


DONE = improvement(
    "mejl-pa-mandag",
    problem="Måndagens mejl besvarades på tisdagen",
    action="En kollega från butiken svarar på måndagar.",
    target=None,
    sections=("svar-mejl",),
    started_on=day("2026-05-04"),
    check_on=day("2026-07-04"),
    check=checked("2026-07-02"),
    decision=Decision.KEEP,
)
GIVEN_UP = improvement(
    "chatt-pa-natten",
    problem="Ingen svarade i chatten på natten",
    action="En robot svarade.",
    target=None,
    sections=(),
    owner=CHIEF,
    started_on=day("2026-03-02"),
    check_on=day("2026-05-02"),
    check=checked("2026-05-04", Benefit.WORSE),
    decision=Decision.RETIRE,
    reason="Kunderna ringde nästa dag i stället.",
)


def target(name: str, title: str, owner: object = SERVICE) -> Target:
    return Target(
        id=name,
        name=title,
        wording="inom tre minuter",
        at_most=3.0,
        at_least=None,
        unit="minutes",
        clock="opening-hours",
        share=90.0,
        channel=None,
        owner=owner,  # type: ignore[arg-type]
        interval=Interval(3, "months"),
        measured="monthly",
        needs=(),
        source=Source("policy/targets.yml", 1),
    )


LEVEL = Level(day("2026-01-01"), 3.0, None, "minutes", 90.0, "inom tre minuter", None)


def state(of: Target, months: dict[str, float | None], *, stale: bool = False) -> TargetState:
    """Return the target with the percent of its *months* ("2026-10"); None is a month without a value."""
    results, missing = [], []
    for month, percent in sorted(months.items(), reverse=True):
        period = period_of(day(f"{month}-01"), Frequency.MONTHLY)
        if percent is None:
            missing.append(period)
            continue
        value = Measurement(
            period=period,
            value=2.4,
            within_target=percent,
            n=812,
            low=None,
            high=None,
            comment="Ny växel" if month == "2026-10" and percent < 90 else None,
            source=Source("policy/measurements/x.csv", 2),
        )
        results.append(Result(value, LEVEL, Verdict.MET if percent >= 90 else Verdict.MISSED))
    return TargetState(of, (LEVEL,), tuple(results), tuple(missing), stale)


PHONE = target("svarstid-telefon", "Svar i telefon")
MAIL = target("svarstid-mejl", "Svar på mejl")
TILL = target("kotid-kassa", "Kö till kassan", CHIEF)
STATES = (
    state(PHONE, {"2026-08": 88, "2026-09": 91, "2026-10": 87}),
    state(MAIL, {"2026-08": 93, "2026-09": 92, "2026-10": 94}),
    state(TILL, {"2026-07": 89, "2026-08": 92, "2026-09": 84, "2026-10": None}, stale=True),
)


def assessed(**means: int) -> SelfAssessment:
    """Return a self-assessment in which ten people gave each statement its mean."""
    scores = []
    for name, mean in means.items():
        statement = Statement(name, f"Vi är bra på {name}.", management=False, sections=("svar-mejl",))
        group = StatementGroup("g", "Gruppen", (statement,))
        scores.append(StatementScore(statement, group, Fraction(mean), (0, 0, 0, 0, 0)))
    form = Questionnaire(1, (), ())
    result = AssessmentResult(day("2026-09-15"), form, 10, 10, 0, (), None, None, None, tuple(scores), ())
    return SelfAssessment(form, (result,))


def busy(language: str = "sv", *, today: str = "2026-11-22", first_on: date | None = FIRST) -> Snapshot:
    """Return the snapshot of a policy with something under every heading."""
    content = policy(
        section("svar-telefon", every="6 months"),
        section("svar-mejl", every="3 months", line=30),
        section("svar-chatt", every="12 months", line=50),
        language=language,
    )
    known = history(
        svar_telefon=(revision("2026-06-20", subject="Vi svarar inom tre minuter"),),
        svar_mejl=(revision("2026-05-03", subject="Skriv ner policyn"),),
        svar_chatt=(
            revision("2026-10-12", subject="Chatten öppnar klockan åtta"),
            revision("2026-05-03", subject="Skriv ner policyn"),
        ),
    )
    made = snapshot(content, known, (review("2026-08-10", section_id="svar-mejl"),), today=today)
    return replace(
        made,
        policy=replace(made.policy, evaluation=Evaluation(Interval(2, "months"), first_on)),
        targets=STATES,
        improvements=(DONE, GIVEN_UP, improvement()),
        assessment=assessed(klagomål=2, skyltning=4),
    )
