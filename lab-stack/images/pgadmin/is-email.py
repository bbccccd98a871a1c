"""is-email.py ADDRESS fails where pgAdmin would refuse the address, by its own rules and the settings of the container."""
import importlib.util
import os
import sys
from ast import literal_eval

# Loaded by its path: importing it through its package would open pgAdmin's database.
spec = importlib.util.spec_from_file_location("validation_utils", "/pgadmin4/pgadmin/utils/validation_utils.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)


def setting(name: str, default: str):
    return literal_eval(os.environ.get(f"PGADMIN_CONFIG_{name}", default))


rules = {
    "CHECK_EMAIL_DELIVERABILITY": setting("CHECK_EMAIL_DELIVERABILITY", "False"),
    "ALLOW_SPECIAL_EMAIL_DOMAINS": setting("ALLOW_SPECIAL_EMAIL_DOMAINS", "[]"),
    "GLOBALLY_DELIVERABLE": setting("GLOBALLY_DELIVERABLE", "True"),
}
sys.exit(0 if module.validate_email(sys.argv[1], rules) else 1)
