import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { imageTree, isFile } from '../facts/image-tree.ts'
import { parseShebang } from '../facts/shebang.ts'
import { findInPath, startProgram } from '../facts/start-program.ts'

/** What runs first whatever the configuration claims: the program, its interpreter, the language of an AWS base image. */
export function startedPrograms({ artifact }: Subject): readonly ElfFile[] {
  const tree = imageTree(artifact)
  const program = startProgram(artifact)?.file
  const shebang = parseShebang(program === undefined ? '' : (artifact.firstLines[program.path] ?? ''))
  const interpreter = shebang === undefined ? undefined : tree.resolve(shebang.interpreter)
  const named = shebang?.program === undefined ? undefined : findInPath(shebang.program, artifact)
  const languages = tree.childrenOf('/var/lang/bin').filter(isFile)
  const paths = [program, interpreter, named, ...languages].flatMap((entry) =>
    entry === undefined ? [] : [entry.path],
  )
  return [...new Set(paths)].flatMap((path) => tree.elf.get(path) ?? [])
}
