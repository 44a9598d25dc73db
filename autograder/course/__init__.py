"""A chapter's sources: read, checked against each other, and rendered as Otter tests."""
