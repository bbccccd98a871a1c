# The processes that the gate keeps running: the resolver, the data source and the lab.
resolver_pid='' source_pid='' timer_pid=''

start_resolver() {
  local option=() range domain
  for range in ${setting[HIDDEN]:-}; do option+=("--bogus-nxdomain=$range"); done
  for domain in ${setting[ABSENT]:-}; do option+=("--address=/$domain/"); done
  dnsmasq --keep-in-foreground --conf-file=/dev/null --no-hosts --no-resolv --server="$upstream" \
    --listen-address="$OUTSIDE" --bind-interfaces --user=nobody --pid-file= --cache-size=1000 \
    --domain-needed --bogus-priv --filter-AAAA --local=/datastream.test/ \
    --host-record="source.datastream.test,$OUTSIDE" --local-ttl=60 "${option[@]}" 7>&- 8>&- &
  resolver_pid=$!
}

# The token is passed in the environment and not on the command line, which other users of the host could read.
start_source() {
  (
    export SOURCE_TOKEN=${setting[SOURCE_TOKEN]} SOURCE_ADDRESS=$OUTSIDE SOURCE_PORT=80 SOURCE_CONTROL_PORT
    exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
      /opt/escale/bin/node --max-old-space-size=64 "$GATE/source.js" </dev/null
  ) &
  source_pid=$!
}

# Checks every 10 s whether the registry has another address.
follow_registry() {
  [[ -n ${setting[REGISTRY]} ]] || return 0
  while sleep 10; do point_to_registry; done
}

# Returns when the lab ends. A service that ends earlier is restarted after a second.
keep_services() {
  local upstream ended
  upstream=$(awk '/^nameserver/ {print $2; exit}' /etc/resolv.conf)
  trap 'kill -TERM "$lab_pid" 2>/dev/null || :' TERM INT
  start_resolver
  start_source
  follow_registry &
  while :; do
    ended=''
    wait -n -p ended "$unshare_pid" ${resolver_pid:+"$resolver_pid"} ${source_pid:+"$source_pid"} ${timer_pid:+"$timer_pid"} || :
    case ${ended:-} in
      '') ;; # interrupted by a signal
      "$unshare_pid") exit 0 ;;
      "$timer_pid")
        timer_pid=''
        [[ -n $resolver_pid ]] || start_resolver
        [[ -n $source_pid ]] || start_source
        ;;
      *)
        [[ $ended != "$resolver_pid" ]] || resolver_pid=''
        [[ $ended != "$source_pid" ]] || source_pid=''
        if [[ -z $timer_pid ]]; then
          sleep 1 &
          timer_pid=$!
        fi
        ;;
    esac
  done
}
