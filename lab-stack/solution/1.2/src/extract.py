"""Extraction : lire les utilisateurs auprès de la source HTTP."""

import json
from pathlib import Path

import requests


def extract(url: str, timeout_seconds: float, raw_folder: Path) -> list[dict]:
    """Renvoie les utilisateurs tels que la source les donne, et en garde une copie brute."""
    # Sans délai, une source muette bloquerait le pipeline pour toujours.
    response = requests.get(url, timeout=timeout_seconds)
    response.raise_for_status()
    users = response.json()
    if not isinstance(users, list) or not users:
        raise ValueError(f"la source {url} n'a pas répondu par une liste d'utilisateurs")

    copy = raw_folder / "users.json"
    copy.write_text(json.dumps(users, ensure_ascii=False, indent=2), encoding="utf-8")
    return users
