"""What configuration files name on the Hub, as data."""
