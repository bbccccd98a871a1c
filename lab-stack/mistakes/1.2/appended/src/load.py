"""Chargement."""

import pandas as pd
from sqlalchemy import Engine


def load(frame: pd.DataFrame, engine: Engine, table: str) -> int:
    frame.to_sql(table, engine, if_exists="append", index=False)
    return len(frame)
