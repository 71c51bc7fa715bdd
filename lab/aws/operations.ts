/** What an operation answers: the SDK's output type without what the SDK adds itself. */
export type Output<CommandOutput> = Omit<CommandOutput, '$metadata'>

/** Where a request came in: its input is what the protocol decoded, typed by each handler as the SDK types it. */
export type Handler = (input: never) => object | undefined | Promise<object | undefined>

/** The operations of one service by name. */
export type Operations = Readonly<Record<string, Handler>>
