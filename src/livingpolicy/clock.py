"""What day it is, decided once per run and passed on. Nothing else in the core reads the clock."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of the run, and the day to judge reviews by when somebody asked for another one."""

    now: datetime
    """Aware. Commits of a later day are "in the future"."""
    today: date | None = None
    """`--today`: moves the status of sections, never the date of a revision."""

    @classmethod
    def read(cls, today: date | None = None) -> Clock:
        """Read the clock; `SOURCE_DATE_EPOCH` (seconds since 1970, UTC) stands in for it when set.

        Raises:
            ValueError: `SOURCE_DATE_EPOCH` is not a number of seconds.
        """
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        now = datetime.now(UTC) if epoch is None else epoch_moment(epoch)
        return cls(now, today)

    def day(self, timezone: str) -> date:
        """Return the day to judge by, in the policy's time zone (an IANA name)."""
        return self.today or self.now.astimezone(ZoneInfo(timezone)).date()


def epoch_moment(epoch: str) -> datetime:
    """Return the moment *epoch* seconds after 1970 in UTC."""
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"SOURCE_DATE_EPOCH={epoch}") from error
