import logging
import os
import sys
from datetime import datetime

import pandas as pd
import requests
from sqlalchemy import create_engine

logging.basicConfig(level=logging.INFO, format="%(asctime)s - %(levelname)s - %(message)s")
log = logging.getLogger("pipeline")


class Pipeline:
    def __init__(self):
        self.url = os.getenv("SOURCE_API_URL")
        self.engine = create_engine(os.getenv("DATABASE_URL"))

    def extract(self):
        answer = requests.get(self.url, timeout=15)
        answer.raise_for_status()
        log.info("extracted")
        return pd.DataFrame(answer.json())

    def transform(self, df):
        df["extracted_at"] = datetime.now()
        df["city"] = df["address"].apply(lambda a: a["city"])
        df["zipcode"] = df["address"].apply(lambda a: a["zipcode"])
        df["lat"] = df["address"].apply(lambda a: float(a["geo"]["lat"]))
        df["lng"] = df["address"].apply(lambda a: float(a["geo"]["lng"]))
        return df[["id", "name", "username", "email", "phone", "city", "zipcode", "lat", "lng", "extracted_at"]]

    def load(self, df):
        df.to_sql("users_data", self.engine, if_exists="replace", index=False)
        log.info("%d rows loaded", len(df))

    def run(self):
        self.load(self.transform(self.extract()))


if __name__ == "__main__":
    try:
        Pipeline().run()
    except Exception as error:
        log.error("pipeline failed: %s", error)
        sys.exit(1)
