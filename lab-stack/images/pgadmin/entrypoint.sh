#!/usr/bin/env bash
# Accepts the settings of the official image: creates the account at the first start, then serves.
set -euo pipefail

DATA=/var/lib/pgadmin

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Turns PGADMIN_CONFIG_NAME=value into the line `NAME = value` of pgAdmin's settings.
write_settings() {
  cat >/pgadmin4/config_distro.py <<-SETTINGS
	CA_FILE = '/etc/ssl/certs/ca-certificates.crt'
	LOG_FILE = '/dev/null'
	HELP_PATH = '../../docs'
	DEFAULT_BINARY_PATHS = {'pg': '/usr/local/pgsql-15', 'pg-15': '/usr/local/pgsql-15'}
	UPGRADE_CHECK_ENABLED = False
	MINIFY_HTML = False
	SETTINGS
  local name
  for name in "${!PGADMIN_CONFIG_@}"; do
    printf '%s = %s\n' "${name#PGADMIN_CONFIG_}" "${!name}" >>/pgadmin4/config_distro.py
  done
}

# Checks the address and password of the account for the first start.
require_account() {
  if [[ -n ${PGADMIN_DEFAULT_PASSWORD_FILE:-} ]]; then PGADMIN_DEFAULT_PASSWORD=$(<"$PGADMIN_DEFAULT_PASSWORD_FILE"); fi
  if [[ -z ${PGADMIN_DEFAULT_EMAIL:-} || -z ${PGADMIN_DEFAULT_PASSWORD:-} ]]; then
    fail 'You need to define the PGADMIN_DEFAULT_EMAIL and PGADMIN_DEFAULT_PASSWORD or PGADMIN_DEFAULT_PASSWORD_FILE environment variables.'
  fi
  if ! /venv/bin/python3 /usr/local/lib/escale/is-email.py "$PGADMIN_DEFAULT_EMAIL"; then
    fail "'$PGADMIN_DEFAULT_EMAIL' does not appear to be a valid email address. Please reset the PGADMIN_DEFAULT_EMAIL environment variable and try again."
  fi
  export PGADMIN_SETUP_EMAIL=$PGADMIN_DEFAULT_EMAIL PGADMIN_SETUP_PASSWORD=$PGADMIN_DEFAULT_PASSWORD
}

# Importing servers and preferences needs an existing database. Without them, the server creates it at startup.
import_files() {
  local servers=${PGADMIN_SERVER_JSON_FILE:-/pgadmin4/servers.json} preferences=${PGADMIN_PREFERENCES_JSON_FILE:-/pgadmin4/preferences.json}
  if [[ ! -f $servers && ! -f $preferences ]]; then return; fi
  /venv/bin/python3 /pgadmin4/setup.py setup-db
  if [[ -f $servers ]]; then /venv/bin/python3 /pgadmin4/setup.py load-servers "$servers" --user "$PGADMIN_DEFAULT_EMAIL"; fi
  if [[ -f $preferences ]]; then /venv/bin/python3 /pgadmin4/setup.py set-prefs "$PGADMIN_DEFAULT_EMAIL" --input-file "$preferences"; fi
}

# All IPv4 addresses, and all IPv6 addresses if the machine has IPv6.
any_address() {
  if [[ -e /proc/net/if_inet6 ]]; then echo '[::]'; else echo 0.0.0.0; fi
}

main() {
  # A library prints this warning at each start; it is meant for developers.
  export PYTHONWARNINGS=${PYTHONWARNINGS:-ignore:pkg_resources:UserWarning}
  write_settings
  if [[ ! -f $DATA/pgadmin4.db ]]; then
    require_account
    import_files
  fi
  local address=${PGADMIN_LISTEN_ADDRESS:-$(any_address)} tls=() port=80
  if [[ -n ${PGADMIN_ENABLE_TLS:-} ]]; then
    port=443
    tls=(--keyfile /certs/server.key --certfile /certs/server.cert)
  fi
  exec /venv/bin/gunicorn --limit-request-line "${GUNICORN_LIMIT_REQUEST_LINE:-8190}" --timeout "${GUNICORN_TIMEOUT:-86400}" \
    --bind "$address:${PGADMIN_LISTEN_PORT:-$port}" -w 1 --threads "${GUNICORN_THREADS:-25}" \
    --access-logfile "${GUNICORN_ACCESS_LOGFILE:--}" "${tls[@]}" pgAdmin4:app
}

main
