# What the course expects of dpage/pgadmin4, the official image or ours.

pinged() {
  inside wget -qO- "http://127.0.0.1:${1:-80}/misc/ping"
}

admin() {
  start -e PGADMIN_DEFAULT_EMAIL=admin@datastream.com -e PGADMIN_DEFAULT_PASSWORD=secret-word "$@"
}

## Ce que l’image déclare : ports, volume, utilisateur
holds "$(config '{{json .Config.ExposedPorts}}')" '"80/tcp"'
same "$(config '{{json .Config.Volumes}}')" '{"/var/lib/pgadmin":{}}'
same "$(config '{{.Config.User}}')" 5050

## Sans adresse ou sans mot de passe, elle refuse et le dit
refuses 'You need to define the PGADMIN_DEFAULT_EMAIL and PGADMIN_DEFAULT_PASSWORD' "$IMAGE"
refuses 'You need to define the PGADMIN_DEFAULT_EMAIL and PGADMIN_DEFAULT_PASSWORD' -e PGADMIN_DEFAULT_EMAIL=admin@datastream.com "$IMAGE"

## Une adresse que pgAdmin n’accepte pas est refusée
for address in admin admin@local admin@datastream.local; do
  refuses "'$address' does not appear to be a valid email address" -e PGADMIN_DEFAULT_EMAIL="$address" -e PGADMIN_DEFAULT_PASSWORD=secret-word "$IMAGE"
done

## Elle sert, laisse entrer avec ce mot de passe et pas avec un autre
admin -p 127.0.0.1::80 "$IMAGE"
soon 180 pinged
site=http://$(docker port "$BOX" 80/tcp | head -1)
login() {
  local jar token
  jar=$(mktemp)
  token=$(curl -s -c "$jar" "$site/login" | sed -n 's/.*csrfToken": "\([^"]*\).*/\1/p')
  curl -s -b "$jar" -c "$jar" -o /dev/null -w '%{redirect_url}' --data-urlencode "csrf_token=$token" \
    -d email=admin@datastream.com -d "password=$1" -d internal_button=Login "$site/authenticate/login"
  rm "$jar"
}
holds "$(login secret-word)" /browser/
if [[ $(login another-word) == */browser/* ]]; then fail 'un autre mot de passe entre'; fi

## Moins de 300 Mio, sous l’utilisateur 5050
admin "$IMAGE"
soon 180 pinged
same "$(inside sh -c 'stat -c %u /proc/1')" 5050
kib=$(inside sh -c 'cat /proc/[0-9]*/status' | awk '/^RssAnon/ { sum += $2 } END { print sum }')
if ((kib > 300 * 1024)); then fail "$((kib / 1024)) Mio"; fi

## Le compte survit au conteneur, sans les variables
admin -v "$BOX:/var/lib/pgadmin" "$IMAGE"
soon 180 pinged
docker rm -f "$BOX" >/dev/null
start -v "$BOX:/var/lib/pgadmin" "$IMAGE"
soon 180 pinged

## servers.json, un mot de passe dans un fichier, un autre port et un réglage
docker volume create "$BOX" >/dev/null
docker run --rm -i -u 0 -v "$BOX:/given" --entrypoint sh "$IMAGE" -c 'cat >/given/servers.json; echo secret-word >/given/password' <<'JSON'
{"Servers":{"1":{"Name":"entrepôt","Group":"Servers","Host":"postgres","Port":5432,"MaintenanceDB":"warehouse","Username":"dataeng","SSLMode":"prefer"}}}
JSON
start -v "$BOX:/given:ro" -e PGADMIN_DEFAULT_EMAIL=admin@datastream.com -e PGADMIN_DEFAULT_PASSWORD_FILE=/given/password \
  -e PGADMIN_SERVER_JSON_FILE=/given/servers.json -e PGADMIN_LISTEN_PORT=5050 -e PGADMIN_CONFIG_MASTER_PASSWORD_REQUIRED=False "$IMAGE"
soon 240 pinged 5050
same "$(inside /venv/bin/python3 -c 'import sqlite3; print(*sqlite3.connect("/var/lib/pgadmin/pgadmin4.db").execute("select name, host from server").fetchone())')" 'entrepôt postgres'
holds "$(inside cat /pgadmin4/config_distro.py)" 'MASTER_PASSWORD_REQUIRED = False'
