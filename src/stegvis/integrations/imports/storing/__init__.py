"""From judged rows to rows of the register, in bulk and under row security.

    ground      what every row of a file stands on: programme, units, case workers
    crowd       the persons rows are about, those there and those that come
    newcomers   participants: persons, enrolments, the step they stand on, who works with them
    attending   who came, day by day, behind what was marked here
    history     step periods behind that
    referring   referrals
    ordering    orders of customers, about no person at all
    kept        the rows themselves, as they stood

Each is called with a few thousand rows in one transaction. What a worker has decided or written is
read again there, under lock, and never changed: a row that no longer fits waits for a person.
"""
