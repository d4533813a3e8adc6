"""What people ask for: written, carried out, answered."""
