"""Lets a gateway know the cameras of these tests."""

from tests.faults.scene import PROFILE
from tests.integration.gateway import Gateway


def write_profile(gateway: Gateway, text: str = PROFILE) -> None:
    """Write the profile by which the gateway knows the cameras of these tests."""
    file = gateway.folder / "profiles" / "faultcam" / "profile.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def know_the_cameras(gateway: Gateway) -> None:
    """Let the gateway read that profile."""
    write_profile(gateway)
    text = gateway.settings_file.read_text("utf-8")
    gateway.settings_file.write_text(f'profiles = ["{gateway.folder / "profiles"}"]\n{text}', "utf-8")
