"""Every number that a chapter's prose claims, worked out and found in its text."""
