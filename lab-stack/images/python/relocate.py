"""Takes Debian's own layout out of a copy of its standard library, so that /usr/local holds a Python laid out as upstream's.

relocate.py LIBRARY fails when a text it replaces is not there exactly once: then Debian changed it, and this file must follow.
"""
import sys
from pathlib import Path

LIBRARY = Path(sys.argv[1])


def replace(name: str, before: str, after: str) -> None:
    file = LIBRARY / name
    text = file.read_text()
    if text.count(before) != 1:
        sys.exit(f"{file}: expected once, found {text.count(before)} times:\n{before}")
    file.write_text(text.replace(before, after))


# Makes `pip install` write to lib/python3.11/site-packages, also with --prefix.
replace("sysconfig.py", "prefix_scheme = 'posix_local'", "prefix_scheme = 'posix_prefix'")

# Enables `ensurepip` outside a virtual environment; new environments get this image's pip.
replace("ensurepip/__init__.py", "_WHEEL_PKG_DIR = sysconfig.get_config_var('WHEEL_PKG_DIR')", "_WHEEL_PKG_DIR = os.path.join(os.path.dirname(__file__), '_bundled')")
replace("ensurepip/__init__.py", "def _ensurepip_is_disabled_in_debian_for_system():\n", "def _ensurepip_is_disabled_in_debian_for_system():\n    return\n")

# Lets builds of C extensions find the moved headers.
for file in LIBRARY.glob("_sysconfigdata__*.py"):
    file.write_text(file.read_text().replace("/usr/include/python3.11", "/usr/local/include/python3.11"))
