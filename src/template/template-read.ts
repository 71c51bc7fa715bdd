import type { InputProblem } from '../inputs/problem.ts'
import type { Inputs } from '../inputs/read-inputs.ts'
import type { ImageConfig } from '../plan/plan.ts'

/** What is asked of a template. `given`: the inputs as the workflow wrote them, which win over everything in the template. */
export type TemplateRequest = {
  /** `template`, relative to the working directory: a file, or the folder of a CDK cloud assembly. */
  readonly path: string
  readonly given: Inputs
  /** What AWS::Region and AWS::AccountId stand for when neither `template-parameters` nor the stack says it. */
  readonly region?: string
  readonly account?: string
}

/** Inputs that a template may stand in for (contract §1a). */
export type SuppliedInput = Exclude<keyof Inputs, 'template' | 'resource' | 'template-parameters' | 'github-token'>
/** Their values, typed and valid like those of the inputs themselves. None of an input that was given. */
export type TemplateDefaults = { readonly [Name in SuppliedInput]?: NonNullable<Inputs[Name]> }

/**
 * What a template says of the one resource that was chosen. A source of templates (src/template/sam, src/template/cdk)
 * never throws for what is in the files: what is wrong stands in `problems`, all of it.
 */
export type TemplateRead = {
  /** Its name in the report: the logical id, for CDK the construct's path. Absent: none was chosen, see `problems`. */
  readonly resource?: string
  readonly defaults: TemplateDefaults
  /** How the function starts the image, over the image's own settings. */
  readonly imageConfig?: ImageConfig
  /** Names of environment variables whose value only a deployment knows; they are not in `smoke-env`. */
  readonly notSet: readonly string[]
  /** Whether the function states its Timeout; Lambda's default of 3 s is what it gets otherwise. Absent: a layer. */
  readonly statesTimeout?: boolean
  /** DockerTag: the tag of the local image. */
  readonly localTag?: string
  /** Platform that the template builds for (`linux/arm64`), where it states one. */
  readonly buildPlatform?: string
  /** Why there is nothing to read yet: the image comes from a repository that the same template makes. */
  readonly unavailable?: string
  /** Values of NoEcho parameters that took part, and what was cut out of them: masked everywhere. */
  readonly secrets: readonly string[]
  /** Names of all NoEcho parameters: their lines of `template-parameters` are not shown. */
  readonly secretParameters: readonly string[]
  readonly warnings: readonly string[]
  readonly problems: readonly InputProblem[]
  /** What is only wrong when something is published. */
  readonly problemsIfPublished: readonly InputProblem[]
  /** AWS::AccountId was needed and not known: worth reading again once the credentials have told it. */
  readonly needsAccount: boolean
}

/** A template that could not be read, or in which nothing was chosen. */
export function nothingRead(
  problems: readonly InputProblem[],
  rest: Partial<Pick<TemplateRead, 'secrets' | 'secretParameters' | 'warnings'>> = {},
): TemplateRead {
  return {
    defaults: {},
    notSet: [],
    secrets: [],
    secretParameters: [],
    warnings: [],
    ...rest,
    problems,
    problemsIfPublished: [],
    needsAccount: false,
  }
}
