"""./run bench: what the product costs, each figure beside its floor in the same run.

    accounting  CPU time of processes, as the operating system counts it
    ground      a throw-away PostgreSQL and the people in it
    serving     one web process per side: the product, and a bare Django beside it (floor/)
    blocks      A/B/A/B, medians, ratios
    pages, scale, imports, starting   the benchmarks themselves
    catalogue   their names

Nothing here asserts: a figure is read by people, and two machines never agree on milliseconds.
"""
