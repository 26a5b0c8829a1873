"""Passkeys: allauth keeps them and checks them, with our names."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter


class Passkeys(DefaultMFAAdapter):
    pass
