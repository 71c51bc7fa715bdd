import type { ImageFacts } from '../inspect/evidence.ts'

/** What Lambda would start: the image's ENTRYPOINT followed by its CMD, or by the handler that replaces CMD. */
export function startCommand(image: ImageFacts, handler: string | undefined): readonly string[] {
  return [...image.entrypoint, ...(handler === undefined ? image.command : [handler])]
}

/**
 * Arguments of the emulator that run this command. `--log-level info` because the emulator would take the function's own
 * LOG_LEVEL for itself: an unknown level ends it, a higher one hides the lines that explain an empty answer.
 */
export function emulatorArguments(command: readonly string[]): readonly string[] {
  return ['--log-level', 'info', ...command]
}
