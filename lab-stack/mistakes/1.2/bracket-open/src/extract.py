"""Extraction : lire les utilisateurs auprès de la source HTTP."""

import json
from pathlib import Path

import requests


def extract(
    url: str, timeout_seconds: float, raw_folder: Path
) -> list[dict]:
    """Renvoie ce que la source donne, et en garde une copie brute."""
    # Sans délai, une source muette bloquerait tout pour toujours.
    response = requests.get(url, timeout=timeout_seconds
    response.raise_for_status()
    users = response.json()
    if not isinstance(users, list) or not users:
        raise ValueError(f"{url} ne donne pas une liste d'utilisateurs")

    text = json.dumps(users, ensure_ascii=False, indent=2)
    (raw_folder / "users.json").write_text(text, encoding="utf-8")
    return users
