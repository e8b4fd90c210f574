"""Turns engine/ and docs/ into the site: one room a subject, imports in one direction (tests/house)."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The repository's folder."""
