# Gives the lab its control groups, without write access to the files that hold its limits.

readonly CGROUPS=/sys/fs/cgroup
# The container's own groups that have a child group for the lab.
nested=()

has_cgroup2() { [[ -e $CGROUPS/cgroup.controllers ]]; }

delegate_cgroups() {
  if has_cgroup2; then
    delegate_cgroup2
  elif has_user_namespace; then
    delegate_cgroup1
  else
    nest_cgroup1
  fi
}

# Version 1: the container's own group becomes the root of the lab's groups. The lab can create groups below it, but only root can change
# its limits.
delegate_cgroup1() {
  local kind mount file given=()
  while read -r _ mount kind _; do
    [[ $kind == cgroup ]] || continue
    mount -o remount,bind,rw "$mount"
    for file in "$mount" "$mount/cgroup.procs" "$mount/tasks"; do
      [[ ! -e $file ]] || given+=("$file")
    done
  done </proc/mounts
  chown "$FIRST_ID:$FIRST_ID" "${given[@]}"
}

# Version 1 without a user namespace: file owners do not protect the limits, so the lab's groups begin one level below the groups that hold
# them.
nest_cgroup1() {
  local kind mount file
  while read -r _ mount kind _; do
    [[ $kind == cgroup ]] || continue
    mount -o remount,bind,rw "$mount"
    mkdir "$mount/lab"
    for file in cpuset.cpus cpuset.mems; do # empty in a new group, and then no process can be added
      [[ ! -e $mount/$file ]] || cat "$mount/$file" >"$mount/lab/$file"
    done
    nested+=("$mount")
  done </proc/mounts
}

# Version 2: a group that delegates its controllers may contain no process, so gate and lab get a child group each.
delegate_cgroup2() {
  local controllers pid try
  mount -o remount,bind,rw "$CGROUPS"
  mkdir "$CGROUPS/gate" "$CGROUPS/lab"
  read -r controllers <"$CGROUPS/cgroup.controllers"
  for ((try = 0; ; try++)); do
    while read -r pid; do
      { printf '%s\n' "$pid" >"$CGROUPS/gate/cgroup.procs"; } 2>/dev/null || : # it has ended meanwhile
    done <"$CGROUPS/cgroup.procs"
    { printf '+%s\n' "${controllers// / +}" >"$CGROUPS/cgroup.subtree_control"; } 2>/dev/null && break
    ((try < 100)) || fail gate.cgroups 'the controllers could not be shared with the lab'
    sleep 0.02
  done
  chown "$FIRST_ID:$FIRST_ID" "$CGROUPS"/lab/{.,cgroup.procs,cgroup.threads,cgroup.subtree_control}
}

# move_to_group GROUP PID: moves a process to the lab's or the gate's group, if it exists.
move_to_group() {
  local group
  ! has_cgroup2 || printf '%s\n' "$2" >"$CGROUPS/$1/cgroup.procs"
  for group in "${nested[@]}"; do
    [[ $1 == gate ]] || group+="/$1"
    printf '%s\n' "$2" >"$group/cgroup.procs"
  done
}
