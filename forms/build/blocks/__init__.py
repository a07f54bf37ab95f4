"""What an editor puts a form together from: steps, questions, conditions."""

from .steps import StepsBlock

__all__ = ["StepsBlock"]
