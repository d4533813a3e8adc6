"""Logging in by an OpenID Connect provider, of whatever make: who somebody is there, and which person that is here."""
