#!/bin/sh
set -eu
mkdir -p data/raw
echo "départ de $*"
