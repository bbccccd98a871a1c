#!/usr/bin/env bash
# Accepts the settings of the official image: creates a database once, in an empty PGDATA, then executes the command. Does not use -u, which
# sourced init scripts would inherit.
set -Eeo pipefail

INIT_FOLDER=/docker-entrypoint-initdb.d

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# setting NAME DEFAULT: exports NAME, read from the file in NAME_FILE if that is set.
setting() {
  local name=$1 value=${!1:-} file_name="$1_FILE"
  local file=${!file_name:-}
  if [[ -n $value && -n $file ]]; then fail "error: both $name and $file_name are set (but are exclusive)"; fi
  if [[ -n $file ]]; then value=$(<"$file"); fi
  export "$name=${value:-$2}"
  unset "$file_name"
}

asks_for_help() {
  local argument
  for argument in "$@"; do
    case $argument in -'?' | --help | --describe-config | -V | --version) return 0 ;; esac
  done
  return 1
}

# Called as root and as postgres: as postgres, it skips what only root may do.
make_folders() {
  mkdir -p "$PGDATA" ${POSTGRES_INITDB_WALDIR:+"$POSTGRES_INITDB_WALDIR"}
  chmod 700 "$PGDATA" ${POSTGRES_INITDB_WALDIR:+"$POSTGRES_INITDB_WALDIR"} || true
  chmod 3775 /var/run/postgresql 2>/dev/null || true
  if [[ $(id -u) == 0 ]]; then
    find "$PGDATA" /var/run/postgresql ${POSTGRES_INITDB_WALDIR:+"$POSTGRES_INITDB_WALDIR"} \! -user postgres -exec chown postgres {} +
  fi
}

# initdb needs a name for its user; with `--user`, a uid may have none.
name_this_user() {
  if getent passwd "$(id -u)" >/dev/null; then return; fi
  local wrapper
  wrapper=$(find /usr/lib -name libnss_wrapper.so -print -quit)
  NSS_WRAPPER_PASSWD=$(mktemp)
  NSS_WRAPPER_GROUP=$(mktemp)
  printf 'postgres:x:%s:%s:PostgreSQL:%s:/bin/false\n' "$(id -u)" "$(id -g)" "$PGDATA" >"$NSS_WRAPPER_PASSWD"
  printf 'postgres:x:%s:\n' "$(id -g)" >"$NSS_WRAPPER_GROUP"
  export NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP LD_PRELOAD=$wrapper
}

require_password() {
  if [[ -n $POSTGRES_PASSWORD || $POSTGRES_HOST_AUTH_METHOD == trust ]]; then
    if [[ $POSTGRES_HOST_AUTH_METHOD == trust ]]; then
      echo 'WARNING: POSTGRES_HOST_AUTH_METHOD is "trust": anyone who reaches this port is let in without a password.' >&2
    fi
    return
  fi
  fail 'Error: Database is uninitialized and superuser password is not specified.' \
    '       You must specify POSTGRES_PASSWORD to a non-empty value for the superuser,' \
    '       for example "-e POSTGRES_PASSWORD=password" on "docker run".' \
    '       POSTGRES_HOST_AUTH_METHOD=trust allows all connections without a password instead: this is *not* recommended.'
}

init_database() {
  local extra=()
  if [[ -n ${POSTGRES_INITDB_ARGS:-} ]]; then eval "extra=($POSTGRES_INITDB_ARGS)"; fi
  if [[ -n ${POSTGRES_INITDB_WALDIR:-} ]]; then extra+=(--waldir "$POSTGRES_INITDB_WALDIR"); fi
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") "${extra[@]}"
  local method=${POSTGRES_HOST_AUTH_METHOD:-$(postgres -C password_encryption)}
  printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"
}

# Listens on the socket only, so that no client takes this temporary server for the final one.
start_inside() {
  PGUSER=${PGUSER:-$POSTGRES_USER} pg_ctl -D "$PGDATA" -o "$(printf '%q ' "$@" -c listen_addresses= -p "${PGPORT:-5432}")" -w start
}

stop_inside() {
  pg_ctl -D "$PGDATA" -m fast -w stop
}

# `docker_process_sql` is the official name, which sourced init scripts call.
docker_process_sql() {
  local options=(-v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc)
  if [[ -n $POSTGRES_DB ]]; then options+=(--dbname "$POSTGRES_DB"); fi
  PGHOST='' PGHOSTADDR='' psql "${options[@]}" "$@"
}

make_named_database() {
  local found
  found=$(POSTGRES_DB=postgres docker_process_sql --set db="$POSTGRES_DB" --tuples-only <<<"SELECT 1 FROM pg_database WHERE datname = :'db';")
  if [[ -z $found ]]; then
    POSTGRES_DB=postgres docker_process_sql --set db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
  fi
}

run_init_files() {
  local file
  for file in "$INIT_FOLDER"/*; do
    if [[ ! -e $file ]]; then continue; fi
    printf '\n%s: ' "$0"
    case $file in
      *.sh) if [[ -x $file ]]; then echo "running $file" && "$file"; else echo "sourcing $file" && . "$file"; fi ;;
      *.sql) echo "running $file" && docker_process_sql -f "$file" ;;
      *.sql.gz) echo "running $file" && gunzip -c "$file" | docker_process_sql ;;
      *.sql.xz) echo "running $file" && xzcat "$file" | docker_process_sql ;;
      *.sql.zst) echo "running $file" && zstd -dc "$file" | docker_process_sql ;;
      *) echo "ignoring $file" ;;
    esac
  done
}

first_start() {
  ls "$INIT_FOLDER"/ >/dev/null
  require_password
  init_database
  start_inside "${@:2}"
  export PGPASSWORD=${PGPASSWORD:-$POSTGRES_PASSWORD}
  make_named_database
  run_init_files
  stop_inside
  unset PGPASSWORD
  if [[ -n ${NSS_WRAPPER_PASSWD:-} ]]; then
    rm -f "$NSS_WRAPPER_PASSWD" "$NSS_WRAPPER_GROUP"
    unset LD_PRELOAD NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP
  fi
  printf '\n%s\n\n' 'PostgreSQL init process complete; ready for start up.'
}

main() {
  if [[ ${1:-} == -* ]]; then set -- postgres "$@"; fi
  if [[ ${1:-} != postgres ]] || asks_for_help "$@"; then exec "$@"; fi
  make_folders
  if [[ $(id -u) == 0 ]]; then exec gosu postgres "$0" "$@"; fi
  setting POSTGRES_PASSWORD ''
  setting POSTGRES_USER postgres
  setting POSTGRES_DB "$POSTGRES_USER"
  setting POSTGRES_INITDB_ARGS ''
  setting POSTGRES_HOST_AUTH_METHOD ''
  if [[ -s $PGDATA/PG_VERSION ]]; then
    printf '\n%s\n\n' 'PostgreSQL Database directory appears to contain a database; Skipping initialization'
  else
    name_this_user
    first_start "$@"
  fi
  exec "$@"
}

main "$@"
