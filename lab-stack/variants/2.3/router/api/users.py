"""Les utilisateurs de l'entrepôt."""

import os
from datetime import datetime

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel
from sqlalchemy import create_engine, text

from cache import cached

router = APIRouter()
engine = create_engine(
    os.environ["DATABASE_URL"],
    pool_pre_ping=True,
    connect_args={"connect_timeout": 3},
)


class User(BaseModel):
    id: int
    name: str
    username: str
    email: str
    phone: str
    city: str
    zipcode: str
    lat: float
    lng: float
    extracted_at: datetime


class Users(BaseModel):
    count: int
    data: list[User]


def query(sql: str, **values) -> list[dict]:
    with engine.connect() as connection:
        rows = connection.execute(text(sql), values).mappings()
        return [dict(row) for row in rows]


@router.get("/users/", response_model=Users)
def list_users():
    def read():
        data = query("SELECT * FROM users_data LIMIT 100")
        return {"count": len(data), "data": data}

    return cached("users", read)


@router.get("/users/{number}", response_model=User)
def one_user(number: int):
    def read():
        sql = "SELECT * FROM users_data WHERE id = CAST(:id AS bigint)"
        for row in query(sql, id=number):
            return row
        raise HTTPException(404, "inconnu")

    return cached(f"users:{number}", read)


@router.get("/stats")
def stats():
    def read():
        users = query("SELECT city FROM users_data")
        names = sorted({user["city"] for user in users})
        cities = [
            {"city": name, "count": sum(u["city"] == name for u in users)}
            for name in names
        ]
        return {"total_users": len(users), "cities": cities}

    return cached("stats", read)
