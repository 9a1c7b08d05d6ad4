"""The sub-commands of `livingpolicy`, one a module; each returns its exit code."""
