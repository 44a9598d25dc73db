"""Reference implementations, one module a chapter. Every stub a student gets is cut from here."""
