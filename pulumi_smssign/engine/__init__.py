"""What faces Pulumi's engine: hooks' properties, rows, notes of a run, and who holds what."""
