# What the driver reads of the gate.

step() { printf 'escale-step %s\n' "$1"; }

# fail CODE TEXT: says why, and ends the container.
fail() {
  trap - ERR
  printf 'escale-error code=%s %s\n' "$1" "$2"
  exit 1
}
