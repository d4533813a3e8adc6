"""The folders on disk: names, what lies where, every move, and what a crash left."""
