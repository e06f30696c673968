"""The floor: what the same page costs as a bare Django writes it.

The same rows of the same database, sessions and sign-in, the ORM, a paginator, a form, a template;
no row security, no journal, no judgement, one language. The usual short way at every turn.
"""
