"""Chargement : la table a été créée une fois pour toutes dans psql."""

import pandas as pd
from sqlalchemy import Engine, text


def load(frame: pd.DataFrame, engine: Engine, table: str) -> int:
    names = list(frame.columns)
    values = ", ".join(f":{name}" for name in names)
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})"), frame.to_dict("records"))
    return len(frame)
