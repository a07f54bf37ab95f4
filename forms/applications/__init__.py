"""What was sent: answers, states, deadlines, routing, journal."""
