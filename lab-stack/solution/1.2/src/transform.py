"""Transformation : des documents imbriqués à une table plate."""

from datetime import datetime, timezone

import pandas as pd

NUMBERS = ["lat", "lng"]


def transform(users: list[dict], columns: dict[str, str]) -> pd.DataFrame:
    """Garde les colonnes demandées ; `columns` donne, pour chacune, le champ de la source."""
    flat = pd.json_normalize(users)  # {"address": {"city": …}} devient la colonne « address.city »

    missing = sorted(set(columns.values()) - set(flat.columns))
    if missing:
        raise ValueError(f"champs absents de la source : {', '.join(missing)}")

    frame = pd.DataFrame({column: flat[field] for column, field in columns.items()})
    # Le code postal reste un texte : un nombre perdrait ses zéros et son tiret.
    frame[NUMBERS] = frame[NUMBERS].astype(float)
    frame["extracted_at"] = datetime.now(timezone.utc)
    return frame
