"""For each check something that it lets pass and something that it must notice, by subject."""
