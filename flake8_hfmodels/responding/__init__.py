"""What is known of a repo that turned out to be bad: where it is, and since when."""
