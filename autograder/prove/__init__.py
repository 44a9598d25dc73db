"""Proofs that the checks judge rightly: right and wrong answers, mutants, and samples to grade."""
