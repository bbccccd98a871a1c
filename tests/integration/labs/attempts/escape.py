"""Tries to leave the lab, one way after the other, and writes « closed NAME » or « OPEN NAME detail » for each.

Runs in the lab's shell, as the lab's root and in containers of the lab. Its argument is JSON: where the host, the other lab
and their listeners are. An attempt returns None when it was refused, and what it got when it was not. It harms nothing when
it succeeds: it opens without writing, asks with arguments that change nothing.
"""

import ctypes
import errno
import glob
import json
import os
import re
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time

TARGETS = json.loads(sys.argv[1])
HOST_ROOT = "/h" if os.path.isdir("/h/etc") else ""
libc = ctypes.CDLL(None, use_errno=True)
ATTEMPTS = []


def attempt(name):
    def register(function):
        ATTEMPTS.append((name, function))
        return function

    return register


def each(prefix, items, function):
    for item in items:
        ATTEMPTS.append((f"{prefix} {item}", lambda item=item: function(item)))


# Files of the host ----------------------------------------------------------------------------------------------------


def can_open_for_writing(path):
    try:
        os.close(os.open(path, os.O_WRONLY))
        return "opened for writing"
    except OSError:
        return None


SYSCTLS = [
    "kernel/core_pattern", "kernel/modprobe", "kernel/hotplug", "kernel/panic", "kernel/sysrq", "kernel/randomize_va_space",
    "kernel/yama/ptrace_scope", "kernel/unprivileged_bpf_disabled", "kernel/dmesg_restrict", "vm/drop_caches", "vm/overcommit_memory",
    "fs/file-max", "fs/suid_dumpable", "fs/protected_symlinks", "net/core/bpf_jit_enable",
]  # fmt: skip
each("sysctl", SYSCTLS, lambda name: can_open_for_writing(f"{HOST_ROOT}/proc/sys/{name}") or can_open_for_writing(f"/proc/sys/{name}"))
each("write", ["/proc/sysrq-trigger", "/proc/kcore", "/proc/irq/default_smp_affinity"], lambda path: can_open_for_writing(HOST_ROOT + path))


def can_read(path):
    try:
        with open(path, "rb") as file:
            return "read" if file.read(16) else None
    except OSError:
        return None


READS = ["/proc/kcore", "/proc/kmsg", "/proc/timer_list", "/proc/sched_debug", "/proc/vmallocinfo", "/dev/kmsg", "/sys/kernel/debug/sched/debug", "/sys/firmware/dmi/tables/DMI"]
each("read", READS, lambda path: can_read(path) or can_read(HOST_ROOT + path))


@attempt("write anywhere in /sys")
def _():
    names = ["kernel/uevent_helper", "kernel/mm/transparent_hugepage/enabled", "power/state", "module/kernel/parameters/panic"]
    found = [name for name in names if can_open_for_writing(f"{HOST_ROOT}/sys/{name}")]
    return " ".join(found) or None


@attempt("remount /sys for writing")
def _():
    with tempfile.TemporaryDirectory() as folder:
        if libc.mount(b"/sys", folder.encode(), None, 4096, None) != 0:
            return None
        try:
            if libc.mount(None, folder.encode(), None, 32 | 4096, None) != 0:
                return None
            return can_open_for_writing(f"{folder}/kernel/uevent_helper")
        finally:
            libc.umount2(folder.encode(), 2)


def try_mount(kind, source=b"none", data=None):
    with tempfile.TemporaryDirectory() as folder:
        if libc.mount(source, folder.encode(), kind.encode(), 0, data) != 0:
            return None
        try:
            return f"mounted, holds {os.listdir(folder)[:3]}"
        finally:
            libc.umount2(folder.encode(), 2)


each("mount", ["debugfs", "tracefs", "securityfs", "configfs", "efivarfs", "pstore", "sysfs", "selinuxfs"], try_mount)

# Devices --------------------------------------------------------------------------------------------------------------

DEVICES = {"mem": (stat.S_IFCHR, 1, 1), "kmsg": (stat.S_IFCHR, 1, 11), "port": (stat.S_IFCHR, 1, 4), "fuse": (stat.S_IFCHR, 10, 229)}


def try_device(name):
    kind, major, minor = DEVICES[name]
    path = os.path.join(tempfile.mkdtemp(), name)
    try:
        os.mknod(path, kind | 0o600, os.makedev(major, minor))
        os.close(os.open(path, os.O_RDONLY))
        return "made and opened"
    except OSError:
        return None


each("device", DEVICES, try_device)


@attempt("device of the host's disk")
def _():
    for name in os.listdir("/sys/class/block"):
        with open(f"/sys/class/block/{name}/dev", encoding="ascii") as file:
            major, minor = map(int, file.read().split(":"))
        DEVICES[name] = (stat.S_IFBLK, major, minor)
        if got := try_device(name) or try_mount("ext4", f"/dev/{name}".encode()):
            return f"{name} {got}"
    return None


@attempt("device nodes that are there")
def _():
    found = [path for path in glob.glob(f"{HOST_ROOT}/dev/*") if stat.S_ISBLK(os.stat(path, follow_symlinks=False).st_mode)]
    return " ".join(found) or None


# System calls ---------------------------------------------------------------------------------------------------------

X86 = os.uname().machine == "x86_64"
CALLS = {
    "bpf": (321, 280), "perf_event_open": (298, 241), "fanotify_init": (300, 262), "open_by_handle_at": (304, 265),
    "quotactl": (179, 60), "syslog": (103, 116), "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266), "acct": (163, 89), "io_uring_setup": (425, 425),
    "userfaultfd": (323, 282), "quotactl_fd": (443, 443), "lookup_dcookie": (212, 18),
}  # fmt: skip
if X86:
    CALLS |= {"iopl": (172, 0), "ioperm": (173, 0)}


def try_call(name):
    """Arguments are wrong on purpose: a call that is let through complains of them, one that is closed says EPERM."""
    result = libc.syscall(CALLS[name][0 if X86 else 1], ctypes.c_long(-1), ctypes.c_long(0), ctypes.c_long(-1), ctypes.c_long(0), ctypes.c_long(0))
    code = ctypes.get_errno()
    return None if result == -1 and code in (errno.EPERM, errno.ENOSYS) else f"result {result}, {errno.errorcode.get(code)}"


each("call", CALLS, try_call)


@attempt("call open_by_handle_at on the root's inode")
def _():
    class Handle(ctypes.Structure):
        _fields_ = [("bytes", ctypes.c_uint), ("type", ctypes.c_int), ("handle", ctypes.c_ubyte * 128)]

    handle, mount = Handle(bytes=128), ctypes.c_int()
    if libc.name_to_handle_at(-100, b"/", ctypes.byref(handle), ctypes.byref(mount), 0) != 0:
        handle.bytes, handle.type = 8, 1
        handle.handle[0] = 2
    folder = os.open("/", os.O_RDONLY)
    result = libc.syscall(CALLS["open_by_handle_at"][0 if X86 else 1], folder, ctypes.byref(handle), os.O_RDONLY)
    return None if result < 0 else "opened"


@attempt("call bpf by its x32 number")
def _():
    result = libc.syscall(0x40000000 + 321, ctypes.c_long(0), ctypes.c_long(0), ctypes.c_long(0)) if X86 else -1
    return None if result == -1 else f"result {result}"


# Limits ---------------------------------------------------------------------------------------------------------------

LIMITS = ["memory/memory.limit_in_bytes", "memory/memory.memsw.limit_in_bytes", "pids/pids.max", "cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us",
          "cpuset/cpuset.cpus", "blkio/blkio.weight", "devices/devices.allow", "freezer/freezer.state", "memory.max", "memory.high", "pids.max",
          "cpu.max", "cpu.weight", "cgroup.freeze", "cgroup.kill"]  # fmt: skip
each("limit", LIMITS, lambda name: can_open_for_writing(f"{HOST_ROOT}/sys/fs/cgroup/{name}"))


@attempt("limit of open files raised")
def _():
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most + 1, most + 1))
        return f"raised to {most + 1}"
    except (ValueError, OSError):
        return None


@attempt("release_agent")
def _():
    found = []
    for controllers in ("memory", "cpu", "rdma", "pids", "freezer"):
        with tempfile.TemporaryDirectory() as folder:
            if libc.mount(b"cgroup", folder.encode(), b"cgroup", 0, controllers.encode()) == 0:
                found += [path for path in glob.glob(f"{folder}/**/release_agent", recursive=True) if can_open_for_writing(path)]
                libc.umount2(folder.encode(), 2)
    found += [path for path in glob.glob(f"{HOST_ROOT}/sys/fs/cgroup/**/release_agent", recursive=True) if can_open_for_writing(path)]
    return " ".join(found) or None


@attempt("release_agent from a user namespace inside")
def _():
    script = 'd=$(mktemp -d); for c in memory rdma freezer; do mount -t cgroup -o $c cgroup $d && [ -w $d/release_agent ] && echo got $c; done; true'
    done = subprocess.run(["unshare", "-UrmC", "bash", "-c", script], capture_output=True, text=True, timeout=20, check=False)
    return done.stdout.strip() or None


# The gate -------------------------------------------------------------------------------------------------------------


@attempt("gate: its processes")
def _():
    found = []
    for path in glob.glob(f"{HOST_ROOT}/proc/[0-9]*/cmdline") + glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                line = file.read()
        except OSError:
            continue
        if re.search(rb"gate/gate|gate/source|dnsmasq|docker-init -- /opt", line):
            found.append(path)
    return " ".join(found) or None


@attempt("gate: its secrets in an environment or a file")
def _():
    for path in glob.glob(f"{HOST_ROOT}/proc/[0-9]*/environ") + [f"{HOST_ROOT}/etc/escale/settings", "/etc/escale/settings"]:
        try:
            with open(path, "rb") as file:
                if b"SOURCE_TOKEN" in file.read():
                    return path
        except OSError:
            pass
    return None


@attempt("gate: its files")
def _():
    wanted = ["/opt/escale/gate", "/volumes/home", "/lab-root", "/etc/escale"]
    found = [path for path in wanted if os.path.exists(HOST_ROOT + path)]
    for root in glob.glob("/proc/[0-9]*/root") + glob.glob("/proc/[0-9]*/cwd"):
        found += [root + path for path in wanted if os.path.exists(root + path)]
    return " ".join(found) or None


@attempt("gate: a way up by ..")
def _():
    path = HOST_ROOT + "/" + "../" * 30
    return "there is more above the root" if os.path.exists(path + "lab-root") or os.path.exists(path + "volumes") else None


@attempt("gate: another way up, a chroot inside a chroot")
def _():
    code = (
        "import os; os.makedirs('/tmp/c', exist_ok=True); fd = os.open('/', os.O_RDONLY); os.chroot('/tmp/c'); os.fchdir(fd);"
        "[os.chdir('..') for _ in range(64)]; os.chroot('.'); print(os.path.exists('/lab-root') or os.path.exists('/volumes'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False)
    return "left the root" if done.stdout.strip() == "True" else None


@attempt("gate: its network namespace")
def _():
    for path in glob.glob(f"{HOST_ROOT}/proc/[0-9]*/ns/net"):
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        if libc.setns(handle, 0x40000000) == 0:
            with open("/proc/self/net/dev", encoding="ascii") as file:
                if " lab:" in file.read():
                    return f"entered {path}"
        os.close(handle)
    return None


@attempt("gate: the agent's program changed")
def _():
    folders = [f"{HOST_ROOT}/opt/escale/{name}" for name in ("bin", "agent", "lab")]
    for folder in folders:
        subprocess.run(["mount", "-o", "remount,bind,rw", folder], capture_output=True, check=False)
        for path in glob.glob(f"{folder}/*"):
            if os.path.isfile(path) and can_open_for_writing(path):
                return path
        try:
            os.mkdir(f"{folder}/ours")
            return f"made {folder}/ours"
        except OSError:
            pass
    return None


# Network --------------------------------------------------------------------------------------------------------------


def tcp(address, port, family=socket.AF_INET, seconds=1.5):
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.settimeout(seconds)
        try:
            one.connect((address, port))
            return "connected"
        except OSError:
            return None


def udp(address, port, family=socket.AF_INET):
    """Sends; whether it arrived is known to the listener on the host, which the test asks."""
    with socket.socket(family, socket.SOCK_DGRAM) as one:
        one.settimeout(0.3)
        try:
            one.sendto(b"escape", (address, port))
        except OSError:
            pass


def is_ours(address):
    """An address that the lab gave to itself, as its own docker0 has 172.17.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.bind((address, 0))
            return True
        except OSError:
            return False


def ping(address):
    if is_ours(address):
        return None
    done = subprocess.run(["ping", "-c1", "-W1", address], capture_output=True, check=False)
    return "answered" if done.returncode == 0 else None


def refused_by_gate(address):
    """Closed, and by a rule that answers: not merely nobody there."""
    begin = time.monotonic()
    got = tcp(address, 80)
    return got or (None if time.monotonic() - begin < 1 else "no rule answered: only silence")


def reach_host(address):
    udp(address, TARGETS["udpPort"])
    for port in TARGETS["hostPorts"]:
        if got := tcp(address, port):
            return f"port {port} {got}"
    return ping(address)


def reach_lab(address):
    for port in (22, 53, 80, 2375, 5000, 7070, 7071):
        if got := tcp(address, port):
            return f"port {port} {got}"
    return ping(address)


each("host", TARGETS["hostAddresses"], reach_host)
each("own gate from outside", TARGETS["ownGate"], reach_lab)
each("other lab", TARGETS["otherLab"], reach_lab)
each("closed range", ["10.0.0.1", "10.213.0.6", "100.64.0.1", "169.254.169.254", "172.31.255.1", "192.168.0.1", "198.18.0.1", "240.0.0.1"], refused_by_gate)


@attempt("gate: ports that are not the lab's")
def _():
    for port in (22, 7070, 7071, TARGETS["tcpPort"]):
        if tcp("10.213.0.1", port):
            return f"port {port}"
    return None


@attempt("multicast")
def _():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 8)
        for group in ("224.0.0.1", "224.0.0.251", "239.1.2.3"):
            try:
                one.sendto(b"escape", (group, TARGETS["udpPort"]))
            except OSError:
                pass


@attempt("broadcast")
def _():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        for address in ("255.255.255.255", *TARGETS["broadcasts"]):
            try:
                one.sendto(b"escape", (address, TARGETS["udpPort"]))
            except OSError:
                pass


@attempt("spoofed source")
def _():
    try:
        raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    except OSError:
        return None
    for address in TARGETS["hostAddresses"] + TARGETS["otherLab"]:
        for source in ("10.213.0.1", "127.0.0.1", *TARGETS["ownGate"], "203.0.113.9"):
            body = b"escape"
            datagram = struct.pack("!HHHH", 4000, TARGETS["udpPort"], 8 + len(body), 0) + body
            header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(datagram), 0, 0, 64, 17, 0, socket.inet_aton(source), socket.inet_aton(address))
            try:
                raw.sendto(header + datagram, (address, 0))
            except OSError:
                pass


@attempt("IPv6")
def _():
    try:
        with open("/proc/sys/net/ipv6/conf/all/disable_ipv6", "w", encoding="ascii") as file:
            file.write("0")
    except OSError:
        pass
    for command in ("ip -6 addr add fd00:1ab::2/64 dev eth0", "ip -6 route add default via fe80::1 dev eth0"):
        subprocess.run(command.split(), capture_output=True, check=False)
    for address in TARGETS["hostAddresses6"]:
        udp(address, TARGETS["udpPort"], socket.AF_INET6)
        if got := tcp(address, TARGETS["tcpPort"], socket.AF_INET6):
            return f"{address} {got}"
    ours = subprocess.run(["ip", "-6", "-o", "addr"], capture_output=True, text=True, check=False).stdout
    done = subprocess.run(["ping", "-6", "-c2", "-W1", "ff02::1%eth0"], capture_output=True, text=True, check=False)
    theirs = [address for address in re.findall(r"from (fe80[0-9a-f:]*)", done.stdout) if address not in ours]
    return f"a neighbour answered: {theirs}" if theirs else None


def resolves(name):
    try:
        return socket.gethostbyname(name)
    except OSError:
        return None


each("name", TARGETS["hiddenNames"], resolves)


@attempt("resolver of the engine")
def _():
    return tcp("127.0.0.11", 53)


def run(name, function, results):
    try:
        got = function()
    except Exception as error:  # noqa: BLE001 - an attempt that breaks has proved nothing
        got = f"could not be tried: {error!r}"
    results[name] = got


def main():
    results = {}
    slow = ("host ", "other lab ", "own gate ", "closed range ", "name ")
    threads = [threading.Thread(target=run, args=(name, function, results)) for name, function in ATTEMPTS if name.startswith(slow)]
    for thread in threads:
        thread.start()
    for name, function in ATTEMPTS:
        if not name.startswith(slow):
            run(name, function, results)
    for thread in threads:
        thread.join(60)
    for name, _ in ATTEMPTS:
        got = results.get(name, "did not end")
        print(f"closed {name}" if got is None else f"OPEN {name}: {got}")


main()
