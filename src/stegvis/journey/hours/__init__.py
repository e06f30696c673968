"""Hours month by month, by employer and kind; the first year's contact; what comes after it."""
