"""What people call the provider, and the button at the door that leads there. Pure."""

from urllib.parse import urlsplit

from ingest.settings.values import Provider


def provider_name(provider: Provider) -> str:
    """Return what people call the provider; empty where there is none."""
    return provider.title or str(urlsplit(provider.issuer).hostname or "")


def button_words(provider: Provider) -> str:
    """Return what the button says; empty where there is no provider.

    >>> id_, called = Provider("https://id.example.org/realms/a"), Provider("https://a.example", "Wildlife ID")
    >>> button_words(Provider()), button_words(id_), button_words(called)
    ('', 'Log in with id.example.org', 'Log in with Wildlife ID')
    """
    return f"Log in with {provider_name(provider)}" if provider.is_set else ""
