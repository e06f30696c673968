"""The face every room wears: base pages, components, icons, words for dates."""
