# The lab's network access. The firewall is closed before the lab has any interface. The lab knows one address, the gate's, so its own
# networks may be any of 172.16.0.0/12; its docker0 has 172.17.0.0/16, as on a usual host.

outer_interface() { ip -4 route show default | awk '{for (i = 1; i < NF; i++) if ($i == "dev") {print $(i + 1); exit}}'; }
bridge_gateway() { ip -4 route show default | awk '{print $3; exit}'; }

# The registry's address in the current rules.
registry=''

# registry_address: prints « ADDRESS PORT » of the registry's container, or nothing if there is none.
registry_address() {
  local name=${setting[REGISTRY]%:*} port=${setting[REGISTRY]##*:} address
  [[ -n ${setting[REGISTRY]} ]] || return 0
  address=$(timeout 3 getent ahostsv4 "$name" | awk '{print $1; exit}') || :
  [[ -z $address ]] || printf '%s %s\n' "$address" "$port"
}

close_network() {
  local outer gateway
  outer=$(outer_interface)
  gateway=$(bridge_gateway)
  [[ -n $outer && -n $gateway ]] || fail gate.network 'the container has no default route'
  close_ipv6
  filter_rules "$outer" "$gateway" | iptables-restore
  translation_rules "$outer" | iptables-restore --noflush
  set_forwarding
  point_to_registry
  [[ -n $registry || -z ${setting[REGISTRY]} ]] || fail gate.registry "${setting[REGISTRY]} has no address on this network"
}

# Updates the rules to the registry's present address, which may change when the registry restarts.
point_to_registry() {
  local found
  found=$(registry_address)
  [[ -n $found && $found != "$registry" ]] || return 0
  registry=$found
  printf '%s\n' '*filter' ':registry -' "-A registry -d ${found% *} -p tcp --dport ${found#* } -j ACCEPT" COMMIT \
    '*nat' ':registry -' "-A registry -p tcp -j DNAT --to-destination ${found% *}:${found#* }" COMMIT | iptables-restore --noflush
}

set_forwarding() {
  [[ $(</proc/sys/net/ipv4/ip_forward) == 1 ]] || echo 1 >/proc/sys/net/ipv4/ip_forward
  # Ignore ICMP redirects, which the lab could send.
  echo 0 >/proc/sys/net/ipv4/conf/all/accept_redirects
  echo 0 >/proc/sys/net/ipv4/conf/default/accept_redirects
  # Lets the data source listen on port 80 without privileges.
  echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
}

close_ipv6() {
  [[ -e /proc/net/if_inet6 ]] || return 0
  echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6
  echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
  printf '*filter\n:INPUT DROP\n:FORWARD DROP\n:OUTPUT DROP\nCOMMIT\n' | ip6tables-restore
}

# filter_rules OUTER GATEWAY
filter_rules() {
  local outer=$1 gateway=$2 address
  printf '*filter\n:INPUT DROP\n:FORWARD DROP\n:OUTPUT ACCEPT\n:refuse -\n:registry -\n'
  # Replies with a TCP reset, because the kernel limits the rate of ICMP errors: a closed address must fail at once, not by a timeout.
  echo '-A refuse -p tcp -j REJECT --reject-with tcp-reset'
  echo '-A refuse -j REJECT'
  echo '-A INPUT -i lo -j ACCEPT'
  echo '-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT'
  echo "-A INPUT -i lab -s $INSIDE -d $OUTSIDE -p udp --dport 53 -j ACCEPT"
  echo "-A INPUT -i lab -s $INSIDE -d $OUTSIDE -p tcp -m multiport --dports 53,80 -j ACCEPT"
  echo "-A INPUT -i lab -s $INSIDE -d $OUTSIDE -p icmp --icmp-type echo-request -j ACCEPT"
  echo '-A INPUT -i lab -j refuse'
  echo '-A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT'
  echo '-A FORWARD -m conntrack --ctstate INVALID -j DROP'
  echo "-A FORWARD -i lab ! -s $INSIDE -j DROP"
  echo "-A FORWARD -i lab -o $outer -j registry"
  for address in ${setting[ALLOW]:-}; do echo "-A FORWARD -i lab -o $outer -d $address -j ACCEPT"; done
  for address in ${setting[CLOSED]:-}; do echo "-A FORWARD -i lab -d $address -j refuse"; done
  echo "-A FORWARD -i lab -o $outer -j ACCEPT"
  for address in "$gateway" ${setting[PEERS]:-}; do
    echo "-A INPUT -i $outer -s $address -p tcp --dport $SOURCE_CONTROL_PORT -j ACCEPT"
    echo "-A FORWARD -i $outer -o lab -s $address -d $INSIDE -p tcp --dport $AGENT_PORT -j ACCEPT"
  done
  echo COMMIT
}

# translation_rules OUTER
translation_rules() {
  printf '*nat\n:registry -\n'
  echo "-A PREROUTING -i lab -d $OUTSIDE -p tcp --dport $REGISTRY_PORT -j registry"
  echo "-A PREROUTING -i $1 -p tcp --dport $AGENT_PORT -j DNAT --to-destination $INSIDE:$AGENT_PORT"
  echo "-A POSTROUTING -s $INSIDE -o $1 -j MASQUERADE"
  echo "-A POSTROUTING -o lab -j SNAT --to-source $OUTSIDE"
  echo COMMIT
}

# Creates the veth pair between gate and lab, with the outer network's MTU.
join_lab() {
  local mtu
  mtu=$(<"/sys/class/net/$(outer_interface)/mtu")
  ip link add lab mtu "$mtu" type veth peer name eth0 mtu "$mtu" netns "$lab_pid"
  ip -batch - <<LINK
addr add $OUTSIDE/30 dev lab
link set lab up
LINK
  nsenter --target "$lab_pid" --net ip -batch - <<LINK
addr add $INSIDE/30 dev eth0
link set eth0 up
link set lo up
route add default via $OUTSIDE
LINK
}
