"""Programs that no run sees and mypy does: `make check` among the others, and a test of its own."""
