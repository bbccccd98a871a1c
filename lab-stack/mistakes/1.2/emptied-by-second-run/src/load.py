"""Chargement : ce qui est déjà là n'est pas chargé une seconde fois."""

import pandas as pd
from sqlalchemy import Engine, inspect


def load(frame: pd.DataFrame, engine: Engine, table: str) -> int:
    if inspect(engine).has_table(table):
        known = pd.read_sql_table(table, engine)["id"]
        frame = frame[~frame["id"].isin(known)]
    frame.to_sql(table, engine, if_exists="replace", index=False)
    return len(frame)
