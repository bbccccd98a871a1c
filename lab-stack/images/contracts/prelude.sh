# Runs before each clause of a contract. $IMAGE is the image under test; $BOX names the clause's container, volume and built image, which
# are all removed afterwards.
set -Eeuo pipefail
BOX=contract-$RANDOM$RANDOM

clean() {
  docker rm -fv "$BOX" >/dev/null 2>&1 || true
  docker volume rm "$BOX" >/dev/null 2>&1 || true
  docker rmi -f "$BOX" >/dev/null 2>&1 || true
}
trap clean EXIT

fail() {
  echo "$*"
  exit 1
}

# same SEEN EXPECTED
same() {
  if [[ $1 != "$2" ]]; then fail "attendu : $2 ; vu : $1"; fi
}

# holds TEXT PART
holds() {
  if [[ $1 != *"$2"* ]]; then fail "attendu : … $2 … ; vu : ${1: -400}"; fi
}

# start [docker run options and command…]: starts a container named $BOX in the background.
start() {
  docker run -d --name "$BOX" "$@" >/dev/null
}

# refuses PART docker run options…: the container must fail with an error that contains PART.
refuses() {
  local said
  if said=$(docker run --rm "${@:2}" 2>&1); then fail "le conteneur a réussi : ${said: -400}"; fi
  holds "$said" "$1"
}

# soon SECONDS command…: the command must succeed within SECONDS.
soon() {
  local end=$((SECONDS + $1))
  until "${@:2}" >/dev/null 2>&1; do
    if ((SECONDS >= end)); then fail "pas en $1 s : ${*:2} ; journal : $(docker logs --tail 5 "$BOX" 2>&1)"; fi
    sleep 0.3
  done
}

inside() {
  docker exec "$BOX" "$@"
}

# config GO-TEMPLATE: prints a part of the image's configuration.
config() {
  docker image inspect -f "$1" "$IMAGE"
}

# has tool…: each tool must be on the image's PATH.
has() {
  docker run --rm --entrypoint sh "$IMAGE" -euc 'for tool; do command -v "$tool" >/dev/null || { echo "absent : $tool"; exit 1; }; done' sh "$@"
}
