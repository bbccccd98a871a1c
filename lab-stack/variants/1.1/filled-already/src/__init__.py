"""Le paquet du pipeline."""
