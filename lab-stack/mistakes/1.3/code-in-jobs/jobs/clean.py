"""Ménage du dossier des données brutes."""
