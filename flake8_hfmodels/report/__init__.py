"""Findings to text: one module a format, `render(report) -> str`, pure."""
