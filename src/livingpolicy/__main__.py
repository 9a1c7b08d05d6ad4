"""`python -m livingpolicy`."""

from livingpolicy.cli import main

raise SystemExit(main())
