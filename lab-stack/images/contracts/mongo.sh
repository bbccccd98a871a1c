# What the course expects of mongo:7, the official image or a stand-in.

PASSWORD='Ancre@Jetee:7'

listening() {
  inside bash -c 'exec 3<>/dev/tcp/127.0.0.1/27017'
}

# run JAVASCRIPT [mongosh options…]: prints what the expression gives.
run() {
  inside mongosh --quiet --eval "$1" "${@:2}"
}

# asked JAVASCRIPT: the same as the account of the variables.
asked() {
  run "$1" -u admin -p "$PASSWORD" --authenticationDatabase admin datawarehouse
}

# refused PART command…: the command must fail, and say so.
refused() {
  local said
  if said=$("${@:2}" 2>&1); then fail "accepté : ${said: -400}"; fi
  holds "$said" "$1"
}

with_account() {
  start -e MONGO_INITDB_ROOT_USERNAME=admin -e MONGO_INITDB_ROOT_PASSWORD="$PASSWORD" "$@"
  soon 60 asked 1
}

without_account() {
  start "$@"
  soon 60 run 1
}

## Ce que l’image déclare : port, volumes, commande
same "$(config '{{json .Config.Cmd}}')" '["mongod"]'
same "$(config '{{json .Config.Entrypoint}}')" '["docker-entrypoint.sh"]'
same "$(config '{{json .Config.ExposedPorts}}')" '{"27017/tcp":{}}'
same "$(config '{{json .Config.Volumes}}')" '{"/data/configdb":{},"/data/db":{}}'

## MongoDB 7, son interpréteur et ses outils
holds "$(docker run --rm "$IMAGE" mongod --version)" 'db version v7.0.'
has bash mongod mongosh mongodump mongorestore mongoexport mongoimport bsondump
without_account "$IMAGE"
holds "$(run 'db.version()')" 7.0.

## Avec les variables : refusé sans compte, refusé avec un autre mot de passe, accepté avec le bon
with_account "$IMAGE"
refused 'requires authentication' run 'db.users_raw.find().toArray()'
refused 'Authentication failed' run 1 -u admin -p other --authenticationDatabase admin
refused 'Authentication failed' run 1 -u somebody -p "$PASSWORD" --authenticationDatabase admin
same "$(run 'db.runCommand({ ping: 1 }).ok')" 1
same "$(asked 'db.kept.insertOne({ a: 1 }).acknowledged')" true
address=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' "$BOX")
uri="mongodb://admin:Ancre%40Jetee%3A7@$address:27017/datawarehouse?authSource=admin"
same "$(docker run --rm "$IMAGE" mongosh "$uri" --quiet --eval 'db.kept.countDocuments()')" 1

## Sans les variables, tout le monde entre
without_account "$IMAGE"
same "$(run 'db.kept.insertOne({ a: 1 }).acknowledged')" true
address=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' "$BOX")
same "$(docker run --rm "$IMAGE" mongosh "mongodb://$address" --quiet --eval 'db.kept.countDocuments()')" 1

## Ajoutées à un volume déjà né, les variables ne font aucun compte, et plus personne n’entre
without_account -v "$BOX:/data/db" "$IMAGE"
run 'db.kept.insertOne({ a: 1 })' >/dev/null
docker rm -f "$BOX" >/dev/null
start -v "$BOX:/data/db" -e MONGO_INITDB_ROOT_USERNAME=admin -e MONGO_INITDB_ROOT_PASSWORD="$PASSWORD" "$IMAGE"
soon 60 listening
refused 'Authentication failed' asked 1
refused 'requires authentication' run 'db.kept.find().toArray()'
# From beside the server, the first account can still be made.
run 'db.createUser({ user: "admin", pwd: "Ancre@Jetee:7", roles: ["root"] })' admin >/dev/null
same "$(asked 'db.getSiblingDB("test").kept.countDocuments()')" 1

## Un seul des deux, ou un secret et son fichier à la fois : refusé
refuses 'both must be specified' -e MONGO_INITDB_ROOT_USERNAME=admin "$IMAGE"
refuses 'are exclusive' -e MONGO_INITDB_ROOT_PASSWORD=a -e MONGO_INITDB_ROOT_PASSWORD_FILE=/b "$IMAGE"

## Le mot de passe se lit dans un fichier
docker volume create "$BOX" >/dev/null
docker run --rm -v "$BOX:/secret" --entrypoint sh "$IMAGE" -c "printf '%s' '$PASSWORD' >/secret/password"
start -e MONGO_INITDB_ROOT_USERNAME=admin -e MONGO_INITDB_ROOT_PASSWORD_FILE=/secret/password -v "$BOX:/secret:ro" "$IMAGE"
soon 60 asked 1

## Les données et le compte survivent au conteneur
with_account -v "$BOX:/data/db" "$IMAGE"
asked 'db.kept.insertOne({ a: { deep: [1, 2] } })' >/dev/null
docker rm -f "$BOX" >/dev/null
with_account -v "$BOX:/data/db" "$IMAGE"
same "$(asked 'db.kept.findOne().a.deep[1]')" 2

## Une image dérivée joue ses scripts .js et .sh une fois, sur un volume vide
docker build -q -t "$BOX" - >/dev/null <<DOCKERFILE
FROM $IMAGE
RUN cd /docker-entrypoint-initdb.d \
 && echo 'db.said.insertOne({ by: "js" }); db.createUser({ user: "etl", pwd: "etl-word", roles: [{ role: "readWrite", db: "datawarehouse" }] })' >1.js \
 && printf 'mongosh --quiet "\$MONGO_INITDB_DATABASE" --eval \047db.said.insertOne({ by: "sh" })\047\n' >2.sh
DOCKERFILE
# The scripts have a server of their own, which answers in the container.
with_account -e MONGO_INITDB_DATABASE=datawarehouse "$BOX"
soon 60 bash -c "docker logs $BOX 2>&1 | grep -q 'init process complete'"
soon 60 asked 1
same "$(asked 'db.said.find().sort({ by: 1 }).toArray().map((one) => one.by).join()')" js,sh
same "$(run 'db.said.countDocuments()' -u etl -p etl-word datawarehouse)" 2
docker restart -t 10 "$BOX" >/dev/null
soon 60 asked 1
same "$(asked 'db.said.countDocuments()')" 2

## Les options de mongod sont acceptées, une inconnue est refusée
start "$IMAGE" mongod --auth --bind_ip_all --wiredTigerCacheSizeGB 0.25 --quiet
soon 60 run 1
refused 'requires authentication' run 'db.users_raw.find().toArray()'
refuses 'unrecognised option' "$IMAGE" --not-an-option

## Des documents imbriqués, un upsert par clé, un index unique
without_account "$IMAGE"
same "$(run 'for (const turn of [1, 2]) db.raw.bulkWrite([1, 2, 3].map((id) => ({ replaceOne: { filter: { id }, replacement: { id, turn, address: { geo: { lat: "-37.3159" } } }, upsert: true } }))); db.raw.countDocuments()')" 3
same "$(run 'db.raw.findOne({ "address.geo.lat": "-37.3159", id: 2 }).turn')" 2
run 'db.raw.createIndex({ id: 1 }, { unique: true })' >/dev/null
refused E11000 run 'db.raw.insertOne({ id: 1 })'
same "$(run 'db.raw.insertMany([{ id: 4 }, { id: 5 }]); db.raw.deleteMany({ id: { $gt: 3 } }).deletedCount')" 2
same "$(run 'db.raw.renameCollection("renamed"); db.getCollectionNames().join()')" renamed

## Des regroupements avec plusieurs sommes, des champs recopiés
without_account "$IMAGE"
run 'db.raw.insertMany([{ city: "a", n: 1 }, { city: "a", n: 2 }, { city: "b", n: 5 }])' >/dev/null
same "$(run 'EJSON.stringify(db.raw.aggregate([{ $group: { _id: "$city", count: { $sum: 1 }, total: { $sum: "$n" } } }, { $sort: { _id: 1 } }]).toArray())')" \
  '[{"_id":"a","count":2,"total":3},{"_id":"b","count":1,"total":5}]'
same "$(run 'EJSON.stringify(db.raw.aggregate([{ $match: { n: 5 } }, { $addFields: { copy: "$n" } }, { $project: { _id: 0, place: "$city", copy: 1 } }]).toArray())' | tr -d ' ')" \
  '[{"copy":5,"place":"b"}]'

## Aucune modification ne se perd quand plusieurs clients écrivent à la fois
without_account "$IMAGE"
run 'db.counts.insertOne({ _id: 1, n: 0 })' >/dev/null
inside bash -c 'for _ in 1 2 3; do mongosh --quiet --eval "for (let turn = 0; turn < 100; turn++) db.counts.updateOne({ _id: 1 }, { \$inc: { n: 1 } })" >/dev/null & done; wait'
same "$(run 'db.counts.findOne().n')" 300

## Une sauvegarde d’une base sort du conteneur, et revient dans un autre
with_account "$IMAGE"
asked 'db.kept.insertMany([{ a: 1 }, { a: 2 }])' >/dev/null
archive=$(mktemp)
docker exec "$BOX" mongodump --quiet -u admin -p "$PASSWORD" --authenticationDatabase admin --db datawarehouse --archive --gzip >"$archive"
docker rm -fv "$BOX" >/dev/null
with_account "$IMAGE"
docker exec -i "$BOX" mongorestore --quiet -u admin -p "$PASSWORD" --authenticationDatabase admin --archive --gzip <"$archive"
rm "$archive"
same "$(asked 'db.kept.countDocuments()')" 2

## Le serveur est l’utilisateur 999, un dossier monté est pris en main
parent=$(mktemp -d)
folder=$parent/data
mkdir "$folder"
without_account -v "$folder:/data/db" "$IMAGE"
same "$(inside stat -c %u /proc/1)" 999
same "$(inside stat -c %U /data/db)" mongodb
docker rm -fv "$BOX" >/dev/null
docker run --rm -v "$folder:/folder" --entrypoint sh "$IMAGE" -c 'rm -rf /folder/* /folder/.[!.]*'
rmdir "$folder" "$parent"

## Elle s’arrête proprement en moins de 5 s, un client connecté
without_account "$IMAGE"
docker exec -d "$BOX" mongosh --quiet --eval 'db.runCommand({ ping: 1 }); sleep(60000)'
soon 30 bash -c "docker top $BOX | grep -q 'sleep(60000)'"
sleep 3
began=$SECONDS
docker stop -t 20 "$BOX" >/dev/null
if ((SECONDS - began > 5)); then fail "arrêt en $((SECONDS - began)) s"; fi
same "$(docker inspect -f '{{.State.ExitCode}}' "$BOX")" 0

## Les autres commandes sont lancées telles quelles
same "$(docker run --rm "$IMAGE" echo as-is)" as-is
