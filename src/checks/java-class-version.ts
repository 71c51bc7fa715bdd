import type { ClassCount, JavaClass, JavaJar } from '../inspect/java/java-file.ts'
import type { Check, Finding } from './check.ts'
import { commonFolder, examplesOf } from './facts/examples.ts'
import { type RuntimeView, runtimeViews } from './facts/runtime-view.ts'
import { code, counted } from './facts/wording.ts'
import { javaRelease, mayRunJava, newestClassVersion } from './java/java-release.ts'
import { jarOwner, userJava } from './java/user-jars.ts'

const ID = 'java-class-version'

export const javaClassVersion: Check = {
  id: ID,
  title: "Classes are for the runtime's Java or an older one",
  appliesTo: () => true,
  run(subject) {
    const { jars, classes } = userJava(subject)
    const views = runtimeViews(subject).filter(mayRunJava)
    if (views.length === 0 || (jars.length === 0 && classes.length === 0)) return { findings: [] }
    const unread = jars.filter((jar) => jar.unread !== undefined)
    const open = unread.slice(0, 3).map(({ path, unread: why }) => `${path} was not read: ${why}`)
    const findings = views.flatMap((view) => {
      const newest = newestClassVersion(view)
      if (newest === undefined) {
        open.push(`which Java runs the classes in ${view.reference} is not known`)
        return []
      }
      return [...jars.flatMap((jar) => jarFinding(jar, newest, view)), ...looseFinding(classes, newest, view)]
    })
    return { findings, ...(open.length === 0 ? {} : { notChecked: [...new Set(open)].join('; ') }) }
  },
}

function jarFinding(jar: JavaJar, newest: number, view: RuntimeView): readonly Finding[] {
  const refused = jar.classes.filter((one) => isRefused(one, newest))
  const [first] = refused
  if (first === undefined) return []
  const count = sum(refused)
  // A library may hold a few classes for newer releases that it only touches there; a whole jar is meant to run.
  const whole = count * 2 >= sum(jar.classes)
  return [
    {
      ...facts(first, newest, view),
      level: whole ? 'error' : 'warning',
      confidence: whole ? view.confidence : 'heuristic',
      subject: jar.path,
      ...jarOwner(jar),
      message: `${counted(count, 'class', 'classes')} of ${code(jar.path)} ${count === 1 ? 'needs' : 'need'} ${needs(first)}: ${javaRelease(newest)} refuses ${count === 1 ? 'it' : 'them'} (\`UnsupportedClassVersionError\`)`,
      count,
      examples: refused.map(({ example }) => example).slice(0, 5),
    },
  ]
}

function looseFinding(classes: readonly JavaClass[], newest: number, view: RuntimeView): readonly Finding[] {
  const refused = classes.filter((one) => isRefused(one, newest)).sort((a, b) => b.major - a.major)
  const [first] = refused
  if (first === undefined) return []
  const paths = refused.map(({ path }) => path)
  return [
    {
      ...facts(first, newest, view),
      level: 'error',
      confidence: view.confidence,
      subject: commonFolder(paths),
      message: `${counted(refused.length, 'class', 'classes')} in ${code(commonFolder(paths))} ${refused.length === 1 ? 'needs' : 'need'} ${needs(first)}: ${javaRelease(newest)} refuses ${refused.length === 1 ? 'it' : 'them'} (\`UnsupportedClassVersionError\`)`,
      ...examplesOf(paths),
    },
  ]
}

/** Classes that were compiled with preview features load in exactly that release, and only when it is told to. */
function isRefused({ major, preview }: Pick<ClassCount, 'major' | 'preview'>, newest: number): boolean {
  return major > newest || preview
}

function needs({ major, preview }: Pick<ClassCount, 'major' | 'preview'>): string {
  return preview ? `the preview features of ${javaRelease(major)}` : javaRelease(major)
}

function facts({ major, preview }: Pick<ClassCount, 'major' | 'preview'>, newest: number, view: RuntimeView) {
  return {
    rule: ID,
    expected: `class file version ${newest} or older (${javaRelease(newest)}, ${code(view.runtime?.id ?? view.reference)})`,
    actual: `class file version ${major}${preview ? ' with preview features' : ''}`,
    help: `Compile for the runtime's release, take a version of the library that supports it, or choose a newer runtime.\njavac --release ${newest - 44}   # Maven: <maven.compiler.release>${newest - 44}</maven.compiler.release>`,
  } as const
}

function sum(classes: readonly Pick<ClassCount, 'count'>[]): number {
  return classes.reduce((total, { count }) => total + count, 0)
}
