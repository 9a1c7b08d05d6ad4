"""The state of every target as JSON: a contract that scripts of others depend on (schema 1).

What rests on too few cases is in it with its period and nothing else.
"""

from __future__ import annotations

from collections import Counter

from livingpolicy.model import Level, Result, Snapshot, TargetState, Verdict
from livingpolicy.period import written_period
from livingpolicy.render import harmless
from livingpolicy.render.report_json import commit
from livingpolicy.results import Standing, standing

SCHEMA = 1


def document(snapshot: Snapshot) -> str:
    """Return the document, targets in the order of the register, ending in a line feed."""
    counted = Counter(map(standing, snapshot.targets))
    content = {
        "schema": SCHEMA,
        "policy": snapshot.policy.title,
        "head": snapshot.head,
        "as_of": snapshot.as_of.isoformat(),
        "timezone": snapshot.policy.timezone,
        "history": "complete" if snapshot.history.complete else "unavailable",
        "counts": {each.value: counted[each] for each in Standing},
        "targets": [_target(state) for state in snapshot.targets],
    }
    return harmless.document(content)


def _target(state: TargetState) -> dict[str, object]:
    target = state.target
    return {
        "id": target.id,
        "name": target.name,
        "wording": target.wording,
        "path": target.source.path,
        "line": target.source.line,
        "owner": target.owner.id,
        "unit": target.unit,
        "at_most": target.at_most,
        "at_least": target.at_least,
        "share": target.share,
        "clock": target.clock,
        "channel": target.channel.value if target.channel else None,
        "measured": target.measured,
        "standing": standing(state).value,
        "stale": state.stale,
        "missing": [written_period(period) for period in state.missing],
        "levels": [_level(level) for level in state.levels],
        "results": [measured_result(result) for result in state.results],
    }


def _level(level: Level) -> dict[str, object]:
    return {
        "effective_from": level.effective_from.isoformat(),
        "ended": level.ended.isoformat() if level.ended else None,
        "at_most": level.at_most,
        "at_least": level.at_least,
        "unit": level.unit,
        "share": level.share,
        "wording": level.wording,
        "commit": commit(level.commit),
    }


def measured_result(result: Result) -> dict[str, object]:
    """Return a result as the contracts write it."""
    one = result.measurement
    shown = result.verdict is not Verdict.WITHHELD
    return {
        "period": written_period(one.period),
        "first": one.period.first.isoformat(),
        "last": one.period.last.isoformat(),
        "verdict": result.verdict.value,
        "value": one.value if shown else None,
        "within_target": one.within_target if shown else None,
        "n": one.n if shown else None,
        "low": one.low if shown else None,
        "high": one.high if shown else None,
        "comment": one.comment if shown else None,
        "judged_by": result.level.effective_from.isoformat() if shown and result.level else None,
    }
