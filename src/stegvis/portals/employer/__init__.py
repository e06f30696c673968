"""A company's page on one placement: a link, a code told apart, no account, on a telephone."""
