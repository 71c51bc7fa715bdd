import { expect, it } from 'vitest'
import { osRelease } from '../../src/inspect/os-release.ts'

it.each([
  [
    'ID=amzn\nVERSION_ID=2023\nPRETTY_NAME="Amazon Linux 2023.6.20250107"',
    '',
    { id: 'amzn', versionId: '2023', prettyName: 'Amazon Linux 2023.6.20250107', release: '2023.6.20250107' },
  ],
  [
    'ID="amzn"\nVERSION_ID="2023"\nPRETTY_NAME="Amazon Linux 2023"',
    'Amazon Linux release 2023.6.20241031 (Amazon Linux)\n',
    { id: 'amzn', versionId: '2023', prettyName: 'Amazon Linux 2023', release: '2023.6.20241031' },
  ],
  [
    'PRETTY_NAME="Amazon Linux 2"\nID="amzn"\nVERSION_ID="2"',
    'Amazon Linux release 2 (Karoo)\n',
    { id: 'amzn', versionId: '2', prettyName: 'Amazon Linux 2' },
  ],
  [
    '# comment\nID=debian\n\nVERSION_ID=\'12\'\nPRETTY_NAME="Debian \\"quoted\\" \\$HOME"\n',
    '',
    { id: 'debian', versionId: '12', prettyName: 'Debian "quoted" $HOME' },
  ],
  ['NAME=Alpine\nID=alpine\r\n', '', { id: 'alpine', versionId: '', prettyName: 'Alpine' }],
  ['', '', { id: 'linux', versionId: '', prettyName: 'Linux' }],
])('%j', (text, systemRelease, expected) => {
  expect(osRelease(text, systemRelease)).toEqual(expected)
})
