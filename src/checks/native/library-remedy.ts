import { architectureRow } from '../../lambda/architecture.ts'
import { SELF_CONTAINED } from '../../lambda/library-packages.ts'
import { ownValue } from '../../own-value.ts'
import type { Subject } from '../check.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code, listed } from '../facts/wording.ts'
import { ofAnyVersion } from '../python/pip-install.ts'
import type { BuildCopies } from './build-library.ts'
import { buildPlace } from './build-place.ts'
import { installation, systemPackages } from './package-installation.ts'
import { reinstall } from './reinstall.ts'

/**
 * How to get libraries to where the function runs, the surest way first: a twin of the package that brings its own, a copy
 * from what compiled the code where that would load, the packages of the system that runs it.
 */
export function libraryRemedy(
  sonames: readonly string[],
  owner: Owner | undefined,
  subject: Subject,
  view: RuntimeView,
  copies: BuildCopies | undefined,
): string {
  const ways = [
    ...twin(owner, subject, view),
    ...(copies === undefined || copies.unmet.length > 0 ? [] : [copying(copies, subject)]),
    ...installing(sonames, subject, view),
  ]
  const [first = byHand(sonames, subject), second] = ways
  const others = second === undefined ? '' : `; or ${lower(second.sentence)}`
  const paste = second === undefined ? first.paste : `${first.paste}\n# or:\n${second.paste}`
  return `${first.sentence}${others}.${misfit(copies, subject)}\n${paste}`
}

type Way = { readonly sentence: string; readonly paste: string }

function twin(owner: Owner | undefined, subject: Subject, view: RuntimeView): readonly Way[] {
  const name = ownValue(SELF_CONTAINED, owner?.purl ?? '')
  if (name === undefined || owner === undefined) return []
  const sentence = `Install ${code(name)} instead of ${code(owner.name)}: it needs none of the system's libraries`
  return [{ sentence, paste: reinstall(owner.folder, { ...ofAnyVersion(owner), name }, subject, view) }]
}

function copying({ found, copies, folder }: BuildCopies, subject: Subject): Way {
  const paths = copies.map(({ path }) => path)
  const place = buildPlace(subject)
  const [it, needs] = found.length === 1 ? ['it', 'it needs'] : ['them', 'they need']
  const what = copies.length === found.length ? it : `${it}, with what ${needs} in turn,`
  if (subject.plan.kind === 'image') {
    return {
      sentence: `Copy ${what} from ${place.name} to ${code(folder)}, where the loader searches`,
      paste: `COPY --from=${place.reference} ${paths.join(' ')} ${folder}/`,
    }
  }
  const { platform } = architectureRow(subject.plan.architecture)
  return {
    sentence: `Copy ${what} from ${place.name} into ${code('lib/')} of the layer: the loader searches ${code('/opt/lib')}`,
    paste: `docker run --rm --platform ${platform} -v "$PWD/lib:/out" --entrypoint cp ${place.reference} -L ${paths.join(' ')} /out/`,
  }
}

function installing(sonames: readonly string[], subject: Subject, view: RuntimeView): readonly Way[] {
  const { packages, unknown, system } = systemPackages(sonames, subject, view)
  if (packages.length === 0) return []
  const rest = unknown.length === 0 ? '' : ` (no package is known for ${listed(unknown.map(code), 3)})`
  const into =
    subject.plan.kind === 'image' ? 'in the image' : `and put what it brings into ${code('lib/')} of the layer`
  return [
    {
      sentence: `Install ${listed(packages.map(code), 5)} of ${system} ${into}${rest}`,
      paste: installation(packages, sonames, subject, view),
    },
  ]
}

/** Why the copy that lies at hand is not offered. */
function misfit(copies: BuildCopies | undefined, subject: Subject): string {
  const [first] = copies?.unmet ?? []
  if (first === undefined) return ''
  return ` A copy from ${buildPlace(subject).name} would not load: it needs ${code(first.version)} of ${code(first.soname)}.`
}

function byHand(sonames: readonly string[], { plan, buildStage }: Subject): Way {
  const [first = 'libname.so.1'] = sonames
  const named = listed(sonames.map(code), 3)
  if (plan.kind === 'layer') {
    const sentence = `Put ${named} into ${code('lib/')} of the layer, or link it statically: no package of the runtime's system is known to hold it`
    return { sentence, paste: `cp -L /path/of/${first} lib/` }
  }
  const sentence = `Ship ${named} with the image, or link it statically: no package of its system is known to hold it`
  return { sentence, paste: `COPY --from=${buildStage?.name ?? 'build'} /path/of/${first} /var/task/lib/` }
}

function lower(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1)
}
