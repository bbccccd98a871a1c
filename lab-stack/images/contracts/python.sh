# What the course expects of python:3.11-slim, the official image or ours.

## Python 3.11 et pip, là où ils sont attendus
holds "$(docker run --rm "$IMAGE" python -V)" 'Python 3.11.'
same "$(config '{{json .Config.Cmd}}')" '["python3"]'
same "$(docker run --rm "$IMAGE" sh -c 'command -v python; command -v python3; command -v pip')" $'/usr/local/bin/python\n/usr/local/bin/python3\n/usr/local/bin/pip'
same "$(docker run --rm "$IMAGE" python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" /usr/local/lib/python3.11/site-packages

## La bibliothèque standard qu’un ETL utilise
docker run --rm "$IMAGE" python -c 'import bz2, ctypes, decimal, hashlib, lzma, sqlite3, ssl, uuid, venv, zlib, zoneinfo; zoneinfo.ZoneInfo("Europe/Paris")'

## pip install dans une construction, et copie d’un préfixe d’une étape à l’autre
docker build -q -t "$BOX" - >/dev/null <<DOCKERFILE
FROM $IMAGE AS made
RUN pip install --no-cache-dir --root-user-action=ignore --prefix=/install idna==3.7
FROM $IMAGE
COPY --from=made /install /usr/local
DOCKERFILE
same "$(docker run --rm "$BOX" python -c 'import idna; print(idna.__version__)')" 3.7

## Un utilisateur sans privilège se crée et se choisit
docker build -q -t "$BOX" - >/dev/null <<DOCKERFILE
FROM $IMAGE
RUN useradd --create-home --uid 1000 app
USER app
DOCKERFILE
same "$(docker run --rm "$BOX" id -u)" 1000
