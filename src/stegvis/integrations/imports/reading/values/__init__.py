"""One cell → a value, or the code of what is wrong with it. Sources: the reading rules of the input
data (docs/formats); national number rules as noted in identity."""
