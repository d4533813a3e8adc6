"""Pages on which people take packages and tables for their analysis home."""
