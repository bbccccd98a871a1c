/**
 * Reads the paths of the copied project from its input and prints two digests, of contents and permissions only. `program`: what a
 * run of `etl_pipeline.py` depends on, which is the modules that it reaches, its packages, and the files that its code may name. If
 * it loads modules or lists folders by itself, all of them count. `project`: everything but what a run writes and what tools leave.
 */
export const DIGEST_SCRIPT = `
import ast, hashlib, json, os, re, stat, sys

MOST_BYTES = 64 << 20
TEXT_BYTES = 256 << 10
PROGRAM, PACKAGES = "etl_pipeline.py", "requirements.txt"
LOADS = {"importlib", "runpy", "pkgutil", "imp", "subprocess", "__import__", "exec", "eval", "system", "popen"}
LISTS = {"glob", "iglob", "rglob", "iterdir", "listdir", "scandir", "walk", "files"}
WRITTEN = re.compile("^(data|logs)/")
PLACES = {"data", "data/raw", "data/processed", "logs"}
BESIDE = re.compile(r"(^|/)(\\.(git(ignore|attributes|keep)|editorconfig|DS_Store|escale-write-.*)|\\.(vscode|idea|mypy_cache|pytest_cache|ruff_cache)(/.*)?|.*~|.*\\.swp)$")
STACK = re.compile(r"^(dockerfile|containerfile|makefile|license|(docker-)?compose)[^/]*$|(^|/)\\.|\\.md$", re.I)

paths = sorted(path[2:] for path in sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\\0") if path)
left, sums, texts, rows = MOST_BYTES, {}, {}, []

for path in paths:
    try:
        info = os.lstat(path)
        folder, content = stat.S_ISDIR(info.st_mode), ""
        if stat.S_ISLNK(info.st_mode):
            content = os.readlink(path)
        if os.path.isfile(path):
            left -= os.stat(path).st_size
            with open(path, "rb") as file:
                data = file.read() if left > 0 else b""
            content += " " + hashlib.sha256(data).hexdigest() + " " + str(os.stat(path).st_size)
            sums[path] = content
            texts[path] = data[:TEXT_BYTES].decode("utf-8", "replace")
        rows.append([path, folder, info.st_mode & 0o155, content])
    except OSError as error:
        rows.append([path, False, 0, type(error).__name__])

def dotted(path):
    return re.sub(r"(/__init__)?\\.py$", "", path).replace("/", ".")

code = {path: "." + dotted(path) for path in sums if path.endswith(".py")}

def read(path):
    """The modules that a file may load, and whether it loads others, or lists folders."""
    names, words = set(), set()
    for node in ast.walk(ast.parse(texts[path])):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = path.split("/")[:-1]
            base = package[:len(package) - node.level + 1] if node.level else []
            base += node.module.split(".") if node.module else []
            names |= {".".join(base + [alias.name]) for alias in node.names} | {".".join(base)}
        elif isinstance(node, ast.Name):
            words.add(node.id)
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
    words |= {part for name in names for part in name.split(".")}
    return names, bool(words & LOADS), bool(words & LISTS)

def reached():
    """The files of code that a run may load, and whether it lists folders."""
    found, todo, lists = set(), [PROGRAM], False
    while todo:
        path = todo.pop()
        if path in found or path not in code:
            continue
        found.add(path)
        try:
            names, loads, here = read(path)
        except (SyntaxError, ValueError, RecursionError):
            return set(code), True
        if loads:
            return set(code), True
        lists = lists or here
        wanted = {"." + ".".join(name.split(".")[:end]) for name in names for end in range(1, name.count(".") + 2)}
        todo += [other for other, name in code.items() if any(name.endswith(one) for one in wanted)]
    return found, lists

def packages():
    found, todo = set(), [PACKAGES]
    while todo:
        path = todo.pop()
        if path in found or path not in texts:
            continue
        found.add(path)
        more = re.findall(r"^\\s*(?:-r|-c|--requirement|--constraint)[ =]*(\\S+)", texts[path], re.M)
        todo += [os.path.normpath(os.path.join(os.path.dirname(path), one)) for one in more]
    return found

def named(found, lists):
    """The other files whose name, ending or folder the code says, and those that these say."""
    others = [path for path in sums if path not in code and not WRITTEN.search(path) and not BESIDE.search(path) and not STACK.search(path)]
    if lists:
        return set(others)
    chosen = set()
    while True:
        said = " ".join(texts[path] for path in found | chosen)
        more = {path for path in others if any(part in said for part in [*path.split("/"), *os.path.splitext(os.path.basename(path))] if part)}
        if more <= chosen:
            return chosen
        chosen |= more

def digest(value):
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()

found, lists = reached()
run = sorted(found | packages() | named(found, lists))
whole = [row[:3] + ["" if row[0].endswith(".md") else row[3]] for row in rows
         if not BESIDE.search(row[0]) and (not WRITTEN.search(row[0]) or row[0] in PLACES)]
print(json.dumps({"program": digest([[path, sums[path]] for path in run]), "project": digest(whole)}))
`;
