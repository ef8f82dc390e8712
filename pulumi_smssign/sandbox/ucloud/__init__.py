"""UCloud USMS: the signature actions behind UCloud's API gateway."""
