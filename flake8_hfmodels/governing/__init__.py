"""What a project allows of the Hub, and what is outside of it."""
