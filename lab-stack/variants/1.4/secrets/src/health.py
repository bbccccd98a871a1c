"""Bilan de santé : l'entrepôt accepte-t-il une connexion ?"""

import os
import socket
import sys

try:
    socket.create_connection((os.environ["DB_HOST"], 5432), timeout=3).close()
except OSError as error:
    print(f"entrepôt injoignable : {error}", file=sys.stderr)
    sys.exit(1)
