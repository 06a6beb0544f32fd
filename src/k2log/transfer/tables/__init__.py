"""Official food tables that a user has downloaded: one module a format, read as a stream.

``place`` finds the files in a folder or zip, ``formats`` tells which table they are, ``fdc``,
``sr28`` and ``ciqual`` yield their rows, ``compose`` makes a food of the rows about it.
"""
