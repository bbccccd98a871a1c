"""Tout tient dans etl_pipeline.py."""
