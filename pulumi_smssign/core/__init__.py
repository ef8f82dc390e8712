"""The core: accounts, submission and waiting, by the vendors' contract and without an engine."""
