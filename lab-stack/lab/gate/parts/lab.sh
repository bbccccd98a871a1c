# The lab's namespaces, seen from the gate.
lab_pid='' unshare_pid=''

# Changes the owner of the volumes' root folders, not of what the learner stores in them.
hand_over_volumes() {
  chown "$FIRST_ID:$FIRST_ID" "$LAB_ROOT" "$VOLUMES/engine"
  chown "$((FIRST_ID + LEARNER_ID)):$((FIRST_ID + LEARNER_ID))" "$VOLUMES/home"
  # Read-only mounts made here cannot be remounted in the lab: mount flags are locked in a less privileged user namespace.
  local folder
  for folder in bin agent gate/inside; do
    mkdir -p "/run/escale/${folder##*/}"
    mount --bind "/opt/escale/$folder" "/run/escale/${folder##*/}"
    mount -o remount,bind,ro "/run/escale/${folder##*/}"
  done
}

# The engine may lack the right to raise a limit, so the gate sets the soft and hard limits before.
limit_open_files() {
  local wanted=${setting[OPEN_FILES]:-65536} most
  most=$(ulimit -H -n)
  if [[ $most != unlimited ]] && ((most < wanted)); then wanted=$most; fi
  ulimit -n "$wanted"
}

# Starts $GATE/lab as root of new namespaces. It mounts its file system while the gate closes the network, and has no interface yet.
start_lab() {
  local user=()
  has_user_namespace && user=(--user --map-users="0:$FIRST_ID:$ID_COUNT" --map-groups="0:$FIRST_ID:$ID_COUNT" --setuid 0 --setgid 0)
  rm -f /run/escale/token /run/escale/pid
  mkfifo -m 600 /run/escale/token /run/escale/pid
  exec 7<>/run/escale/token 8<>/run/escale/pid
  rm /run/escale/token /run/escale/pid
  (
    limit_open_files
    move_to_group lab "$BASHPID"
    exec env -i PATH="$PATH" LC_ALL="$LC_ALL" ISOLATION="${setting[ISOLATION]}" \
      unshare "${user[@]}" --mount --pid --cgroup --ipc --uts --net --fork --kill-child "$GATE/lab"
  ) </dev/null &
  unshare_pid=$!
}

# Reads the lab's process id from one pipe, and passes it the agent's token through the other.
meet_lab() {
  read -r -t 10 lab_pid <&8 || fail gate.namespaces 'the lab could not be given namespaces of its own'
  exec 8>&-
  move_to_group gate "$unshare_pid"
  printf '%s\n' "${setting[AGENT_TOKEN]}" >&7
  exec 7>&-
}
