# Reads the driver's settings as data: nothing in them is ever evaluated.
declare -A setting=()

read_settings() {
  local line
  [[ -r $1 ]] || fail gate.settings "no settings in $1"
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line =~ ^([A-Z_]+)=(.*)$ ]] || fail gate.settings "a line of $1 is not KEY=value"
    setting[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
  done <"$1"
  [[ -n ${setting[AGENT_TOKEN]:-} && -n ${setting[SOURCE_TOKEN]:-} ]] || fail gate.settings 'a token is missing'
}

# require_free_space FOLDER BYTES
require_free_space() {
  local free block
  read -r free block < <(stat -f -c '%a %S' "$1")
  ((free * block >= $2)) || fail lab.host-disk "free=$((free * block)) floor=$2"
}
