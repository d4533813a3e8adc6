"""What an operator can set, and the file it is read from."""
