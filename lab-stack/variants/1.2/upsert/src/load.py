"""Chargement par upsert."""

import pandas as pd
from sqlalchemy import Engine, text

CREATE = """
CREATE TABLE IF NOT EXISTS users_data (
    id integer PRIMARY KEY,
    name varchar(200), username varchar(100), email varchar(200), phone varchar(50),
    city varchar(100), zipcode varchar(20),
    lat numeric(9, 6), lng numeric(9, 6),
    extracted_at timestamp
)
"""


def load(frame: pd.DataFrame, engine: Engine, table: str) -> int:
    names = list(frame.columns)
    changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in names if name != "id")
    insert = text(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)}) "
        f"ON CONFLICT (id) DO UPDATE SET {changes}"
    )
    with engine.begin() as connection:
        connection.execute(text(CREATE))
        connection.execute(insert, frame.to_dict("records"))
    return len(frame)
