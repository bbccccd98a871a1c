"""Cache des réponses, dans Redis.

Une panne de Redis ralentit l'API ; elle ne l'arrête pas.
"""

import json
import logging
import os
from collections.abc import Callable

import redis
from fastapi.encoders import jsonable_encoder

logger = logging.getLogger("uvicorn.error")

# Le même préfixe que le pipeline, qui oublie tout après un chargement.
PREFIX = "datastream:"
TTL_SECONDS = int(os.environ.get("CACHE_TTL_SECONDS", "300"))

client = redis.Redis(
    host=os.environ.get("REDIS_HOST", "redis"),
    port=6379,
    password=os.environ.get("REDIS_PASSWORD"),
    decode_responses=True,
    socket_connect_timeout=1,
    socket_timeout=1,
)


def cached(key: str, read: Callable[[], object]) -> object:
    """La réponse gardée sous cette clé, sinon celle de `read`."""
    try:
        text = client.get(PREFIX + key)
        if text is not None:
            return json.loads(text)
    except (redis.RedisError, ValueError) as error:
        logger.warning("cache illisible : %s", type(error).__name__)
        return read()

    # Une erreur de `read` sort d'ici : elle n'est jamais gardée.
    answer = jsonable_encoder(read())
    try:
        client.set(PREFIX + key, json.dumps(answer), ex=TTL_SECONDS)
    except redis.RedisError as error:
        logger.warning("réponse non gardée : %s", type(error).__name__)
    return answer
