"""Voir etl_pipeline.py."""
