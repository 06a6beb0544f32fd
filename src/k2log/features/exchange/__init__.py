"""The diary out to files and in from them: ``k2log export`` and ``import``."""
