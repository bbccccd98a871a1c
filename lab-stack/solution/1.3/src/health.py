"""Bilan de santé du conteneur : l'entrepôt répond-il ?

Code de sortie 0 quand il répond, 1 sinon : Docker ne regarde que cela.
"""

import os
import sys

from sqlalchemy import create_engine, text


def main() -> int:
    try:
        engine = create_engine(os.environ["DATABASE_URL"], connect_args={"connect_timeout": 3})
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception as error:
        # Le nom de l'erreur suffit ; son texte pourrait citer l'adresse et son mot de passe.
        print(f"entrepôt injoignable : {type(error).__name__}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
