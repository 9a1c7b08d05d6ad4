"""Measurements: `python -m tests.benchmarks [small|medium|large]…`. Prints ratios, never seconds alone."""
