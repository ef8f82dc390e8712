"""Huawei Cloud MSGSMS, version 2: signatures, files and apps, and what they need of IAM."""
