# What the course expects of redis:7-alpine, the official image or ours.

# ask [redis-cli arguments…]: prints the answer of the clause's server.
ask() {
  inside redis-cli "$@"
}

answering() {
  [[ $(ask "$@" ping) == PONG ]]
}

## Ce que l’image déclare : port, volume, dossier, commande
same "$(config '{{json .Config.Cmd}}')" '["redis-server"]'
same "$(config '{{json .Config.Entrypoint}}')" '["docker-entrypoint.sh"]'
same "$(config '{{json .Config.ExposedPorts}}')" '{"6379/tcp":{}}'
same "$(config '{{json .Config.Volumes}}')" '{"/data":{}}'
same "$(config '{{.Config.WorkingDir}}')" /data

## Redis 7 et ses outils
holds "$(docker run --rm "$IMAGE" redis-server --version)" 'Redis server v=7.'
has sh redis-server redis-cli redis-benchmark redis-check-aof redis-check-rdb redis-sentinel nc ping ps wget

## Elle répond à un autre conteneur, sans mot de passe ni réglage
start "$IMAGE"
soon 30 answering
address=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' "$BOX")
same "$(docker run --rm "$IMAGE" redis-cli -h "$address" set name value)" OK
same "$(docker run --rm "$IMAGE" redis-cli -h "$address" get name)" value

## Un mot de passe : refusé sans lui, refusé avec un autre, accepté avec lui
start "$IMAGE" redis-server --requirepass 'Balise/Feu%9'
soon 30 answering -a 'Balise/Feu%9'
holds "$(ask ping 2>&1)" NOAUTH
holds "$(ask -a other ping 2>&1)" WRONGPASS
same "$(docker exec -e REDISCLI_AUTH='Balise/Feu%9' "$BOX" redis-cli ping)" PONG
# With NOAUTH, redis-cli succeeds all the same: a health check has to read the answer.
ask ping >/dev/null

## Des arguments seuls vont au serveur
start "$IMAGE" --maxmemory 64mb --maxmemory-policy allkeys-lru
soon 30 answering
same "$(ask --raw config get maxmemory-policy | tail -1)" allkeys-lru
same "$(ask --raw config get maxmemory | tail -1)" 67108864

## Un fichier de réglages est lu, et ce qu’il dit l’emporte
docker volume create "$BOX" >/dev/null
docker run --rm -i -v "$BOX:/given" --entrypoint sh "$IMAGE" -c 'cat >/given/redis.conf' <<'CONF'
maxmemory 32mb
protected-mode yes
CONF
start -v "$BOX:/given:ro" "$IMAGE" redis-server /given/redis.conf --databases 3
soon 30 answering
same "$(ask --raw config get maxmemory | tail -1)" 33554432
same "$(ask --raw config get databases | tail -1)" 3
address=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' "$BOX")
holds "$(docker run --rm "$IMAGE" redis-cli -h "$address" ping 2>&1)" DENIED

## Une clé a une durée de vie, puis disparaît
start "$IMAGE"
soon 30 answering
same "$(ask setex short 1 value)" OK
same "$(ask ttl short)" 1
gone() {
  [[ $(ask exists short) == 0 ]]
}
soon 10 gone

## Avec appendonly, les données survivent au conteneur, même tué
start -v "$BOX:/data" "$IMAGE" redis-server --appendonly yes
soon 30 answering
same "$(ask set kept 7)" OK
sleep 1.2
docker kill "$BOX" >/dev/null
docker rm "$BOX" >/dev/null
start -v "$BOX:/data" "$IMAGE" redis-server --appendonly yes
soon 30 answering
same "$(ask get kept)" 7
has_files=$(inside ls /data)
holds "$has_files" appendonlydir

## Sans appendonly, un arrêt propre en moins de 5 s enregistre les données
start -v "$BOX:/data" "$IMAGE" redis-server --save 60 1
soon 30 answering
ask set kept 8 >/dev/null
began=$SECONDS
docker stop -t 20 "$BOX" >/dev/null
if ((SECONDS - began > 5)); then fail "arrêt en $((SECONDS - began)) s"; fi
docker rm "$BOX" >/dev/null
start -v "$BOX:/data" "$IMAGE" redis-server --save 60 1
soon 30 answering
same "$(ask get kept)" 8

## Le serveur est l’utilisateur 999, un dossier monté est pris en main
parent=$(mktemp -d)
folder=$parent/data
mkdir "$folder"
start -v "$folder:/data" "$IMAGE" redis-server --appendonly yes
soon 30 answering
same "$(inside stat -c %u /proc/1)" 999
same "$(inside stat -c %U /data)" redis
docker rm -fv "$BOX" >/dev/null
docker run --rm -v "$folder:/folder" --entrypoint sh "$IMAGE" -c 'rm -rf /folder/*'
rmdir "$folder" "$parent"

## Les autres commandes sont lancées telles quelles
same "$(docker run --rm "$IMAGE" echo as-is)" as-is
