"""API DataStream, avec un cache devant tous les points d'accès."""

import logging
import os

import redis.asyncio as redis
from fastapi import FastAPI, HTTPException, Request, Response
from redis.exceptions import RedisError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

log = logging.getLogger("uvicorn.error")
app = FastAPI(title="DataStream API", version="1.0.0")
engine = create_engine(os.environ["DATABASE_URL"], poolclass=NullPool, connect_args={"connect_timeout": 3})
kept = redis.Redis(
    host=os.environ["REDIS_HOST"],
    password=os.environ["REDIS_PASSWORD"],
    socket_timeout=1,
    socket_connect_timeout=1,
)
TTL = 600


@app.middleware("http")
async def through_cache(request: Request, call_next):
    path = request.url.path
    if request.method != "GET" or not path.startswith(("/users", "/stats")):
        return await call_next(request)
    key = f"datastream:http:{path}"
    try:
        found = await kept.hgetall(key)
    except RedisError:
        return await call_next(request)
    if found:
        return Response(found[b"body"], media_type=found[b"type"].decode())
    answer = await call_next(request)
    body = b"".join([part async for part in answer.body_iterator])
    if answer.status_code == 200:
        try:
            async with kept.pipeline() as many:
                many.hset(key, mapping={"body": body, "type": answer.headers["content-type"]})
                many.expire(key, TTL)
                await many.execute()
        except RedisError as error:
            log.warning("réponse non gardée : %s", type(error).__name__)
    return Response(body, answer.status_code, media_type=answer.headers["content-type"])


def read(sql: str, **values) -> list[dict]:
    try:
        with engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(sql), values).mappings()]
    except SQLAlchemyError as error:
        log.error("entrepôt : %s", type(error).__name__)
        raise HTTPException(503, "entrepôt indisponible") from error


@app.get("/")
def root():
    return {"message": "DataStream API", "status": "running"}


@app.get("/health")
def health():
    read("SELECT 1")
    return {"status": "healthy", "database": "connected"}


@app.get("/users")
def users():
    data = read("SELECT * FROM users_data ORDER BY id LIMIT 100")
    return {"count": len(data), "data": data}


@app.get("/users/{user_id}")
def user(user_id: int):
    if not 0 < user_id < 2**31:
        raise HTTPException(404, "utilisateur inconnu")
    found = read("SELECT * FROM users_data WHERE id = :id", id=user_id)
    if not found:
        raise HTTPException(404, "utilisateur inconnu")
    return found[0]


@app.get("/stats")
def stats():
    cities = read("SELECT city, count(*) AS count FROM users_data GROUP BY city ORDER BY city")
    return {"total_users": sum(one["count"] for one in cities), "cities": cities}
