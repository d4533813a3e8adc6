"""What the bytes of one file say: its kind, structure, EXIF and report lines; nothing here knows profiles."""

__all__ = [
    "camera_time",
    "distance",
    "exif",
    "exif_values",
    "exiftool",
    "facts",
    "figures",
    "imei",
    "jpeg",
    "location",
    "makernotes",
    "sizes",
    "xmp",
]
