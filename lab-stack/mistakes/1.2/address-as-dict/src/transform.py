"""Transformation."""

from datetime import datetime, timezone

import pandas as pd


def transform(users: list[dict], columns: dict[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(users)
    frame["extracted_at"] = datetime.now(timezone.utc)
    return frame
