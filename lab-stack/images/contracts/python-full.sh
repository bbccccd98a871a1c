# What the course expects of python:3.11, the official image or ours.

## Python 3.11, pip, les compilateurs et git
holds "$(docker run --rm "$IMAGE" python -V)" 'Python 3.11.'
has pip gcc g++ make git curl wget pg_config

## Une roue avec du C se construit, et sert dans l’image slim
docker build -q -t "$BOX" - >/dev/null <<DOCKERFILE
FROM $IMAGE
RUN pip wheel --no-cache-dir --no-binary markupsafe --no-deps -w /wheels markupsafe==2.1.3 && pip install --root-user-action=ignore --no-index /wheels/*.whl
DOCKERFILE
docker run --rm "$BOX" python -c 'import markupsafe._speedups'
