"""Pipeline ETL : des utilisateurs de la source à l'entrepôt.

Le code de sortie dit la vérité : 0 quand tout est chargé, 1 sinon.
"""

import logging
import os
import sys
from pathlib import Path

import yaml
from dotenv import load_dotenv
from sqlalchemy import create_engine

from src.extract import extract
from src.load import load, load_to_mongo
from src.transform import transform

ROOT = Path(__file__).resolve().parent

logger = logging.getLogger("etl")


def read_config() -> dict:
    path = ROOT / "config" / "config.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def configure_logging(folder: Path) -> None:
    """Journal à l'écran et dans un fichier.

    Un dossier refusé est signalé et n'arrête rien.
    """
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=[logging.StreamHandler()],
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "etl.log"
        to_file = logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        logger.warning("pas de journal sur le disque : %s", error)
        return
    to_file.setFormatter(logging.getLogger().handlers[0].formatter)
    logging.getLogger().addHandler(to_file)


def setting(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(f"la variable d'environnement {name} manque")
    return value


def run(config: dict) -> None:
    folders = {
        name: ROOT / path for name, path in config["folders"].items()
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    engine = create_engine(setting("DATABASE_URL"))

    users = extract(
        setting("SOURCE_API_URL"),
        config["source"]["timeout_seconds"],
        folders["raw"],
    )
    logger.info("extraction : %d utilisateurs", len(users))

    # Le brut d'abord : si la suite échoue, il est déjà à l'abri.
    count = load_to_mongo(users, setting("MONGO_URL"), **config["raw"])
    logger.info("documents bruts : %d dans MongoDB", count)

    frame = transform(users, config["columns"])
    frame.to_csv(folders["processed"] / "users.csv", index=False)
    logger.info("transformation : %d lignes, %d colonnes", *frame.shape)

    table = config["target"]["table"]
    count = load(frame, engine, table)
    logger.info("chargement : %d lignes dans %s", count, table)


def main() -> int:
    load_dotenv(ROOT / ".env")
    config = read_config()
    configure_logging(ROOT / config["folders"]["logs"])
    try:
        run(config)
    except Exception:
        logger.exception("le pipeline a échoué")
        return 1
    logger.info("pipeline terminé")
    return 0


if __name__ == "__main__":
    sys.exit(main())
