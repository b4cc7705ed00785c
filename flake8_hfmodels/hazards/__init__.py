"""What is dangerous in Python that a repo has for its loader to run: judged, never run."""
