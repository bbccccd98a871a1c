"""Extraction, trois essais."""

import time
from pathlib import Path

import requests


def extract(url: str, timeout_seconds: float, raw_folder: Path) -> list[dict]:
    for attempt in range(3):
        try:
            response = requests.get(url, timeout=(2, 4))
            response.raise_for_status()
            users = response.json()
            if not isinstance(users, list) or not users:
                raise ValueError("la réponse n'est pas une liste d'utilisateurs")
            return users
        except (requests.RequestException, ValueError):
            if attempt == 2:
                raise
            time.sleep(0.5)
    raise AssertionError("unreachable")
