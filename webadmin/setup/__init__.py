"""Setting up a camera: what to type in, a card to print, and who has just tried to connect."""
