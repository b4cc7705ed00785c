"""Bills of materials: what code loads from the Hub, for those who keep an inventory."""
