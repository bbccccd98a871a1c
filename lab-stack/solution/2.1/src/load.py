"""Chargement : la table de l'entrepôt, et les documents bruts."""

import pandas as pd
from pymongo import MongoClient, ReplaceOne
from sqlalchemy import Engine, inspect, text


def load(frame: pd.DataFrame, engine: Engine, table: str) -> int:
    """Remplace le contenu de la table ; renvoie le nombre de lignes.

    La table n'est pas recréée : ses droits, ses index et les vues
    qui la lisent restent. Tout se passe dans une transaction : en
    cas d'échec, l'ancien contenu est gardé.
    """
    with engine.begin() as connection:
        if inspect(connection).has_table(table):
            preparer = connection.dialect.identifier_preparer
            quoted = preparer.quote(table)
            connection.execute(text(f"TRUNCATE TABLE {quoted}"))
        frame.to_sql(table, connection, if_exists="append", index=False)
    return len(frame)


def load_to_mongo(
    users: list[dict], url: str, database: str, collection: str
) -> int:
    """Garde chaque utilisateur tel que la source le donne.

    La clé est l'id de la source : une nouvelle exécution remplace le
    document au lieu d'en ajouter un. Renvoie le nombre de documents.
    """
    writes = [
        ReplaceOne({"_id": user["id"]}, user, upsert=True)
        for user in users
    ]
    with MongoClient(url, serverSelectionTimeoutMS=10_000) as client:
        client[database][collection].bulk_write(writes)
    return len(writes)
