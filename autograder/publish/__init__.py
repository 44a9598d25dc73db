"""Text, references and questions in; an Otter Assign master, student folders and distributions out."""
