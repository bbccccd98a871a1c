"""Transformation : des documents imbriqués à une table plate."""

from datetime import datetime, timezone

import pandas as pd

NUMBERS = ["lat", "lng"]


def transform(users: list[dict], columns: dict[str, str]) -> pd.DataFrame:
    """Garde les colonnes de `columns`, qui dit d'où vient chacune."""
    # {"address": {"city": …}} devient la colonne « address.city ».
    flat = pd.json_normalize(users)

    missing = sorted(set(columns.values()) - set(flat.columns))
    if missing:
        names = ", ".join(missing)
        raise ValueError(f"champs absents de la source : {names}")

    frame = pd.DataFrame(
        {column: flat[field] for column, field in columns.items()}
    )
    # Le code postal reste un texte : un nombre perdrait ses zéros.
    frame["extracted_at"] = datetime.now(timezone.utc)
    return frame
