#!/usr/bin/env bash
# Accepts the settings of the official image: makes the account and runs the scripts once, on an empty volume, then executes the command.
set -Eeuo pipefail

INIT_FOLDER=/docker-entrypoint-initdb.d

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# setting NAME: exports NAME, read from the file in NAME_FILE if that is set.
setting() {
  local name=$1 value=${!1:-} file_name="$1_FILE"
  local file=${!file_name:-}
  if [[ -n $value && -n $file ]]; then fail "error: both $name and $file_name are set (but are exclusive)"; fi
  if [[ -n $file ]]; then value=$(<"$file"); fi
  export "$name=$value"
  unset "$file_name"
}

# option NAME DEFAULT arguments…: prints the value of an option of mongod.
option() {
  local name=$1 value=$2
  shift 2
  while (($# > 0)); do
    case $1 in "$name"=*) value=${1#*=} ;; "$name") value=${2-} ;; esac
    shift
  done
  printf '%s' "$value"
}

has_init_files() {
  compgen -G "$INIT_FOLDER/*.sh" >/dev/null || compgen -G "$INIT_FOLDER/*.js" >/dev/null
}

listening() {
  (exec 3<>/dev/tcp/127.0.0.1/27017) 2>/dev/null
}

run_init_files() {
  local file
  for file in "$INIT_FOLDER"/*; do
    case $file in
      *.sh) echo "$0: running $file" && . "$file" ;;
      *.js) echo "$0: running $file" && mongosh --host 127.0.0.1 --port 27017 --quiet "$MONGO_INITDB_DATABASE" "$file" ;;
      *) echo "$0: ignoring $file" ;;
    esac
    echo
  done
}

# Reached by the init files only: no client takes this temporary server for the final one.
play_init_files() {
  mongod --noauth --bind_ip 127.0.0.1 --port 27017 --dbpath "$1" --quiet &
  local server=$!
  until listening; do
    kill -0 "$server" 2>/dev/null || fail 'error: mongod does not appear to have stayed running -- perhaps it had an error?'
    sleep 0.1
  done
  run_init_files
  kill -TERM "$server"
  wait "$server" || true
  printf '\n%s\n\n' 'MongoDB init process complete; ready for start up.'
}

main() {
  if [[ ${1:-} == -* ]]; then set -- mongod "$@"; fi
  if [[ ${1:-} == mongo* && $(id -u) == 0 ]]; then
    if [[ $1 == mongod ]]; then find /data/configdb /data/db \! -user mongodb -exec chown mongodb {} +; fi
    # Lets the user write to the container's log.
    chown --dereference mongodb "/proc/$$/fd/1" "/proc/$$/fd/2" 2>/dev/null || true
    HOME=/data/db exec setpriv --reuid=mongodb --regid=mongodb --init-groups "$0" "$@"
  fi
  if [[ ${1:-} != mongod ]]; then exec "$@"; fi

  setting MONGO_INITDB_ROOT_USERNAME
  setting MONGO_INITDB_ROOT_PASSWORD
  export MONGO_INITDB_DATABASE=${MONGO_INITDB_DATABASE:-test}
  local folder
  folder=$(option --dbpath /data/db "$@")
  if [[ -n $MONGO_INITDB_ROOT_USERNAME && -n $MONGO_INITDB_ROOT_PASSWORD ]]; then
    set -- "$@" --auth
  elif [[ -n $MONGO_INITDB_ROOT_USERNAME$MONGO_INITDB_ROOT_PASSWORD ]]; then
    fail '' "error: missing 'MONGO_INITDB_ROOT_USERNAME' or 'MONGO_INITDB_ROOT_PASSWORD'" '       both must be specified for a user to be created' ''
  fi

  # mongod leaves this file at its first start, whether or not it has data to keep.
  if [[ ! -e $folder/state.json ]]; then
    if [[ -n $MONGO_INITDB_ROOT_USERNAME ]]; then
      export FERRETDB_SETUP_DATABASE=admin FERRETDB_SETUP_USERNAME=$MONGO_INITDB_ROOT_USERNAME FERRETDB_SETUP_PASSWORD=$MONGO_INITDB_ROOT_PASSWORD
    fi
    if has_init_files; then
      play_init_files "$folder"
      unset "${!FERRETDB_SETUP_@}"
    fi
  fi
  # mongod alone listens on 127.0.0.1 only. What the learner's own options or file say comes later, and wins.
  set -- mongod --bind_ip_all "${@:2}"
  unset "${!MONGO_INITDB_@}"
  exec "$@"
}

main "$@"
