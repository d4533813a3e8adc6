"""Makes sample packs: what files of a camera type look like, without whose they are and where they were taken."""

__all__ = ["pack_files", "sample_pack", "spool_pack"]
