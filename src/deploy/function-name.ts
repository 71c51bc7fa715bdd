import { parseFunctionName } from '../inputs/aws-names.ts'
import type { Log } from '../ports/log.ts'

/** The name or ARN that an update takes: without version or alias, since only $LATEST can be updated. */
export function unqualifiedName(functionName: string, log: Log): string {
  const { qualifier, unqualified = functionName } = parseFunctionName(functionName) ?? {}
  if (qualifier !== undefined && qualifier !== '$LATEST') {
    log.warning(
      `function-name ends in the qualifier ${qualifier}: the function itself ($LATEST) is updated. To move an alias use the input alias.`,
    )
  }
  return unqualified
}
