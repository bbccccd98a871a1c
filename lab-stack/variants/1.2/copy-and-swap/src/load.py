"""Chargement par COPY dans une table d'attente, puis échange des noms."""

import io

import pandas as pd
from sqlalchemy import Engine

CREATE = """
DROP TABLE IF EXISTS users_data_next;
CREATE TABLE users_data_next (
    id bigint, name text, username text, email text, phone text,
    city text, zipcode text, lat double precision, lng double precision, extracted_at timestamptz
);
"""
SWAP = """
DROP TABLE IF EXISTS users_data;
ALTER TABLE users_data_next RENAME TO users_data;
"""


def load(frame: pd.DataFrame, engine: Engine, table: str) -> int:
    lines = io.StringIO()
    frame.to_csv(lines, index=False, header=False)
    lines.seek(0)
    raw = engine.raw_connection()
    try:
        with raw.cursor() as cursor:
            cursor.execute(CREATE)
            names = ", ".join(frame.columns)
            cursor.copy_expert(f"COPY users_data_next ({names}) FROM STDIN WITH (FORMAT csv)", lines)
            cursor.execute(SWAP)
        raw.commit()
    finally:
        raw.close()
    return len(frame)
