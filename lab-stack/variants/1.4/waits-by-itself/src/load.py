"""Chargement : remplir la table de l'entrepôt."""

import time

import pandas as pd
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import OperationalError


def load(frame: pd.DataFrame, engine: Engine, table: str) -> int:
    """Remplace le contenu de la table ; renvoie le nombre de lignes.

    La table n'est pas recréée : ses droits, ses index et les vues
    qui la lisent restent. Tout se passe dans une transaction : en
    cas d'échec, l'ancien contenu est gardé.
    """
    for attempt in range(20):
        try:
            engine.connect().close()
            break
        except OperationalError:
            if attempt == 19:
                raise
            time.sleep(1)
    with engine.begin() as connection:
        if inspect(connection).has_table(table):
            preparer = connection.dialect.identifier_preparer
            quoted = preparer.quote(table)
            connection.execute(text(f"TRUNCATE TABLE {quoted}"))
        frame.to_sql(table, connection, if_exists="append", index=False)
    return len(frame)
