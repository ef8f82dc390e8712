"""What the product costs beside a dynamic provider that does nothing: `make bench`."""
