"""Cache : des résultats gardés dans Redis, pour un temps.

Le cache est un confort. Quand Redis ne répond pas, le pipeline le dit
et continue : les données sont dans l'entrepôt.
"""

import json
import logging

import redis

logger = logging.getLogger("etl.cache")

PREFIX = "datastream:"
BATCH = 500


class CacheManager:
    def __init__(self, host: str, password: str | None):
        self.client = redis.Redis(
            host=host,
            port=6379,
            password=password,
            decode_responses=True,
            socket_connect_timeout=2,
            socket_timeout=5,
        )

    def get_cached(self, key: str):
        """Renvoie la valeur gardée sous cette clé, ou None."""
        text = self.client.get(PREFIX + key)
        return None if text is None else json.loads(text)

    def set_cache(self, key: str, value, ttl: int = 3600) -> None:
        """Garde une valeur ; Redis l'oublie après `ttl` secondes."""
        text = json.dumps(value, ensure_ascii=False)
        self.client.set(PREFIX + key, text, ex=ttl)

    def forget(self) -> None:
        """Oublie tout ce qui a été calculé avant ce chargement."""
        keys = list(self.client.scan_iter(f"{PREFIX}*", count=BATCH))
        for start in range(0, len(keys), BATCH):
            self.client.unlink(*keys[start : start + BATCH])


def publish(cache: CacheManager, summary: dict) -> None:
    """Oublie les anciens résultats, puis garde le résumé."""
    try:
        cache.forget()
        cache.set_cache("summary", summary)
        logger.info("cache : vidé, résumé gardé")
    except redis.RedisError as error:
        logger.warning("cache injoignable : %s", type(error).__name__)
