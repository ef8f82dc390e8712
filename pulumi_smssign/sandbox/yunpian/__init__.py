"""Yunpian SMS, API v2: its three signature calls."""
