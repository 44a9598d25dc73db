"""What is copied beside the student's notebook: what checks say, how it looks, and pictures. It needs NumPy
and Matplotlib alone."""

FILES = ("checking.py", "feedback.py", "handing_in.py", "newer_python.py", "pictures.py", "sealing.py")
