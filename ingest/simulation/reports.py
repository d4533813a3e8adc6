"""Makes the status reports that cameras send, and their names."""

from datetime import datetime

from ingest.simulation.photos import COMPACT_TIME

_REPORT_TIME = "%d/%m/%Y %H:%M:%S"


def willfine_report(
    imei: str,
    reported_at: datetime,
    *,
    battery_percent: int = 60,
    signal_csq: int = 31,
    temperature_c: int = 24,
    sd_free_mb: int = 59405,
    sd_total_mb: int = 59628,
    images_total: int = 159,
    images_sent: int = 12,
    latitude: float = 52.098737,
    longitude: float = 5.125504,
) -> bytes:
    """Return a Willfine 4.0T CG status report (UTF-8, LF)."""
    return (
        f"IMEI:{imei}\nCSQ:{signal_csq}\nCamID:\nTemp:{temperature_c}℃\n"
        f"Date:{reported_at.strftime(_REPORT_TIME)}\nBattery:{battery_percent}%\n"
        f"SD:{sd_free_mb}M/{sd_total_mb}M\nTotal:{images_total}\nSend:{images_sent}\n"
        f"GPS:{latitude:.6f},{longitude:.6f}\n"
    ).encode()


def willfine_report_name(imei: str, reported_at: datetime) -> str:
    """Return a Willfine report's name.

    >>> willfine_report_name("861943070068027", datetime(2025, 12, 5, 15, 46, 47))
    '861943070068027-05122025154647-dr.txt'
    """
    return f"{imei}-{reported_at.strftime(COMPACT_TIME)}-dr.txt"


def swift_report(
    imei: str,
    reported_at: datetime,
    *,
    battery_percent: int = 96,
    signal_csq: int = 18,
    temperature_c: int = 21,
    sd_free_mb: int = 29012,
    sd_total_mb: int = 29800,
    images_total: int = 67,
    images_sent: int = 57,
    latitude: float = -32.935,
    longitude: float = 117.16,
    camera_name: str = "WBC398",
) -> bytes:
    """Return a Swift Enduro 4.0PCG-R status report (UTF-8, LF)."""
    position = f"{_marked(latitude, 'N', 'S')} {_marked(longitude, 'E', 'W')}"
    return (
        f"IMEI:{imei}\nCSQ:{signal_csq}\nCamID:{camera_name}\nTemp:{temperature_c} Celsius Degree\n"
        f"Date:{reported_at:%d/%m/%Y  %H:%M:%S}\nBattery:{battery_percent}%\n"
        f"SD:{sd_free_mb}M/{sd_total_mb}M\nTotal Pics:{images_total}\nSend times:{images_sent}\n"
        f"GPS:{position}\n"
    ).encode()


def swift_report_name(imei: str, reported_at: datetime) -> str:
    """Return a Swift report's name; how real ones are called is not published, and nothing depends on it."""
    return f"{imei}-{reported_at.strftime(COMPACT_TIME)}-dailyreport.txt"


def _marked(degrees: float, positive: str, negative: str) -> str:
    seconds = round(abs(degrees) * 3600)
    letter = positive if degrees >= 0 else negative
    return f"{letter}{seconds // 3600}*{seconds // 60 % 60:02d}'{seconds % 60:02d}\""
