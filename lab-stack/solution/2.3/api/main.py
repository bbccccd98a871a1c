"""API DataStream : les utilisateurs de l'entrepôt, en JSON."""

import logging
import os

from fastapi import FastAPI, HTTPException, Path, Request
from fastapi.responses import JSONResponse
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from cache import cached

logger = logging.getLogger("uvicorn.error")

app = FastAPI(title="DataStream API", version="1.0.0")

# pool_pre_ping : une connexion que la base a fermée est refaite.
engine = create_engine(
    os.environ["DATABASE_URL"],
    pool_pre_ping=True,
    connect_args={"connect_timeout": 3},
)

COLUMNS = (
    "id, name, username, email, phone,"
    " city, zipcode, lat, lng, extracted_at"
)
# Ce qui tient dans une colonne de PostgreSQL.
USER_ID = Path(ge=1, le=2_147_483_647)


def query(sql: str, **values) -> list[dict]:
    """Les lignes d'une requête. Les valeurs passent à part du SQL."""
    with engine.connect() as connection:
        rows = connection.execute(text(sql), values).mappings()
        return [dict(row) for row in rows]


@app.exception_handler(SQLAlchemyError)
def unavailable(request: Request, error: SQLAlchemyError) -> JSONResponse:
    # Le détail va dans le journal : il peut citer l'adresse de la base.
    logger.error("%s : %s", request.url.path, type(error).__name__)
    return JSONResponse({"detail": "base indisponible"}, 503)


@app.get("/")
def read_root() -> dict:
    return {"message": "DataStream API", "status": "running"}


@app.get("/health")
def health() -> dict:
    query("SELECT 1")
    return {"status": "healthy", "database": "connected"}


@app.get("/users")
def get_users():
    def read() -> dict:
        users = query(
            f"SELECT {COLUMNS} FROM users_data ORDER BY id LIMIT 100"
        )
        return {"count": len(users), "data": users}

    return cached("users", read)


@app.get("/users/{user_id}")
def get_user(user_id: int = USER_ID):
    def read() -> dict:
        users = query(
            f"SELECT {COLUMNS} FROM users_data WHERE id = :id",
            id=user_id,
        )
        if not users:
            raise HTTPException(404, "utilisateur inconnu")
        return users[0]

    return cached(f"users:{user_id}", read)


@app.get("/stats")
def get_stats():
    def read() -> dict:
        cities = query(
            "SELECT city, count(*) AS count FROM users_data"
            " GROUP BY city ORDER BY count DESC, city"
        )
        total = sum(city["count"] for city in cities)
        return {"total_users": total, "cities": cities}

    return cached("stats", read)
