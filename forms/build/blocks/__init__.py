"""What an editor puts a form together from: steps, questions, conditions, rules."""

from . import insertion
from .rules import RulesBlock
from .steps import StepsBlock

__all__ = ["RulesBlock", "StepsBlock", "insertion"]
