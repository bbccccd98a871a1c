# What the course expects of apache/airflow:2.7.3-python3.11, the official image or ours.

FERNET=kHATELLHYRr3NZoFQfyu6L407ndnLMhATQIhsMbQpok=

# With a database in a file, one container is enough; the entry point checks the connection all the same.
airflow() {
  docker run --rm -e _AIRFLOW_DB_MIGRATE=true "$@"
}

## Ce que l’image déclare : port, dossier, utilisateur, premier processus
same "$(config '{{json .Config.ExposedPorts}}')" '{"8080/tcp":{}}'
same "$(config '{{.Config.WorkingDir}}')" /opt/airflow
same "$(config '{{.Config.User}}')" 50000
same "$(config '{{json .Config.Entrypoint}}')" '["/usr/bin/dumb-init","--","/entrypoint"]'
holds "$(config '{{json .Config.Env}}')" '"AIRFLOW_HOME=/opt/airflow"'

## Airflow 2.7.3 sur Python 3.11, sous l’uid 50000 et le groupe 0
said=$(docker run --rm -e CONNECTION_CHECK_MAX_COUNT=0 "$IMAGE" bash -c 'airflow version; python -V; id -u; id -g; umask; pwd; whoami; stat -c "%u:%g" dags logs')
same "$said" $'2.7.3\nPython 3.11.'"$(sed -n 's/^Python 3\.11\.//p' <<<"$said")"$'\n50000\n0\n0002\n/opt/airflow\nairflow\n50000:0\n50000:0'
has airflow bash curl dumb-init pip python

## Les commandes : airflow ou sans airflow, bash, python
same "$(docker run --rm -e CONNECTION_CHECK_MAX_COUNT=0 "$IMAGE" version)" 2.7.3
same "$(docker run --rm -e CONNECTION_CHECK_MAX_COUNT=0 "$IMAGE" airflow version)" 2.7.3
same "$(docker run --rm -e CONNECTION_CHECK_MAX_COUNT=0 "$IMAGE" python -c 'print("as-is")')" as-is

## Ce que les DAG importent
docker run --rm -e CONNECTION_CHECK_MAX_COUNT=0 "$IMAGE" python -c '
import pandas, psycopg2, redis, requests, sqlalchemy
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator, ShortCircuitOperator
from airflow.providers.common.sql.operators.sql import SQLCheckOperator
from airflow.providers.http.operators.http import SimpleHttpOperator
from airflow.providers.postgres.hooks.postgres import PostgresHook
assert sqlalchemy.__version__.startswith("1.4."), sqlalchemy.__version__
sqlalchemy.create_engine("sqlite://").connect().execute("SELECT 1")
'

## Elle attend la base, puis dit pourquoi elle n’est pas venue
refuses 'Maximum number of retries (2) reached' -e CONNECTION_CHECK_MAX_COUNT=2 -e CONNECTION_CHECK_SLEEP_TIME=1 \
  -e AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql+psycopg2://nobody:nothing@127.0.0.1:5432/airflow "$IMAGE" version

## Les variables préparent la base et le compte
said=$(airflow -e _AIRFLOW_WWW_USER_CREATE=true -e _AIRFLOW_WWW_USER_USERNAME=data -e _AIRFLOW_WWW_USER_PASSWORD=secret-word "$IMAGE" users list 2>&1)
holds "$said" data
holds "$said" Admin
if [[ $said == *secret-word* ]]; then fail 'le mot de passe est affiché'; fi
refuses 'Airflow Admin password not set' -e _AIRFLOW_DB_MIGRATE=true -e _AIRFLOW_WWW_USER_CREATE=true "$IMAGE" version

## Elle sert : santé de la base, page de connexion, compte admis
start -e _AIRFLOW_DB_MIGRATE=true -e _AIRFLOW_WWW_USER_CREATE=true -e _AIRFLOW_WWW_USER_PASSWORD=secret-word \
  -e AIRFLOW__CORE__FERNET_KEY=$FERNET -e AIRFLOW__WEBSERVER__SECRET_KEY=any \
  -e AIRFLOW__WEBSERVER__WORKERS=1 -e AIRFLOW__WEBSERVER__WEB_SERVER_MASTER_TIMEOUT=400 \
  -e AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.basic_auth "$IMAGE" webserver
soon 420 inside curl -fs http://localhost:8080/health
holds "$(inside curl -fs http://localhost:8080/health)" '"metadatabase": {"status": "healthy"}'
holds "$(inside curl -fsL http://localhost:8080/)" 'Sign In'
same "$(inside curl -s -o /dev/null -w '%{http_code}' -u admin:secret-word http://localhost:8080/api/v1/dags)" 200
same "$(inside curl -s -o /dev/null -w '%{http_code}' -u admin:other http://localhost:8080/api/v1/dags)" 401
same "$(inside sh -c 'stat -c %u /proc/1')" 50000

## Le planificateur dit sa santé, et s’arrête proprement
start -e _AIRFLOW_DB_MIGRATE=true -e AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK=true "$IMAGE" scheduler
soon 300 inside curl -fs http://localhost:8974/health
soon 60 inside bash -c 'airflow jobs check --job-type SchedulerJob --hostname "$HOSTNAME"'
began=$SECONDS
docker stop -t 60 "$BOX" >/dev/null
if ((SECONDS - began > 30)); then fail "arrêt en $((SECONDS - began)) s"; fi

## Un DAG se joue en entier, et dit l’erreur d’une tâche
docker volume create "$BOX" >/dev/null
docker run --rm -i -u 0 -v "$BOX:/dags" --entrypoint sh "$IMAGE" -c 'cat >/dags/two.py' <<'PYTHON'
from datetime import datetime
from airflow import DAG
from airflow.operators.python import PythonOperator

with DAG("two", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    first = PythonOperator(task_id="first", python_callable=lambda: 7)
    second = PythonOperator(task_id="second", python_callable=lambda ti: print("got", ti.xcom_pull(task_ids="first")))
    first >> second
PYTHON
said=$(airflow -v "$BOX:/opt/airflow/dags:ro" "$IMAGE" bash -c 'airflow dags list-import-errors; airflow dags test two' 2>&1)
holds "$said" 'No data found'
holds "$said" 'got 7'

## Un autre uid du groupe 0 a un nom et un foyer, un autre groupe est refusé
same "$(docker run --rm -u 1234:0 -e CONNECTION_CHECK_MAX_COUNT=0 "$IMAGE" bash -c 'id -u; echo $HOME; whoami; airflow version')" $'1234\n/home/airflow\ndefault\n2.7.3'
refuses 'GID=0' -u 1234:1234 -e CONNECTION_CHECK_MAX_COUNT=0 "$IMAGE" version

## pip install dans une image dérivée, sous airflow et pas sous root
docker build -q -t "$BOX" - >/dev/null <<DOCKERFILE
FROM $IMAGE
RUN pip install --no-cache-dir cowsay==6.1
DOCKERFILE
docker run --rm -e CONNECTION_CHECK_MAX_COUNT=0 "$BOX" python -c 'import cowsay, airflow'
refuses 'You are running pip as root' -u 0 --entrypoint pip "$IMAGE" install cowsay==6.1

## Des paquets demandés par une variable sont installés au démarrage
same "$(docker run --rm -e CONNECTION_CHECK_MAX_COUNT=0 -e _PIP_ADDITIONAL_REQUIREMENTS='cowsay==6.1 idna' "$IMAGE" python -c 'import cowsay; print("there")' 2>/dev/null | tail -1)" there
