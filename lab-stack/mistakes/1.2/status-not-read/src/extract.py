"""Extraction."""

from pathlib import Path

import requests


def extract(url: str, timeout_seconds: float, raw_folder: Path) -> list[dict]:
    response = requests.get(url, timeout=timeout_seconds)
    if response.status_code != 200:
        return []
    return response.json()
