"""The contract that each vendor's package fulfils; it knows no engine and no vendor."""
