"""The twelve simulated cameras of the demo: what each is, where it stands, and what is wrong with it."""

from dataclasses import dataclass
from typing import Literal

from ingest.simulation.photos import simulated_imei

Kind = Literal["willfine", "swift", "instar"]


@dataclass(frozen=True)
class DemoCamera:
    """One camera. `silent_days`: since when nothing comes. `clock_s`: how far its clock is ahead (negative: behind).

    `loses_gps_days`: since when its photos have no position. `moves_days`: since when it stands 600 m further.
    """

    id: str
    kind: Kind
    name: str
    latitude: float
    longitude: float
    photos_a_day: float = 2.0
    silent_days: int = 0
    clock_s: int = 0
    loses_gps_days: int = 0
    moves_days: int = 0
    battery_start: int = 98
    battery_a_day: float = 0.4
    sd_start_percent: float = 4.0
    sd_a_day: float = 0.3
    signal: int = 19
    notes: str = ""


FLEET = (
    DemoCamera(simulated_imei(6802), "willfine", "Oak ride", 52.09877, 5.12534, 3.0, notes="Key 14. Beech, 2 m up."),
    DemoCamera(simulated_imei(6803), "willfine", "Fox bridge", 52.11204, 5.16021, 2.5, battery_a_day=0.86),
    DemoCamera(simulated_imei(6804), "willfine", "Heath north", 52.13551, 5.10877, silent_days=11),
    DemoCamera(simulated_imei(6805), "willfine", "Badger sett", 52.08012, 5.19344, clock_s=-3600),
    DemoCamera(simulated_imei(6806), "willfine", "Wet meadow", 52.06218, 5.14402, loses_gps_days=5, signal=8),
    DemoCamera(simulated_imei(6807), "willfine", "", 52.09031, 5.08817, sd_start_percent=50, sd_a_day=0.42),
    DemoCamera(simulated_imei(6808), "willfine", "Ash corner", 52.12011, 5.20712, moves_days=4, signal=14),
    DemoCamera("868020035314870", "swift", "Deer gate", 52.10411, 5.06218, 4.0),
    DemoCamera("868020035314888", "swift", "Sand pit", 52.07119, 5.22314, clock_s=43_200),
    DemoCamera("868020035314896", "swift", "Mill pond", 52.14218, 5.17433, silent_days=30, battery_a_day=1.1),
    DemoCamera("lat52.02368_lon12.98290", "instar", "Farm yard", 52.02368, 12.98290, 1.5),
    DemoCamera("lat52.08841_lon5.13377", "instar", "Warden hut", 52.08841, 5.13377, 1.0),
)
