"""The shell of the portal: settings, addresses, start-up, health and security headers."""
