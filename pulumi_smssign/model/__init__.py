"""Decisions, rules, names, errors and redaction: pure, with no call, no clock and no engine."""
