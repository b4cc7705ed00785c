"""The lookup layer: what the Hub says, asked once, kept, and never in the way."""
