"""Periods, weeks, texts and reasons: the small words every judgement is made of."""
