"""Names that could be taken for others: which are worth imitating, which imitate, which exist."""
