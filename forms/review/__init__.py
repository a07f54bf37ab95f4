"""The screens of staff: queue, card, decision."""
