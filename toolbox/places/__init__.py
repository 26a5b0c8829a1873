"""Where the work is and what kind of work it is: municipalities, counties, everyday kinds of work.

Plain files, no database: these lists change by law or by us, a few times in a decade.
"""
