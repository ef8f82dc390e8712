"""What every vendor's package fulfils and builds on; it knows neither an engine nor a vendor."""
