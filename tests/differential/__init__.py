"""Odd cells, run in a real kernel beside the student's folder and in the grader."""
