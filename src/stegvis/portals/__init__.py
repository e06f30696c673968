"""One entrance per kind of visitor: composed pages, no tables of their own."""
