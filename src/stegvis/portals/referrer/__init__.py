"""The one page of whoever referred somebody: the link to a report, opened once with a code."""
