"""Entries that other programs wrote: Cronometer, MyFitnessPal, and any table one can explain.

``recognise`` tells whose a file is, ``layout`` finds its columns, ``entries`` reads its rows.
"""
