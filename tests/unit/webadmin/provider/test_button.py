"""The button at the door."""

from dataclasses import replace

from ingest.settings.values import Provider
from tests.unit.webadmin.site import Site
from webadmin.provider.button import button_words


def test_the_door_has_a_button_where_there_is_a_provider_and_none_where_not(site: Site) -> None:
    assert "Log in with" not in site.visitor().get("/log-in").text
    here = site.app.extensions["camspool"]
    provider = Provider("https://id.example.org", "<b>Wildlife</b>", "camspool")
    here.settings = replace(here.settings, provider=provider)
    page = site.visitor().get("/log-in?next=/files?q=a").text
    assert "Log in with &lt;b&gt;Wildlife" in page and 'href="/log-in/provider?next=/files?q%3Da"' in page
    assert "Who logs in with &lt;b&gt;Wildlife&lt;/b&gt; needs none" in site.admin().get("/people").text
    assert button_words(replace(provider, title="")) == "Log in with id.example.org"
