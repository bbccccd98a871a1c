# How the lab is kept apart. Where the host forbids user namespaces, root of the lab may be root of the host, by explicit setting.

has_user_namespace() { [[ ${setting[ISOLATION]} == userns ]]; }

# FIRST_ID: the lab's root, as the gate and the host see it. The image's owners in /lab-root are shifted by as much.
choose_isolation() {
  case ${setting[ISOLATION]:-} in
    userns) FIRST_ID=100000 ID_COUNT=65536 ;;
    capabilities) FIRST_ID=0 ;;
    *) fail gate.settings 'the isolation is neither userns nor capabilities' ;;
  esac
  readonly FIRST_ID ID_COUNT
}
