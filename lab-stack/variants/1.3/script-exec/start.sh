#!/bin/sh
set -eu
mkdir -p data/raw data/processed
exec "$@"
