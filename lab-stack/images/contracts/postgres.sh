# What the course expects of postgres:15-alpine, the official image or ours.

serving() {
  inside pg_isready -q -h 127.0.0.1
}

query() {
  inside psql -U dataeng -d warehouse -Atc "$1"
}

dataeng() {
  start -e POSTGRES_USER=dataeng -e POSTGRES_PASSWORD=secret -e POSTGRES_DB=warehouse "$@"
  soon 120 serving
}

## Ce que l’image déclare : port, volume, signal, commande
same "$(config '{{json .Config.Cmd}}')" '["postgres"]'
same "$(config '{{json .Config.Entrypoint}}')" '["docker-entrypoint.sh"]'
same "$(config '{{json .Config.ExposedPorts}}')" '{"5432/tcp":{}}'
same "$(config '{{json .Config.Volumes}}')" '{"/var/lib/postgresql/data":{}}'
same "$(config '{{.Config.StopSignal}}')" SIGINT
holds "$(config '{{json .Config.Env}}')" '"PGDATA=/var/lib/postgresql/data"'

## PostgreSQL 15 et ses outils
holds "$(docker run --rm "$IMAGE" postgres --version)" 'PostgreSQL) 15.'
has psql pg_dump pg_restore pg_isready initdb gosu nc ps wget

## Sans mot de passe, elle refuse et le dit
refuses 'superuser password is not specified' "$IMAGE"

## Un mot de passe et son fichier à la fois : refusé
refuses 'are exclusive' -e POSTGRES_PASSWORD=a -e POSTGRES_PASSWORD_FILE=/b "$IMAGE"

## Utilisateur, base et mot de passe viennent des variables ; le réseau demande le mot de passe
dataeng "$IMAGE"
same "$(query 'SELECT current_user, current_database()')" 'dataeng|warehouse'
same "$(query 'SHOW server_encoding')" UTF8
ask='psql -h $(hostname -i) -U dataeng warehouse -Atc "SELECT 1"'
same "$(docker exec -e PGPASSWORD=secret "$BOX" sh -c "$ask")" 1
if docker exec -e PGPASSWORD=other "$BOX" sh -c "$ask" >/dev/null 2>&1; then fail 'un autre mot de passe entre'; fi

## Le mot de passe se lit dans un fichier
docker volume create "$BOX" >/dev/null
docker run --rm -v "$BOX:/secret" --entrypoint sh "$IMAGE" -c 'echo from-file >/secret/password'
start -e POSTGRES_PASSWORD_FILE=/secret/password -v "$BOX:/secret:ro" "$IMAGE"
soon 120 serving
same "$(docker exec -e PGPASSWORD=from-file "$BOX" sh -c 'psql -h $(hostname -i) -U postgres -Atc "SELECT 2"')" 2

## Les données survivent au conteneur, les scripts ne rejouent pas
dataeng -v "$BOX:/var/lib/postgresql/data" "$IMAGE"
query 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)' >/dev/null
docker rm -f "$BOX" >/dev/null
start -v "$BOX:/var/lib/postgresql/data" "$IMAGE"
soon 120 serving
same "$(query 'SELECT n FROM kept')" 7
holds "$(docker logs "$BOX" 2>&1)" 'Skipping initialization'

## Une image dérivée joue ses scripts .sql, .sql.gz et .sh, dans l’ordre, une fois
docker build -q -t "$BOX" - >/dev/null <<DOCKERFILE
FROM $IMAGE
RUN cd /docker-entrypoint-initdb.d \
 && echo 'CREATE TABLE said (n serial, t text);' >1.sql \
 && echo "INSERT INTO said (t) VALUES ('gz');" | gzip >2.sql.gz \
 && printf '#!/bin/sh\necho "INSERT INTO said (t) VALUES (:\047word\047)" | psql -v word=sh -U "\$POSTGRES_USER" -d "\$POSTGRES_DB"\n' >3.sh && chmod +x 3.sh
DOCKERFILE
dataeng "$BOX"
same "$(query "SELECT string_agg(t, ' ' ORDER BY n) FROM said")" 'gz sh'

## Un script en erreur arrête tout, avec la ligne en cause
docker build -q -t "$BOX" - >/dev/null <<DOCKERFILE
FROM $IMAGE
RUN echo 'SELEC 1;' >/docker-entrypoint-initdb.d/1.sql
DOCKERFILE
refuses 'syntax error at or near "SELEC"' -e POSTGRES_PASSWORD=a "$BOX"

## Les arguments vont au serveur, les autres commandes sont lancées telles quelles
dataeng "$IMAGE" -c max_connections=33
same "$(query 'SHOW max_connections')" 33
same "$(docker run --rm "$IMAGE" echo as-is)" as-is

## Le serveur est l’utilisateur 70, ses fichiers sont à lui
dataeng "$IMAGE"
same "$(inside sh -c 'stat -c %u /proc/1')" 70
same "$(inside sh -c 'stat -c %u:%a /var/lib/postgresql/data')" 70:700

## Un dossier du projet monté à la place du volume est pris en main
parent=$(mktemp -d)
folder=$parent/data
mkdir "$folder"
dataeng -v "$folder:/var/lib/postgresql/data" "$IMAGE"
same "$(query 'SELECT 1')" 1
docker rm -fv "$BOX" >/dev/null
docker run --rm -v "$folder:/folder" --entrypoint sh "$IMAGE" -c 'rm -rf /folder/*'
rmdir "$folder" "$parent"

## Elle s’arrête proprement en moins de 5 s
dataeng "$IMAGE"
began=$SECONDS
docker stop -t 20 "$BOX" >/dev/null
if ((SECONDS - began > 5)); then fail "arrêt en $((SECONDS - began)) s"; fi
holds "$(docker logs "$BOX" 2>&1)" 'database system is shut down'

## L’ordre de tri est celui de l’image alpine, un texte sauvegardé revient
dataeng "$IMAGE"
same "$(query "SELECT string_agg(t, '' ORDER BY t) FROM unnest(ARRAY['b','B','é','a','Z']) t")" BZabé
query "CREATE TABLE dumped AS SELECT 'déjà' AS t" >/dev/null
holds "$(inside pg_dump -U dataeng warehouse)" 'déjà'
