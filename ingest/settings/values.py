"""Every setting with its default and its meaning; `file.py` reads them from the settings file."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ingest.settings.keys import setting as _setting
from ingest.settings.targets import KINDS, Target, defaults_of

SHIPPED_PROFILES = Path(__file__).resolve().parents[2] / "profiles"
MEGABYTE = 1024 * 1024
SAMPLING_DESIGNS = (
    *("simpleRandom", "systematicRandom", "clusteredRandom"),
    *("experimental", "targeted", "opportunistic"),
)
"""How sites can have been chosen (https://camtrap-dp.tdwg.org/metadata/#project.samplingDesign)."""


@dataclass(frozen=True)
class Limits:
    image_bytes: int = _setting(10 * MEGABYTE, "Largest photo; a larger one is rejected as file_too_large.")
    report_bytes: int = _setting(1 * MEGABYTE, "Largest report; a larger one is rejected as file_too_large.")
    low_resolution_pixels: int = _setting(1_000_000, "Photos with fewer pixels get the warning low_resolution.")
    partial_hours: int = _setting(24, "A cut upload waits so long for the whole; then what came of it gets a verdict.")
    reserve_bytes: int = _setting(500 * MEGABYTE, "Disk space kept free: below it, FTPS uploads are refused.")
    file_seconds: int = _setting(10, "Longest time for one file's verdict; past it the file is rejected, saying so.")
    file_memory_bytes: int = _setting(512 * MEGABYTE, "Most memory for one file's verdict; past it it is rejected.")


@dataclass(frozen=True)
class Clock:
    ahead_minutes: int = _setting(10, "Photos dated later than this after their arrival get the warning clock_ahead.")
    behind_days: int = _setting(30, "Photos dated more than this before their arrival get clock_far_behind.")


@dataclass(frozen=True)
class Retention:
    rejected_days: int = _setting(30, "Rejected items are deleted after this many days; 0 keeps them.")
    unusable_days: int = _setting(3, "Clips, too large files and non-JPEGs: likewise, but each camera's newest stays.")
    accepted_days: int = _setting(0, "Accepted items are deleted after this many days; 0 keeps them.")
    connections_days: int = _setting(90, "Records of FTPS connections are deleted after this many days; 0 keeps them.")
    trash_days: int = _setting(14, "What people delete can be restored for this many days; 0: until the next clean-up.")


@dataclass(frozen=True)
class Cameras:
    must_be_registered: bool = _setting(False, "Whether files of cameras without a record in cameras/ are rejected.")
    silent_after_days: int = _setting(7, "A camera without contact for this many days is shown as silent.")


@dataclass(frozen=True)
class Ftps:
    host: str = _setting("", "Name or address that cameras connect to; empty: the machine's own host name.")
    account: str = _setting("camera", "The FTPS account that is shown as the one to type into a camera.")
    accounts: tuple[str, ...] = _setting(
        (), "The names of the other accounts in `password_file`: the admin makes none of the same name."
    )
    shared_accounts: tuple[str, ...] = _setting(
        (), "More accounts that several cameras use, as they use `account`: those are never taken for a camera's ID."
    )
    bind: str = _setting("0.0.0.0", "Address that FTPS listens on.")  # noqa: S104 - a gateway listens to the world
    port: int = _setting(21, "Port for explicit TLS.")
    implicit_port: int = _setting(990, "Port for implicit TLS.")
    passive_first: int = _setting(40000, "First port for data connections.")
    passive_last: int = _setting(50000, "Last port for data connections.")
    passive_address: str = _setting("", "IPv4 address told to cameras for data connections; empty: the one they use.")
    strict_close: bool = _setting(True, "Refuse uploads whose TLS connection was cut without a goodbye.")
    lenient_accounts: tuple[str, ...] = _setting(
        (), "Accounts whose uploads are acknowledged without a TLS goodbye: for cameras that never say one."
    )
    write_through: bool = _setting(
        True, "Have uploads on the disk before they are acknowledged: a power cut takes none back."
    )
    old_tls: bool = _setting(False, "Let cameras in that only know TLS 1.0 and 1.1, which are broken.")
    idle_seconds: int = _setting(300, "A connection without a command for this long is closed.")
    stalled_seconds: int = _setting(60, "A transfer without a byte for this long is broken off.")
    guest_user: str = _setting("camspool-ftps", "The system user that writes the uploads.")
    pam_service: str = _setting("camspool-ftps", "The PAM service that checks log-ins: a file in /etc/pam.d.")
    password_file: Path = _setting(Path("/etc/camspool/ftps.passwd"), "Accounts, one `name:SHA-512 hash` a line.")
    certificate: Path = _setting(Path("/etc/camspool/tls/fullchain.pem"), "TLS certificate chain.")
    certificate_key: Path = _setting(Path("/etc/camspool/tls/key.pem"), "TLS private key.")


@dataclass(frozen=True)
class Admin:
    bind: str = _setting("127.0.0.1:8080", "Address and port of the admin for `camspool run`.")
    password_file: Path = _setting(Path("/etc/camspool/admins"), "Admins, one `name:argon2id hash` a line.")
    secret_file: Path = _setting(Path("/etc/camspool/admin.secret"), "Random bytes that sign sessions and check links.")
    ftps_password_file: Path = _setting(Path("/etc/camspool/ftps.password"), "The FTPS password, shown on request.")
    url: str = _setting("", "Address of the admin as people open it, for links in messages; empty: no links.")
    map_tiles: str = _setting("", "URL of map tiles with {z}/{x}/{y}; empty: plain maps, nothing from outside.")


@dataclass(frozen=True)
class Alerts:
    off: tuple[str, ...] = _setting((), "Rules that tell nobody anything; `camspool alerts rules` names them.")
    quiet_from: str = _setting("22:00", "From this time of day on only what is urgent is told; empty: at any time.")
    quiet_until: str = _setting("06:00", "At this time of day the rest is told. Both in `time_zone`.")
    digest_at: str = _setting("07:00", "When all that is open is told once a day, where something is; empty: never.")
    gather_minutes: int = _setting(360, "What a rule finds within so long after its last message is told together.")
    silent_hours: int = _setting(24, "No camera counts as silent earlier; each has a rhythm of its own from there on.")
    battery_percent: int = _setting(30, "A battery below this is told.")
    battery_days: int = _setting(14, "A battery that will be empty within so many days is told.")
    card_percent: int = _setting(80, "A memory card fuller than this is told.")
    refused_log_ins: int = _setting(3, "So many refused log-ins with the name of an account, in a day, are told.")
    backlog_hours: int = _setting(24, "Items that wait longer for their target are told.")


@dataclass(frozen=True)
class Ping:
    url_file: Path = _setting(Path(), "The file with the address that is told every few minutes that all is well.")
    minutes: int = _setting(5, "How often.")
    private_addresses: bool = _setting(False, "Whether the address may be a private one, of this host or its network.")

    @property
    def is_set(self) -> bool:
        """Say whether there is somebody to tell."""
        return self.url_file != Path()


@dataclass(frozen=True)
class Provider:
    issuer: str = _setting("", "Address of an OpenID Connect provider by which people log in too; empty: none.")
    title: str = _setting("", "What people call it, for the button; empty: its host.")
    client_id: str = _setting("", "What the provider calls this gateway.")
    client_secret_file: Path = _setting(Path("/etc/camspool/provider.secret"), "The secret that goes with it.")
    claim: str = _setting("email", "Which claim of the provider is somebody's name on the page People.")

    @property
    def is_set(self) -> bool:
        """Say whether people log in by a provider."""
        return bool(self.issuer)


@dataclass(frozen=True)
class Project:
    title: str = _setting("", "The title of your project, for whoever analyses its photos.")
    sampling_design: str = _setting(
        "opportunistic", f"How its sites were chosen: {', '.join(SAMPLING_DESIGNS)} (Camtrap DP)."
    )
    contributors: tuple[str, ...] = _setting(
        (),
        "Who stands behind it: names, such as `Jane Doe` or `Jane Doe <jane@example.org>`; the first is the contact.",
    )
    licence: str = _setting("", "The licence of data and photos, such as CC-BY-4.0; empty: none is given.")
    media_url: str = _setting(
        "", "Where people find the photos: what stands before accepted/... in an archive; empty: beside the package."
    )


@dataclass(frozen=True)
class Settings:
    root: Path = _setting(Path("/srv/camspool"), "The spool root; all its folders lie on one file system.")
    time_zone: str = _setting("UTC", "Time zone of the cameras' clocks, such as Europe/Amsterdam.")
    workers: int = _setting(2, "How many files get their verdict at the same time.")
    profiles: tuple[Path, ...] = _setting(
        (Path("/etc/camspool/profiles"),),
        "Folders with profiles of your own, read beside the shipped ones and those admins saved.",
    )
    gateway: str = _setting("", "This gateway's name in archives and messages; empty: the machine's own host name.")
    limits: Limits = Limits()
    clock: Clock = Clock()
    retention: Retention = Retention()
    cameras: Cameras = Cameras()
    ftps: Ftps = Ftps()
    admin: Admin = Admin()
    alerts: Alerts = Alerts()
    ping: Ping = Ping()
    provider: Provider = Provider()
    project: Project = Project()
    targets: tuple[Target, ...] = ()

    @property
    def profile_folders(self) -> tuple[Path, ...]:
        """The folders that profiles are read from: the shipped ones, those that admins saved, the operator's own."""
        return (SHIPPED_PROFILES, self.root / "profiles", *self.profiles)

    @property
    def zone(self) -> ZoneInfo:
        """The cameras' time zone."""
        return ZoneInfo(self.time_zone)


def settings_page() -> str:
    """Return the commented settings file that the deployment and the README show: every key with its default."""
    sections = [_section(Settings())]
    sections += [
        f"[{entry.name}]\n{_section(getattr(Settings(), entry.name))}"
        for entry in fields(Settings)
        if is_dataclass(getattr(Settings(), entry.name))
    ]
    return "\n".join(sections)


def targets_page() -> str:
    """Return the part of the page that shows each kind of target: as comments, as there is none by itself."""
    return "".join(_target_sections())


def _target_sections() -> Iterator[str]:
    for kind in KINDS:
        selection, options = defaults_of(kind)
        yield "\n# Items go to a target of this kind, under a name of your choice.\n"
        yield f'# [targets.{kind}]\n# kind = "{kind}"\n\n'
        yield _section(selection) + _section(options)


def _section(defaults: Any) -> str:
    lines = []
    for entry in fields(defaults):
        default = getattr(defaults, entry.name)
        if "doc" in entry.metadata:
            lines.append(f"# {entry.metadata['doc']}\n# {entry.name} = {_toml(default)}\n")
    return "".join(lines)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if value == Path():
        return '""'
    return str(value) if isinstance(value, int) else f'"{value}"'
