"""Write `policy/.schema/` anew from the model: `make schemas`."""

from __future__ import annotations

import sys
from pathlib import Path

from livingpolicy.schema_files import write_schemas


def main() -> int:
    """Write the schemas, and name those that were out of date."""
    for path in write_schemas(Path(__file__).resolve().parents[1]):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
