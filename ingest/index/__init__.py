"""The SQLite index in cache/, made from the sidecars: what it holds, how it is kept and how it is rebuilt."""
