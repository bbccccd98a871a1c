# How the lab is isolated. If the host forbids user namespaces, the lab's root may be the host's root, when set explicitly.

has_user_namespace() { [[ ${setting[ISOLATION]} == userns ]]; }

# FIRST_ID: the uid of the lab's root, seen from the gate and the host. All owners in the image's /lab-root are shifted by this number.
choose_isolation() {
  case ${setting[ISOLATION]:-} in
    userns) FIRST_ID=100000 ID_COUNT=65536 ;;
    capabilities) FIRST_ID=0 ;;
    *) fail gate.settings 'the isolation is neither userns nor capabilities' ;;
  esac
  readonly FIRST_ID ID_COUNT
}
