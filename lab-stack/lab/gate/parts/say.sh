# Messages from the gate to the driver.

step() { printf 'escale-step %s\n' "$1"; }

# fail CODE TEXT: reports the error and ends the container.
fail() {
  trap - ERR
  printf 'escale-error code=%s %s\n' "$1" "$2"
  exit 1
}
