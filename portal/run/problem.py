"""A failure that the person at the keyboard can mend."""

import sys


class Problem(Exception):
    """What happened and what to do about it, in plain Russian; ends the command with exit code 2."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def report(self) -> int:
        """Print it; returns the exit code."""
        sys.stdout.flush()
        print(f"\n{self.what}\nЧто сделать: {self.remedy}", file=sys.stderr)
        return 2
