"""Benchmarks of the product beside a dynamic provider that does nothing: `make bench`."""
