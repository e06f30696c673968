"""Where a person stands: step periods, pauses and what is known of them as dated facts."""
