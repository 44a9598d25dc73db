"""Builds, proves and grades the assignments of *The Mathematics of Large Language Models*."""

__version__ = "0.1.0"
