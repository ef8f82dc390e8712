"""Alibaba Cloud Dysmsapi, version 2017-05-25: the signature operations behind the RPC gateway."""
