"""What learners might write in each assignment, right and wrong."""
