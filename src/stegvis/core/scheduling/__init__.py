"""A week against its capacity: planned, explained, planned again after an absence, checked.

instance   the week to be planned, and reading it
model      its rules as columns and rows of whole numbers
engines    two ways to solve such a model
placing    who can have a half day at all
solve      level by level, each frozen before the next
explain    what could not be met, and which rule blocks
repair     the week again, changed as little as can be
checking   a second reading of the rules, sharing nothing with the planner
"""
