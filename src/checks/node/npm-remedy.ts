import type { Subject } from '../check.ts'
import { code, shellWord } from '../facts/wording.ts'
import { inBuildImage } from '../native/reinstall.ts'
import type { NodeTree } from './node-tree.ts'

// `npm install x` takes out of node_modules what no package.json asks for: everything else, in a layer that has none.
const WHERE = 'in the folder of your `package.json`'

/** How npm is told to install for Lambda from any machine. */
export function installFlags({ cpu, libc }: Pick<NodeTree, 'cpu' | 'libc'>): string {
  return `--os=linux --cpu=${cpu} --libc=${libc}`
}

/** Variants for the platform are packages of their own: npm chooses them by its flags, also on a Mac. */
export function reinstall(tree: NodeTree, name: string, isCopied = false): string {
  const instead = isCopied
    ? '; or run `npm ci` in the Dockerfile, with node_modules of other machines out of the build context (`.dockerignore`)'
    : ''
  return `Install for the platform of the function, optional dependencies included, ${WHERE}${instead}.\nnpm install ${installFlags(tree)} ${shellWord(name)}`
}

/** Compiled or downloaded by an install script: it has to run on a system like the function's. */
export function rebuild(subject: Subject, name: string): string {
  const command = `npm rebuild ${shellWord(name)}`
  if (subject.plan.kind === 'layer')
    return `Let its install script run in the image in which SAM builds for the runtime, without \`--ignore-scripts\`; \`layer-source\` does that.\n${inBuildImage(`sh -c 'cd nodejs && ${command}'`, subject)}`
  return `Let its install script run in the image, or in a build stage of its system, without \`--ignore-scripts\`, and keep node_modules of other machines out of the build context (\`.dockerignore\`).\nRUN ${command}`
}

/** A module that nothing installed; whose name begins with a dot is made by a generator. */
export function install(name: string): string {
  const [, packageName = name] = /^((?:@[^/]+\/)?[^/]+)/.exec(name) ?? []
  if (name.startsWith('.'))
    return `Let what makes ${code(packageName)} run before the files are packed.${name.startsWith('.prisma') ? '\nnpx prisma generate' : ''}`
  return `Install it beside what needs it, ${WHERE}, and leave nothing of \`node_modules\` out.\nnpm install ${shellWord(packageName)}`
}

/** What npm installed and something took out again: scripts, or native code that package.json is left of. */
export function restore(tree: NodeTree): string {
  return `Look which exclusions take files out of \`node_modules\` (\`.dockerignore\`, \`exclude\`, \`package.patterns\`: \`*.node\`, and \`dist\`, \`lib\`, \`build\` or \`bin\`, which are names of folders in packages too), and install it again behind them:\nnpm ci ${installFlags(tree)}`
}
