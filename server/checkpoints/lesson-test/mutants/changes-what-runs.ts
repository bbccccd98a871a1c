import type { LabAgent } from '../../../labs/agents/definitions.ts';
import { packProject } from '../../../projects/pack-project.ts';
import type { Project } from '../../../projects/project.ts';
import { fileKind } from './file-kind.ts';
import type { Mutant } from './list-mutants.ts';

const ASK_MS = 60_000;
/** The tree of a program without its texts of documentation and its places. */
const TREE = `
import ast, sys
tree = ast.parse(sys.stdin.buffer.read())
for node in ast.walk(tree):
    body = getattr(node, "body", None)
    if isinstance(body, list) and body and isinstance(body[0], ast.Expr) and isinstance(getattr(body[0].value, "value", None), str):
        body[0].value.value = ""
print(ast.dump(tree))
`;

/**
 * Whether a mutant is another program to Compose or to Python: the model that `docker compose config` resolves differs, or the tree of the program
 * does. Other files were compared when the mutant was made. What cannot be read differs from what can. The lab's project is the solution afterwards.
 */
export async function changesWhatRuns(agent: LabAgent, mutant: Mutant, solution: Project, signal: AbortSignal): Promise<boolean> {
  const kind = fileKind(mutant.file);
  if (kind !== 'compose' && kind !== 'python') return true;
  const argv = kind === 'compose' ? ['docker', 'compose', 'config'] : ['python3', '-I', '-c', TREE];
  const ask = async (project: Project) => {
    await agent.putTree(packProject(project));
    const entry = project.get(mutant.file);
    const stdin = kind === 'python' && entry?.kind === 'file' ? entry.content.toString('utf8') : '';
    const { code, stdout } = await agent.exec({ argv, user: 'dataeng', cwd: '.', env: {}, timeoutMs: ASK_MS }, { stdin, signal });
    return `${code} ${stdout}`;
  };
  return (await ask(mutated(solution, mutant))) !== (await ask(solution));
}

/** The solution with the mutant's file in place of its own. */
export function mutated(solution: Project, { file, content }: Mutant): Project {
  const entry = solution.get(file);
  return new Map(solution).set(file, { kind: 'file', mode: entry?.kind === 'file' ? entry.mode : 0o644, content: Buffer.from(content) });
}
