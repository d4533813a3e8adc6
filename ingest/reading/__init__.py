"""What the bytes of one file say: its kind, structure, EXIF and report lines; nothing here knows profiles."""

__all__ = [
    "camera_time",
    "distance",
    "exif",
    "exif_directories",
    "exif_values",
    "exiftool",
    "facts",
    "figures",
    "imei",
    "jpeg",
    "location",
    "makernotes",
    "reports",
    "sizes",
    "written_position",
    "xmp",
]
