type Content = {
  /** Texts that stand among its constants beside the names of its methods. */
  readonly texts?: readonly string[]
  readonly fields?: readonly string[]
  readonly methods?: readonly { readonly flags: number; readonly name: string; readonly descriptor: string }[]
}

/** A class file with every kind of constant that takes two numbers or one, fields and methods (JVM specification §4.1). */
export function buildClassFile({ texts = [], fields = [], methods = [] }: Content): Buffer {
  const constants: Buffer[] = [Buffer.from([5, 0, 0, 0, 0, 0, 0, 0, 1]), Buffer.from([10, 0, 1, 0, 1])]
  // The long takes the numbers 1 and 2.
  let next = 4
  const utf8 = (text: string) => {
    constants.push(Buffer.from([1]), u16(Buffer.byteLength(text)), Buffer.from(text))
    return next++
  }
  for (const text of texts) utf8(text)
  const code = utf8('Code')
  const member = (flags: number, name: string, descriptor: string) =>
    Buffer.concat([
      ...[flags, utf8(name), utf8(descriptor), 1, code].map(u16),
      Buffer.from([0, 0, 0, 3]),
      Buffer.from('abc'),
    ])
  const listed = [
    ...fields.map((name) => member(2, name, 'Z')),
    ...methods.map(({ flags, name, descriptor }) => member(flags, name, descriptor)),
  ]
  return Buffer.concat([
    Buffer.from('cafebabe00000034', 'hex'),
    u16(next),
    ...constants,
    ...[0x21, 0, 0, 1, 0].map(u16),
    u16(fields.length),
    ...listed.slice(0, fields.length),
    u16(methods.length),
    ...listed.slice(fields.length),
    u16(0),
  ])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
