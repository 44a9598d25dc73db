"""The names the signatures use for what they take. Each notebook's first cell defines the same."""

import numpy as np

Vector = np.ndarray | list | tuple
"""n real numbers: a 1-D array, a list or a tuple."""

Matrix = np.ndarray | list
"""Rows of equal length: a 2-D array or a list of rows."""
