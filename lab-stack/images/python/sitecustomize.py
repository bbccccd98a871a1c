"""Reads packages from lib/python3.11/site-packages, as upstream does: the module `site` with Debian's folders is frozen in the program."""
import os
import site
import sys


def getsitepackages(prefixes=None):
    version = "python%d.%d" % sys.version_info[:2]
    found = site.PREFIXES if prefixes is None else prefixes
    return [os.path.join(prefix, "lib", version, "site-packages") for prefix in dict.fromkeys(found) if prefix]


site.getsitepackages = getsitepackages
for folder in getsitepackages():
    if folder not in sys.path and os.path.isdir(folder):
        site.addsitedir(folder)
