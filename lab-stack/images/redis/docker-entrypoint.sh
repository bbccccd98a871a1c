#!/bin/sh
# Accepts the settings of the official image: gives /data to the user of Redis, then executes the command as this user.
set -eu

case ${1:-} in -* | *.conf) set -- redis-server "$@" ;; esac

if [ "${1:-}" = redis-server ]; then
  if [ "$(id -u)" = 0 ]; then
    find . \! -user redis -exec chown redis '{}' +
    exec setpriv --reuid=redis --regid=redis --clear-groups "$0" "$@"
  fi
  if [ "$(umask)" = 0022 ]; then umask 0077; fi
  # The official image is compiled without the protected mode, so that other containers reach it without a password. Here it is switched
  # off before the learner's own settings, which may switch it on again.
  shift
  case ${1:-} in
    -v | -h | --version | --help | --test-memory | --check-system) ;;
    '' | -*) set -- --protected-mode no "$@" ;;
    *)
      file=$1
      shift
      if ! grep -qi '^[[:space:]]*protected-mode[[:space:]]' "$file" 2>/dev/null; then set -- --protected-mode no "$@"; fi
      set -- "$file" "$@"
      ;;
  esac
  set -- redis-server "$@"
fi

exec "$@"
