"""All that runs on the student's side of the wall. Nothing in here imports anything of the grader outside
this folder."""
