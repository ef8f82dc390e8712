"""Tencent Cloud SMS, version 2021-01-11: the signature actions behind API 3.0's gateway."""
