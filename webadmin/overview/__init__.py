"""The first page: is everything working, what arrives, what is rejected and why, who needs a visit."""
