import { z } from 'zod';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { LabView } from '../../definitions.ts';

const imported = z.object({ module: z.string().max(300), line: z.number() });

const fileSchema = z.object({
  path: z.string().max(500),
  error: z.object({ line: z.number().nullable(), message: z.string().max(500) }).nullable(),
  /** Nothing but comments, a docstring or `pass`. */
  hollow: z.boolean(),
  /** Modules that must be there when the file is loaded: those of the standard library and those tried are left out. */
  imports: z.array(imported).max(500),
  /** `to_sql(…, if_exists='replace')`. */
  replaces: z.number().nullable(),
  /** Texts that speak of a path, cut short. */
  texts: z.array(z.string()).max(2000),
});

const replySchema = z.object({ files: z.array(fileSchema).max(500) });

export type PythonFile = z.infer<typeof fileSchema>;

/** Parses, never runs. */
const SCRIPT = `
import ast, glob, json, re, sys

TOLD = re.compile("/|config|data|raw|processed|logs?")

def read(path):
    found = {"path": path, "error": None, "hollow": True, "imports": [], "replaces": None, "texts": []}
    try:
        with open(path, "rb") as file:
            tree = ast.parse(file.read(1000000), path)
    except SyntaxError as error:
        found["error"] = {"line": error.lineno, "message": str(error.msg)}
        return found
    except (ValueError, RecursionError, OSError) as error:
        found["error"] = {"line": None, "message": type(error).__name__}
        return found
    found["hollow"] = all(isinstance(n, ast.Pass) or isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant) for n in tree.body)
    tried = {id(n) for t in ast.walk(tree) if isinstance(t, ast.Try) for s in t.body for n in ast.walk(s)}
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        elif isinstance(node, ast.ImportFrom):
            names = ["." + (node.module or "")]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200 and TOLD.search(node.value):
            found["texts"].append(node.value)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "to_sql":
            for word in node.keywords:
                if word.arg == "if_exists" and getattr(word.value, "value", None) == "replace":
                    found["replaces"] = node.lineno
        if id(node) in tried:
            continue
        for name in names:
            if name.split(".")[0] not in sys.stdlib_module_names:
                found["imports"].append({"module": name, "line": node.lineno})
    found["imports"] = found["imports"][:100]
    found["texts"] = found["texts"][:200]
    return found

paths = [p for p in ["etl_pipeline.py"] if glob.glob(p)] + sorted(glob.glob("src/**/*.py", recursive=True))
print(json.dumps({"files": [read(p) for p in paths[:30]]}, ensure_ascii=False))
`;

/** The pipeline and the modules of `src`, as Python reads them; read once a look. */
export function readProgram(view: LabView): Promise<readonly PythonFile[]> {
  return view.once('python', async () => {
    const { code, stdout } = await view.tool(['python3', '-I', '-c', SCRIPT]);
    if (code !== 0) throw new LabUnavailable('lab');
    return replySchema.parse(JSON.parse(stdout)).files;
  });
}

/** Whether a text of the program speaks of something. */
export function programSays(files: readonly PythonFile[], pattern: RegExp): boolean {
  return files.some(({ texts }) => texts.some((text) => pattern.test(text)));
}
