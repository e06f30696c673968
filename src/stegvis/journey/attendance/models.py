"""Who came: the day as it was, not a judgement of anybody."""
