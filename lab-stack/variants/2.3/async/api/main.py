"""API DataStream, sans attente bloquante."""

import json
import os
from contextlib import asynccontextmanager

import redis.asyncio as redis
from fastapi import FastAPI, HTTPException
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine(
    os.environ["DATABASE_URL"], pool_pre_ping=True, connect_args={"timeout": 3}
)
store = redis.Redis(
    host=os.environ["REDIS_HOST"],
    password=os.environ["REDIS_PASSWORD"],
    socket_connect_timeout=1,
    socket_timeout=1,
)


@asynccontextmanager
async def lifespan(_: FastAPI):
    yield
    await store.aclose()
    await engine.dispose()


app = FastAPI(title="DataStream API", version="1.1.0", lifespan=lifespan)


@app.exception_handler(SQLAlchemyError)
@app.exception_handler(OSError)
async def away(*_) -> JSONResponse:
    return JSONResponse({"detail": "entrepôt indisponible"}, 503)


async def rows(sql: str, **values) -> list[dict]:
    async with engine.connect() as connection:
        found = await connection.execute(text(sql), values)
        return [dict(row) for row in found.mappings()]


async def kept(key: str, read):
    try:
        if found := await store.get(f"datastream:{key}"):
            return json.loads(found)
    except redis.RedisError:
        return await read()
    answer = jsonable_encoder(await read())
    try:
        await store.setex(f"datastream:{key}", 300, json.dumps(answer))
    except redis.RedisError:
        pass
    return answer


@app.get("/")
async def root():
    return {"message": "DataStream API", "status": "running"}


@app.get("/health")
async def health():
    await rows("SELECT 1")
    return {"status": "healthy", "database": "connected"}


@app.get("/users")
async def users():
    async def read():
        data = await rows("SELECT * FROM users_data ORDER BY id LIMIT 100")
        return {"count": len(data), "data": data}

    return await kept("users", read)


@app.get("/users/{user_id}")
async def user(user_id: int):
    async def read():
        found = []
        if 0 < user_id < 2**31:
            sql = "SELECT * FROM users_data WHERE id = :id"
            found = await rows(sql, id=user_id)
        if not found:
            raise HTTPException(404, "utilisateur inconnu")
        return found[0]

    return await kept(f"user:{user_id}", read)


@app.get("/stats")
async def stats():
    async def read():
        total = await rows("SELECT count(*) AS n FROM users_data")
        cities = await rows(
            "SELECT city, count(*) AS count FROM users_data GROUP BY city"
        )
        return {"total_users": total[0]["n"], "cities": cities}

    return await kept("stats", read)
