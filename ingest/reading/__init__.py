"""What the bytes of one file say: its kind, structure, EXIF and report lines. Nothing here knows profiles."""
