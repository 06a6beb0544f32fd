"""A command-line diary for calcium, vitamin D3 and vitamin K2."""

import _signal  # type: ignore[import-not-found]  # signal itself takes longer to load
import sys

__version__ = "0.1.0"

# This is the first line that k2log has in a process of its own. Until it can say that it was
# interrupted, Ctrl-C ends it without a word, and not with a traceback.
_ITS_OWN = "".join(sys.argv[:1]).endswith(("-m", "k2log", "k2log.exe"))
if _ITS_OWN and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
