#!/bin/sh
set -eu
exec python etl_pipeline.py
