"""Pipeline ETL sans pandas."""

import json
import os
import sys
import urllib.request
from datetime import datetime, timezone

import psycopg

COLUMNS = "id, name, username, email, phone, city, zipcode, lat, lng, extracted_at"


def main():
    with urllib.request.urlopen(os.environ["SOURCE_API_URL"], timeout=8) as answer:
        users = json.load(answer)
    now = datetime.now(timezone.utc)
    rows = [
        (
            user["id"], user["name"], user["username"], user["email"], user["phone"],
            user["address"]["city"], user["address"]["zipcode"],
            float(user["address"]["geo"]["lat"]), float(user["address"]["geo"]["lng"]), now,
        )
        for user in users
    ]
    if not rows:
        raise ValueError("la source ne donne aucun utilisateur")
    # psycopg prend une adresse simple, sans le nom du pilote.
    url = os.environ["DATABASE_URL"].replace("+psycopg2", "").replace("+psycopg", "")
    with psycopg.connect(url, connect_timeout=10) as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS users_data (id int primary key, name text, username text, email text, phone text,"
            " city text, zipcode text, lat float8, lng float8, extracted_at timestamptz)"
        )
        cursor.execute("DELETE FROM users_data")
        cursor.executemany(f"INSERT INTO users_data ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", rows)
    print(f"{len(rows)} utilisateurs chargés", flush=True)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        print(f"échec : {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
